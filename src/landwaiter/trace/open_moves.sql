-- The moves of the ledgers that need another correction.
SELECT ledger_no, event_no, kind, row_no, day, arrived, expired, position
FROM settled
WHERE is_open = 1
