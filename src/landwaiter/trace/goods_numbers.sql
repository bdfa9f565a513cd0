-- A whole number for every HS6 code that was declared, and for its goods family; codes that are not told apart share one.
WITH codes AS (
    SELECT DISTINCT COALESCE(shipments.hs6, '') AS hs6, COALESCE(goods_families.family, shipments.hs4, '') AS family
    FROM shipments
    LEFT JOIN goods_families ON goods_families.hs4 = shipments.hs4
)
SELECT
    hs6,
    family,
    CAST(ROW_NUMBER() OVER (ORDER BY hs6, family) AS INTEGER) AS code_no,
    CAST(DENSE_RANK() OVER (ORDER BY family) AS INTEGER)      AS family_no
FROM codes
