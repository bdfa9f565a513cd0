-- A whole number for every base unit in which something was declared; goods without a quantity are counted in kilograms.
SELECT unit, CAST(ROW_NUMBER() OVER (ORDER BY unit) AS INTEGER) AS unit_no
FROM (
    SELECT DISTINCT CASE WHEN quantity_milli > 0 THEN base_unit ELSE 'KGM' END AS unit
    FROM shipments
) AS units
WHERE unit IS NOT NULL
