-- Years in which an importer's books fall under a quarter of the year before while the others' exports to it do not halve.
-- Only books kept by the year: of those kept by the month, missing months are left out on both sides.
WITH entries AS (
    SELECT
        CASE WHEN flow = 'export' THEN 'partner' ELSE 'reporter' END AS side,
        CASE WHEN flow = 'export' THEN partner ELSE reporter END     AS country,
        year,
        CASE WHEN flow = 'export' THEN cents ELSE 0 END          AS exports_cents,
        CASE WHEN flow = 'import' THEN cents ELSE 0 END          AS imports_cents
    FROM mirror_cells
    WHERE month < 0
),
years AS (
    SELECT
        names.name AS importer,
        entries.year,
        CAST(SUM(entries.exports_cents) AS BIGINT) AS exports_cents,
        CAST(SUM(entries.imports_cents) AS BIGINT) AS imports_cents
    FROM entries
    JOIN mirror_names AS names ON names.country = entries.country AND names.side = entries.side
    GROUP BY names.name, entries.year
),
beside AS (
    SELECT
        importer,
        year,
        exports_cents,
        imports_cents,
        LAG(exports_cents) OVER (PARTITION BY importer ORDER BY year) AS exports_before,
        LAG(imports_cents) OVER (PARTITION BY importer ORDER BY year) AS imports_before
    FROM years
)
SELECT importer, year, imports_cents, imports_before
FROM beside
WHERE imports_cents > 0 AND imports_cents < imports_before // 4 AND exports_cents >= exports_before // 2
