-- The rows of the book in the order of their days.
SELECT * FROM shipments
ORDER BY declared_on, row_no
