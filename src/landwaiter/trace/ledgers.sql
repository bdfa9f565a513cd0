-- One ledger for each party and kind of goods that both came and, on the same day or later, left.
WITH both_sides AS (
    SELECT party_no, goods, unit
    FROM sides
    GROUP BY party_no, goods, unit
    HAVING MIN(CASE WHEN is_departure = 0 THEN day END) <= MAX(CASE WHEN is_departure = 1 THEN day END)
)
SELECT
    party_no,
    goods,
    unit,
    ROW_NUMBER() OVER (ORDER BY party_no, goods, unit) AS ledger_no
FROM both_sides
