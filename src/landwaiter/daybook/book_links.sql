-- What the book keeps of each link.
SELECT units_from, in_no, out_no, quantity, days, is_relabelled
FROM all_links
