-- The links of the touched ledgers as they are now; a lot that is only the far end of one says nothing of its own ledger.
SELECT all_links.units_from, all_links.in_no, all_links.out_no, all_links.quantity, all_links.days, all_links.is_relabelled
FROM all_links
JOIN lots ON lots.row_no = all_links.in_no
WHERE lots.is_whole = 1
