-- The ledgers of goods that both came and, on the same day or later, left.
WITH came AS (
    SELECT ledger_no, MIN(day) AS first_day
    FROM arrivals
    GROUP BY ledger_no
),
went AS (
    SELECT ledger_no, MAX(day) AS last_day
    FROM departures
    GROUP BY ledger_no
)
SELECT came.ledger_no
FROM came
JOIN went ON went.ledger_no = came.ledger_no AND went.last_day >= came.first_day
