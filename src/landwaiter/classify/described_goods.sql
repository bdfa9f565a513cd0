-- Each description and code of goods that is not on the priority list by its code, and on how many rows it stands.
SELECT
    shipments.description,
    COALESCE(shipments.hs6, '') AS hs6,
    COUNT(*)                    AS lines
FROM shipments
LEFT JOIN priority_codes ON priority_codes.hs6 = shipments.hs6
WHERE shipments.description <> '' AND priority_codes.hs6 IS NULL
GROUP BY shipments.description, COALESCE(shipments.hs6, '')
