-- The links whose two lots are both gathered.
SELECT all_links.in_no, all_links.out_no, all_links.quantity
FROM all_links
JOIN gathered AS arrivals   ON arrivals.row_no = all_links.in_no
JOIN gathered AS departures ON departures.row_no = all_links.out_no
