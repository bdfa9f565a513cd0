-- The running totals of every ledger: what arrived, what is too old to leave, and which unit of the arrivals each departure takes.
-- Units are numbered in the order of arrival. A departure takes the oldest; what leaves without stock takes none.
WITH ledger_arrivals AS (
    SELECT arrivals.ledger_no, arrivals.row_no, arrivals.partner_no, arrivals.day, arrivals.quantity
    FROM arrivals
    JOIN ledgers ON ledgers.ledger_no = arrivals.ledger_no
),
events AS (
    SELECT
        ledger_no, day + $window_days + 1 AS day, 0 AS kind, row_no, partner_no, quantity,
        0 AS came, quantity AS aged, 0 AS went
    FROM ledger_arrivals
    UNION ALL
    SELECT ledger_no, day, 1 AS kind, row_no, partner_no, quantity, quantity AS came, 0 AS aged, 0 AS went
    FROM ledger_arrivals
    UNION ALL
    SELECT
        departures.ledger_no, departures.day, 2 AS kind, departures.row_no, departures.partner_no, departures.quantity,
        0 AS came, 0 AS aged, departures.quantity AS went
    FROM departures
    JOIN ledgers ON ledgers.ledger_no = departures.ledger_no
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
