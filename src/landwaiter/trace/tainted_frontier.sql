-- Where taint begins: priority goods that leave a country which controls their export.
SELECT row_no, quantity AS amount
FROM lots
WHERE is_controlled_origin = 1
