-- How much growth the dates when nothing happened explain, by size: beyond it lies the nominal share of them.
WITH ranked AS (
    SELECT
        origin,
        size,
        growth,
        ROW_NUMBER() OVER (PARTITION BY origin, size ORDER BY growth DESC, partner, unit, test_no) AS place,
        COUNT(*) OVER (PARTITION BY origin, size)                                                  AS series
    FROM mirror_growth
    WHERE role = 'placebo'
)
SELECT origin, size, series, growth
FROM ranked
WHERE place = (series + 1) * $nominal_bp // 10000
