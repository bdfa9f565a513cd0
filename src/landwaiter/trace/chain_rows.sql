-- The row ids and countries of the lots that stand in a chain.
SELECT lots.row_no, lots.row_id, lots.from_country, lots.to_country
FROM lots
JOIN chain_row_numbers ON chain_row_numbers.row_no = lots.row_no
