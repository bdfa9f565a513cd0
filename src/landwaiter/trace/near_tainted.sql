-- How much of each near lot came from a controlled origin.
SELECT tainted.row_no, tainted.amount
FROM tainted
JOIN near_lots ON near_lots.row_no = tainted.row_no
