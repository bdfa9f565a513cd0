-- Ledgers in which some departure still takes units that were too old by then.
SELECT DISTINCT ledger_no
FROM moves
WHERE position < expired
