-- How much of each near lot reaches a destination of concern.
SELECT reaching.row_no, reaching.amount
FROM reaching
JOIN near_lots ON near_lots.row_no = reaching.row_no
