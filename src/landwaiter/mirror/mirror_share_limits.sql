-- How far a share jumps at dates when nothing happened, by size: beyond it lies the nominal share of them.
WITH ranked AS (
    SELECT
        origin,
        size,
        after_bp - before_bp                                  AS jump_bp,
        ROW_NUMBER() OVER (
            PARTITION BY origin, size
            ORDER BY after_bp - before_bp DESC, partner, unit, test_no
        )                                                     AS place,
        COUNT(*) OVER (PARTITION BY origin, size)             AS series
    FROM mirror_shares
    WHERE role = 'placebo'
)
SELECT origin, size, series, jump_bp
FROM ranked
WHERE place = (series + 1) * $nominal_bp // 10000
