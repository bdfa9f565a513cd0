-- The links found so far and those of the ledgers that have now settled.
SELECT ledger_no, units_from, in_no, out_no, quantity, days
FROM links
UNION ALL
SELECT ledger_no, units_from, in_no, out_no, quantity, days
FROM links_now
