-- The running totals of every ledger: what arrived, what is too old to leave, and which unit of the arrivals each departure takes.
-- Units are numbered in the order of arrival. A departure takes the oldest; what leaves without stock takes none.
WITH events AS (
    SELECT
        ledger_no, day + $window_days + 1 AS day, 0 AS kind, row_no, partner_no, quantity,
        0 AS came, quantity AS aged, 0 AS went
    FROM near_arrivals
    UNION ALL
    SELECT ledger_no, day, 1 AS kind, row_no, partner_no, quantity, quantity AS came, 0 AS aged, 0 AS went
    FROM near_arrivals
    UNION ALL
    SELECT ledger_no, day, 2 AS kind, row_no, partner_no, quantity, 0 AS came, 0 AS aged, quantity AS went
    FROM near_departures
),
totals AS (
    SELECT
        ledger_no,
        kind,
        row_no,
        day,
        ROW_NUMBER() OVER in_order              AS event_no,
        CAST(SUM(came) OVER in_order AS BIGINT) AS arrived,
        CAST(SUM(aged) OVER in_order AS BIGINT) AS expired,
        CAST(SUM(went) OVER in_order AS BIGINT) AS departed
    FROM events
    WINDOW in_order AS (
        PARTITION BY ledger_no ORDER BY day, kind, quantity, partner_no, row_no
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )
)
SELECT
    ledger_no,
    event_no,
    kind,
    row_no,
    day,
    arrived,
    expired,
    departed - GREATEST(
        0,
        MAX(departed - arrived) OVER (
            PARTITION BY ledger_no ORDER BY event_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        )
    ) AS position
FROM totals
