-- The links of the second pass, set aside while the next one runs.
SELECT ledger_no, units_from, in_no, out_no, quantity, days
FROM links
