-- Headings with revised codes whose every predecessor is in the same heading and in the file: these compare as a whole.
WITH needed AS (
    SELECT
        statuses.test_no,
        statuses.hs4,
        CASE WHEN earlier.hs6 IS NULL OR came_from.related_hs4 <> statuses.hs4 THEN 1 ELSE 0 END AS is_missing
    FROM mirror_statuses AS statuses
    JOIN mirror_tests AS tests         ON tests.test_no = statuses.test_no
    JOIN mirror_lineage AS came_from   ON came_from.hs6 = statuses.hs6 AND came_from.since > tests.start - 12
                                       AND came_from.since < tests.start + tests.months
    LEFT JOIN (
        SELECT origin, hs6, MIN(first_month) AS first_month
        FROM mirror_codes
        GROUP BY origin, hs6
    ) AS earlier
        ON earlier.origin = tests.origin AND earlier.hs6 = came_from.related AND earlier.first_month < came_from.since
    WHERE statuses.status = 'revised'
)
SELECT test_no, hs4
FROM needed
GROUP BY test_no, hs4
HAVING MAX(is_missing) = 0
