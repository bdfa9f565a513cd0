-- Whether a published code means the same goods in both windows of a test, by the facts of revisions and by the data.
-- A code that no partner bought before, and that begins with a window or a year, is taken for new whatever the facts say:
-- they know six digits, a nation's own digits change every January. Not so where a sibling of the same HS6 ended: then the HS6 goes on.
WITH spans AS (
    SELECT origin, MIN(first_month) AS opens
    FROM mirror_codes
    GROUP BY origin
),
lives AS (
    SELECT
        tests.test_no,
        codes.code,
        codes.hs6,
        codes.hs4,
        CASE WHEN revised.hs6 IS NULL THEN 0 ELSE 1 END AS is_revised,
        CASE
            WHEN codes.first_month > tests.start - 13 + tests.months THEN 1
            WHEN codes.first_month > tests.start - 12
                AND codes.first_month % 12 < 3
                AND codes.first_month >= spans.opens + 6 THEN 1
            ELSE 0
        END AS is_unseen,
        CASE
            WHEN codes.last_month < tests.start AND codes.last_month % 12 > 8 AND codes.last_month >= tests.start - 12 THEN 1
            ELSE 0
        END AS is_gone
    FROM mirror_tests AS tests
    JOIN mirror_codes AS codes ON codes.origin = tests.origin
    JOIN spans                 ON spans.origin = tests.origin
    LEFT JOIN mirror_revised AS revised
        ON revised.hs6 = codes.hs6
        AND revised.since > tests.start - 12
        AND revised.since < tests.start + tests.months
),
siblings AS (
    SELECT test_no, hs6, MAX(is_unseen) AS any_unseen, MAX(is_gone) AS any_gone
    FROM lives
    GROUP BY test_no, hs6
)
SELECT
    lives.test_no,
    lives.code,
    lives.hs6,
    lives.hs4,
    CASE
        WHEN lives.is_revised = 1                            THEN 'revised'
        WHEN lives.is_unseen = 1 AND siblings.any_gone = 0   THEN 'unseen'
        WHEN lives.is_gone = 1   AND siblings.any_unseen = 0 THEN 'gone'
        ELSE 'comparable'
    END AS status
FROM lives
JOIN siblings ON siblings.test_no = lives.test_no AND siblings.hs6 = lives.hs6
