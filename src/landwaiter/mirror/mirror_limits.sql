-- How far the dates when nothing happened go, by kind and size: beyond it lies the nominal share of them.
WITH ranked AS (
    SELECT
        kind,
        origin,
        size,
        change,
        ROW_NUMBER() OVER (PARTITION BY kind, origin, size ORDER BY change DESC, partner, unit, test_no) AS place,
        COUNT(*) OVER (PARTITION BY kind, origin, size)                                                  AS series
    FROM mirror_measures
    WHERE role = 'placebo'
)
SELECT kind, origin, size, series, change
FROM ranked
WHERE place = (series + 1) * $nominal_bp // 10000
