-- The lots that are no more, or as they were.
SELECT lots_were.*
FROM lots_were
JOIN changed_lots ON changed_lots.row_no = lots_were.row_no
