-- The links among the lots gathered around a change, and those to tell of.
SELECT all_links.units_from, all_links.in_no, all_links.out_no, all_links.quantity, all_links.days, all_links.is_relabelled
FROM all_links
JOIN gathered AS arrivals   ON arrivals.row_no = all_links.in_no
JOIN gathered AS departures ON departures.row_no = all_links.out_no
UNION
SELECT units_from, in_no, out_no, quantity, days, is_relabelled
FROM told_links
