-- The lots one hop before those already gathered, and these.
SELECT row_no FROM gathered
UNION
SELECT all_links.in_no AS row_no
FROM gathered
JOIN all_links ON all_links.out_no = gathered.row_no
