-- Which of the rows told of another record already counts.
SELECT legs.*
FROM legs
JOIN told_shipments ON told_shipments.row_id = legs.row_id
