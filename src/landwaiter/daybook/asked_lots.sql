-- The lots that the rows asked for were before.
SELECT lots.*
FROM lots
JOIN asked ON asked.row_no = lots.row_no
