-- The links of goods with the same part number, set aside while the next pass runs.
SELECT ledger_no, units_from, in_no, out_no, quantity, days
FROM links
