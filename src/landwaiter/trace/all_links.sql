-- The links of both passes: goods that kept their code, and goods that changed it but not their weight.
SELECT ledger_no, units_from, in_no, out_no, quantity, days, 0 AS is_relabelled
FROM links_of_code
UNION ALL
SELECT ledger_no, units_from, in_no, out_no, quantity, days, 1 AS is_relabelled
FROM relabelled_links
