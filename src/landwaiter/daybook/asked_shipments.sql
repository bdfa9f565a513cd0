-- The rows of the book that are asked for by number.
SELECT shipments.*
FROM shipments
JOIN asked ON asked.row_no = shipments.row_no
