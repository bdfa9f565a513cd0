-- The links to tell of: those of touched ledgers, after a lot whose taint may be another, before one whose reach may be.
SELECT all_links.units_from, all_links.in_no, all_links.out_no, all_links.quantity, all_links.days, all_links.is_relabelled
FROM all_links
JOIN lots AS arrivals ON arrivals.row_no = all_links.in_no
LEFT JOIN touched_ledgers
    ON touched_ledgers.party_no = arrivals.buyer_no AND touched_ledgers.family_no = arrivals.family_no
LEFT JOIN affected_tainted  ON affected_tainted.row_no = all_links.in_no
LEFT JOIN affected_reaching ON affected_reaching.row_no = all_links.out_no
WHERE touched_ledgers.party_no IS NOT NULL OR affected_tainted.row_no IS NOT NULL OR affected_reaching.row_no IS NOT NULL
