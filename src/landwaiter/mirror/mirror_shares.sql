-- Each partner's share of what an origin sells of a code to all but the targets, before and after each date.
-- The targets are left out, since their loss alone would raise every other share.
WITH sales AS (
    SELECT
        test_no,
        unit,
        is_heading,
        CAST(SUM(before_cents) AS BIGINT) AS all_before,
        CAST(SUM(after_cents) AS BIGINT)  AS all_after
    FROM mirror_growth
    GROUP BY test_no, unit, is_heading
)
SELECT
    growth.origin,
    growth.role,
    growth.test_no,
    growth.partner,
    growth.unit,
    growth.is_heading,
    growth.after_cents,
    sales.all_before,
    sales.all_after,
    CASE
        WHEN sales.all_before < 100000000 THEN 0
        WHEN sales.all_before < 1000000000 THEN 1
        ELSE 2
    END AS size,
    growth.before_cents * 10000 // sales.all_before AS before_bp,
    growth.after_cents * 10000 // sales.all_after   AS after_bp
FROM mirror_growth AS growth
JOIN sales
    ON sales.test_no = growth.test_no AND sales.unit = growth.unit AND sales.is_heading = growth.is_heading
WHERE sales.all_before >= $least_cents AND sales.all_after >= $least_cents
