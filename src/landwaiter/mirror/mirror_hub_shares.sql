-- Partners whose share of an origin's sales of a code jumped at a control date more than shares do at placebo dates.
WITH own AS (
    SELECT origin, partner, unit, is_heading, MAX(GREATEST(before_bp, after_bp)) AS highest_bp
    FROM mirror_shares
    WHERE role = 'placebo'
    GROUP BY origin, partner, unit, is_heading
),
explained AS (
    SELECT
        shares.*,
        limits.series,
        limits.jump_bp,
        COALESCE(own.highest_bp, 0)                                                     AS highest_bp,
        GREATEST(shares.before_bp + limits.jump_bp, COALESCE(own.highest_bp, 0))        AS expected_bp
    FROM mirror_shares AS shares
    JOIN mirror_share_limits AS limits ON limits.origin = shares.origin AND limits.size = shares.size
    LEFT JOIN own
        ON own.origin = shares.origin
        AND own.partner = shares.partner
        AND own.unit = shares.unit
        AND own.is_heading = shares.is_heading
    WHERE shares.role = 'control'
)
SELECT
    test_no, origin, partner, unit, is_heading, before_bp, after_bp, expected_bp, jump_bp, highest_bp, series, after_cents
FROM explained
WHERE after_bp > expected_bp AND after_cents >= $least_cents
