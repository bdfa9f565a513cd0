-- The moves after one more correction: skip the units too old to leave, then take none that have not arrived.
-- A ledger is open while some departure still takes units that were too old by then.
WITH skipped AS (
    SELECT
        ledger_no,
        event_no,
        kind,
        row_no,
        day,
        arrived,
        expired,
        position + GREATEST(
            0,
            MAX(expired - position) OVER (
                PARTITION BY ledger_no ORDER BY event_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            )
        ) AS skipping_position
    FROM moves
),
waited AS (
    SELECT
        ledger_no,
        event_no,
        kind,
        row_no,
        day,
        arrived,
        expired,
        skipping_position - GREATEST(
            0,
            MAX(skipping_position - arrived) OVER (
                PARTITION BY ledger_no ORDER BY event_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            )
        ) AS position
    FROM skipped
)
SELECT
    ledger_no,
    event_no,
    kind,
    row_no,
    day,
    arrived,
    expired,
    position,
    MAX(CASE WHEN position < expired THEN 1 ELSE 0 END) OVER (PARTITION BY ledger_no) AS is_open
FROM waited
