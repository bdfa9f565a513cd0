-- Series that grew, and shares that jumped, at a control date more than such do at placebo dates, and to more than they ever were.
WITH own AS (
    SELECT kind, origin, partner, unit, is_heading, MAX(GREATEST(level_before, level_after)) AS highest
    FROM mirror_measures
    WHERE role = 'placebo'
    GROUP BY kind, origin, partner, unit, is_heading
),
explained AS (
    SELECT
        tested.*,
        limits.series,
        limits.change            AS most_change,
        COALESCE(own.highest, 0) AS highest,
        GREATEST(
            COALESCE(own.highest, 0),
            CASE
                WHEN tested.is_ratio = 1
                THEN tested.base // 10000 * limits.change + tested.base % 10000 * limits.change // 10000
                ELSE tested.base + limits.change
            END
        )                        AS expected
    FROM mirror_measures AS tested
    JOIN mirror_limits AS limits
        ON limits.kind = tested.kind AND limits.origin = tested.origin AND limits.size = tested.size
    LEFT JOIN own
        ON own.kind = tested.kind
        AND own.origin = tested.origin
        AND own.partner = tested.partner
        AND own.unit = tested.unit
        AND own.is_heading = tested.is_heading
    WHERE tested.role = 'control'
)
SELECT
    kind, test_no, origin, partner, unit, is_heading, level_before, level_after, expected, most_change, highest, series
FROM explained
WHERE level_after >= expected + least_beyond AND amount_cents >= $least_cents
