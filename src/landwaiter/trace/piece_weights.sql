-- The median weight of a piece, in micrograms, of every code of the families in which one leg is counted here and weighed there.
WITH wanted AS (
    SELECT family
    FROM leg_pairs
    WHERE export_unit <> import_unit OR export_quantity = 0 OR import_quantity = 0
    GROUP BY family
),
weighed AS (
    SELECT
        wanted.family,
        COALESCE(shipments.hs6, '')                             AS hs6,
        shipments.mass_g * 1000000000 // shipments.quantity_milli AS weight,
        shipments.row_no
    FROM shipments
    LEFT JOIN goods_families ON goods_families.hs4 = shipments.hs4
    JOIN wanted ON wanted.family = COALESCE(goods_families.family, shipments.hs4, '')
    WHERE shipments.base_unit = 'C62' AND shipments.quantity_milli > 0 AND shipments.mass_g > 0
        AND shipments.mass_g < 5000000000
),
placed AS (
    SELECT
        hs6,
        weight,
        ROW_NUMBER() OVER (PARTITION BY hs6 ORDER BY weight, row_no) AS place,
        COUNT(*) OVER (PARTITION BY hs6)                             AS lots
    FROM weighed
)
SELECT hs6, weight, lots
FROM placed
WHERE place = (lots + 1) // 2 AND lots >= 5
