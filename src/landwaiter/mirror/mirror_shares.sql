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
    tested.origin,
    tested.role,
    tested.test_no,
    tested.partner,
    tested.unit,
    tested.is_heading,
    tested.after_cents,
    sales.all_before,
    sales.all_after,
    CASE
        WHEN sales.all_before < 100000000 THEN 0
        WHEN sales.all_before < 1000000000 THEN 1
        ELSE 2
    END AS size,
    tested.before_cents * 10000 // NULLIF(sales.all_before, 0) AS before_bp,
    tested.after_cents * 10000 // NULLIF(sales.all_after, 0)   AS after_bp
FROM mirror_growth AS tested
JOIN sales
    ON sales.test_no = tested.test_no AND sales.unit = tested.unit AND sales.is_heading = tested.is_heading
WHERE sales.all_before > 0 AND sales.all_after > 0
    AND sales.all_before >= $least_cents AND sales.all_after >= $least_cents
