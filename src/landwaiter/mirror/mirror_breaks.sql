-- Series that grew at a control date more than such series do at placebo dates, and to more than they ever were.
WITH own AS (
    SELECT origin, partner, unit, is_heading, MAX(GREATEST(before_cents, after_cents)) AS highest
    FROM mirror_growth
    WHERE role = 'placebo'
    GROUP BY origin, partner, unit, is_heading
),
explained AS (
    SELECT
        tested.*,
        limits.series,
        COALESCE(own.highest, 0) AS highest,
        GREATEST(
            COALESCE(own.highest, 0),
            CASE
                WHEN tested.size = 0 THEN limits.growth
                ELSE tested.before_cents // 10000 * limits.growth + tested.before_cents % 10000 * limits.growth // 10000
            END
        ) AS expected_cents
    FROM mirror_growth AS tested
    JOIN mirror_growth_limits AS limits ON limits.origin = tested.origin AND limits.size = tested.size
    LEFT JOIN own
        ON own.origin = tested.origin
        AND own.partner = tested.partner
        AND own.unit = tested.unit
        AND own.is_heading = tested.is_heading
    WHERE tested.role = 'control'
)
SELECT test_no, origin, partner, unit, is_heading, before_cents, after_cents, expected_cents, highest, size, series
FROM explained
WHERE after_cents >= expected_cents + $least_cents
