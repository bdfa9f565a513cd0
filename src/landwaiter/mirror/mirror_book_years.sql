-- Years in which an importer's books fall under a quarter of the year before while the others' exports to it do not halve.
WITH years AS (
    SELECT
        importer,
        is_yearly,
        year,
        CAST(SUM(exports_cents) AS BIGINT) AS exports_cents,
        CAST(SUM(imports_cents) AS BIGINT) AS imports_cents
    FROM mirror_sides
    GROUP BY importer, is_yearly, year
),
beside AS (
    SELECT
        importer,
        is_yearly,
        year,
        exports_cents,
        imports_cents,
        LAG(exports_cents) OVER (PARTITION BY importer, is_yearly ORDER BY year) AS exports_before,
        LAG(imports_cents) OVER (PARTITION BY importer, is_yearly ORDER BY year) AS imports_before
    FROM years
)
SELECT importer, is_yearly, year, imports_cents, imports_before
FROM beside
WHERE imports_cents < imports_before // 4 AND exports_cents >= exports_before // 2
