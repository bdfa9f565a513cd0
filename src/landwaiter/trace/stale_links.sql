-- The links of the touched ledgers as they were before.
SELECT all_links.units_from, all_links.in_no, all_links.out_no, all_links.quantity, all_links.days, all_links.is_relabelled
FROM all_links
JOIN lots ON lots.row_no = all_links.in_no
JOIN touched_ledgers ON touched_ledgers.party_no = lots.buyer_no AND touched_ledgers.family_no = lots.family_no
