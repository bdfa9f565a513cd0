-- How much of what one side says it sold the other does not say it bought, after freight and insurance, by year.
-- A code that the importer's books never carry at all is no gap: it may only be another edition or an extract.
WITH compared AS (
    SELECT
        sides.exporter,
        sides.importer,
        sides.hs6,
        sides.year,
        sides.is_yearly,
        sides.first_month,
        sides.last_month,
        sides.exports_cents,
        sides.imports_cents,
        sides.exports_cents + sides.exports_cents * $freight_bp // 10000 AS landed_cents,
        ROW_NUMBER() OVER (
            PARTITION BY sides.exporter, sides.importer, sides.hs6, sides.year
            ORDER BY sides.is_yearly DESC
        ) AS place
    FROM mirror_sides AS sides
    JOIN mirror_carried AS carried ON carried.importer = sides.importer AND carried.hs6 = sides.hs6
    LEFT JOIN mirror_book_years AS partial
        ON partial.importer = sides.importer AND partial.year = sides.year AND sides.is_yearly = 1
    WHERE sides.exports_cents > 0 AND sides.exports_cents >= $least_cents AND partial.importer IS NULL
)
SELECT
    exporter,
    importer,
    hs6,
    year,
    is_yearly,
    first_month,
    last_month,
    exports_cents,
    imports_cents,
    landed_cents,
    10000 - imports_cents * 10000 // NULLIF(landed_cents, 0) AS gap_bp
FROM compared
WHERE place = 1
