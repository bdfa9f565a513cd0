-- One ledger for each party and kind of goods that both came and, on the same day or later, left.
WITH came AS (
    SELECT party_no, goods, unit, MIN(day) AS first_day
    FROM arrivals
    GROUP BY party_no, goods, unit
),
went AS (
    SELECT party_no, goods, unit, MAX(day) AS last_day
    FROM departures
    GROUP BY party_no, goods, unit
)
SELECT
    came.party_no,
    came.goods,
    came.unit,
    ROW_NUMBER() OVER (ORDER BY came.party_no, came.goods, came.unit) AS ledger_no
FROM came
JOIN went
    ON went.party_no = came.party_no
    AND went.goods = came.goods
    AND went.unit = came.unit
    AND went.last_day >= came.first_day
