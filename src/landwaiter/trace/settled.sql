-- The moves with one more correction: skip the units too old to leave, then take none that have not arrived.
WITH skipped AS (
    SELECT
        moves.*,
        moves.position + GREATEST(
            0,
            MAX(moves.expired - moves.position) OVER (
                PARTITION BY moves.ledger_no ORDER BY moves.event_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            )
        ) AS skipping_position
    FROM moves
    JOIN unsettled ON unsettled.ledger_no = moves.ledger_no
)
SELECT
    ledger_no,
    event_no,
    kind,
    row_no,
    day,
    quantity,
    arrived,
    expired,
    skipping_position - GREATEST(
        0,
        MAX(skipping_position - arrived) OVER (
            PARTITION BY ledger_no ORDER BY event_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        )
    ) AS position
FROM skipped
UNION ALL
SELECT
    moves.ledger_no, moves.event_no, moves.kind, moves.row_no, moves.day, moves.quantity, moves.arrived, moves.expired,
    moves.position
FROM moves
LEFT JOIN unsettled ON unsettled.ledger_no = moves.ledger_no
WHERE unsettled.ledger_no IS NULL
