-- The rows asked for that count and weigh goods of a family of which some record in two books says no count: they move its usual weight.
WITH uncounted AS (
    SELECT DISTINCT COALESCE(goods_families.family, shipments.hs4, '') AS family
    FROM shipments
    JOIN books_now
        ON books_now.from_country = shipments.dispatch_country
        AND books_now.to_country = shipments.destination_country
    LEFT JOIN goods_families ON goods_families.hs4 = shipments.hs4
    WHERE books_now.has_exports = 1 AND books_now.has_imports = 1 AND books_now.from_country <> books_now.to_country
        AND (COALESCE(shipments.base_unit, '') <> 'C62' OR COALESCE(shipments.quantity_milli, 0) <= 0)
)
SELECT asked_shipments.row_no
FROM asked_shipments
LEFT JOIN goods_families ON goods_families.hs4 = asked_shipments.hs4
JOIN uncounted           ON uncounted.family = COALESCE(goods_families.family, asked_shipments.hs4, '')
WHERE asked_shipments.base_unit = 'C62' AND asked_shipments.quantity_milli > 0 AND asked_shipments.mass_g > 0
