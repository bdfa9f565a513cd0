-- The links of the four passes: goods that kept their part number, their code and origin, their code, or only their weight.
-- Each pass numbers its ledgers and units for itself; is_relabelled tells the last one from the others.
SELECT ledger_no, units_from, in_no, out_no, quantity, days, 0 AS is_relabelled
FROM links_of_part
UNION ALL
SELECT ledger_no, units_from, in_no, out_no, quantity, days, 0 AS is_relabelled
FROM links_of_origin
UNION ALL
SELECT ledger_no, units_from, in_no, out_no, quantity, days, 0 AS is_relabelled
FROM links_of_code
UNION ALL
SELECT ledger_no, units_from, in_no, out_no, quantity, days, 1 AS is_relabelled
FROM relabelled_links
