-- The lots that are new, or as they now are.
SELECT lots_now.*
FROM lots_now
JOIN changed_lots ON changed_lots.row_no = lots_now.row_no
