-- The usual weight of a piece, in micrograms, of each code that most count and some only weigh, where four lots in five agree on it.
WITH mixed AS (
    SELECT
        COALESCE(hs6, '')                                               AS hs6,
        SUM(CASE WHEN base_unit = 'C62' AND quantity_milli > 0 THEN 1 ELSE 0 END) AS counted,
        SUM(CASE WHEN base_unit = 'C62' AND quantity_milli > 0 THEN 0 ELSE 1 END) AS others
    FROM shipments
    GROUP BY COALESCE(hs6, '')
),
weighed AS (
    SELECT
        mixed.hs6,
        shipments.mass_g * 1000000000 // shipments.quantity_milli AS weight,
        shipments.row_no
    FROM shipments
    JOIN mixed ON mixed.hs6 = COALESCE(shipments.hs6, '')
    WHERE mixed.others > 0 AND mixed.counted >= mixed.others AND mixed.counted >= 20
        AND shipments.base_unit = 'C62' AND shipments.quantity_milli >= 10000
        AND shipments.mass_g > 0 AND shipments.mass_g < 5000000000
),
placed AS (
    SELECT
        hs6,
        weight,
        ROW_NUMBER() OVER (PARTITION BY hs6 ORDER BY weight, row_no) AS place,
        COUNT(*) OVER (PARTITION BY hs6)                             AS lots
    FROM weighed
),
spread_of AS (
    SELECT
        hs6,
        lots,
        MAX(CASE WHEN place = lots // 10 + 1 THEN weight END)    AS light,
        MAX(CASE WHEN place = (lots + 1) // 2 THEN weight END)   AS weight,
        MAX(CASE WHEN place = lots - lots // 10 THEN weight END) AS heavy
    FROM placed
    GROUP BY hs6, lots
)
SELECT hs6, weight, lots
FROM spread_of
-- Where pieces of one code weigh this and that, a weight says nothing of their number.
WHERE lots >= 20 AND weight > 0 AND 5 * light >= 4 * weight AND 5 * heavy <= 6 * weight
