-- The lots that left from a touched ledger along a link: what could have left in them may be another now.
SELECT DISTINCT lots.row_no
FROM lots
JOIN touched_ledgers ON touched_ledgers.party_no = lots.seller_no AND touched_ledgers.family_no = lots.family_no
JOIN all_links       ON all_links.out_no = lots.row_no
