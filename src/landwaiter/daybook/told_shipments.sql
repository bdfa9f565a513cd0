-- The rows that a day's hops and chains name, and the day's own.
SELECT shipments.*
FROM shipments
JOIN told_rows ON told_rows.row_no = shipments.row_no
