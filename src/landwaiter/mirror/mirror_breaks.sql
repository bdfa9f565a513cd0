-- Series that grew at a control date more than such series do at placebo dates, and to more than they ever were.
WITH own AS (
    SELECT origin, partner, unit, is_heading, MAX(GREATEST(before_cents, after_cents)) AS highest
    FROM mirror_growth
    WHERE role = 'placebo'
    GROUP BY origin, partner, unit, is_heading
),
explained AS (
    SELECT
        growth.*,
        limits.series,
        limits.growth AS most,
        COALESCE(own.highest, 0) AS highest,
        GREATEST(
            COALESCE(own.highest, 0),
            CASE
                WHEN growth.size = 0 THEN limits.growth
                ELSE growth.before_cents // 10000 * limits.growth + growth.before_cents % 10000 * limits.growth // 10000
            END
        ) AS expected_cents
    FROM mirror_growth AS growth
    JOIN mirror_growth_limits AS limits ON limits.origin = growth.origin AND limits.size = growth.size
    LEFT JOIN own
        ON own.origin = growth.origin
        AND own.partner = growth.partner
        AND own.unit = growth.unit
        AND own.is_heading = growth.is_heading
    WHERE growth.role = 'control'
)
SELECT test_no, origin, partner, unit, is_heading, before_cents, after_cents, expected_cents, highest, size, series, most
FROM explained
WHERE after_cents >= expected_cents + $least_cents
