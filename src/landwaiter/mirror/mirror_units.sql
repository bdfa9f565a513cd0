-- Under which code the trade of each published code is compared in a test: its HS6, or its heading where that was revised.
SELECT test_no, code, hs6 AS unit, 0 AS is_heading
FROM mirror_statuses
WHERE status = 'comparable'
UNION ALL
SELECT statuses.test_no, statuses.code, statuses.hs4 AS unit, 1 AS is_heading
FROM mirror_statuses AS statuses
JOIN mirror_headings AS headings ON headings.test_no = statuses.test_no AND headings.hs4 = statuses.hs4
