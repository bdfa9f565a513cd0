-- What a target lost of each code and what its neighbours gained, over the same months, and for all comparable codes together.
WITH changes AS (
    SELECT
        windows.test_no,
        windows.unit,
        CAST(SUM(CASE WHEN windows.partner = tests.target THEN windows.before_cents - windows.after_cents ELSE 0 END) AS BIGINT)
            AS lost_cents,
        CAST(SUM(CASE WHEN neighbours.neighbour IS NULL THEN 0 ELSE windows.after_cents - windows.before_cents END) AS BIGINT)
            AS gained_cents
    FROM mirror_windows AS windows
    JOIN mirror_tests AS tests ON tests.test_no = windows.test_no
    LEFT JOIN mirror_neighbours AS neighbours
        ON neighbours.target = tests.target AND neighbours.neighbour = windows.partner
    WHERE tests.role = 'window' AND windows.is_heading = 0
    GROUP BY windows.test_no, windows.unit
)
SELECT test_no, unit, lost_cents, gained_cents, 1 AS codes
FROM changes
UNION ALL
SELECT
    test_no,
    'TOTAL'                           AS unit,
    CAST(SUM(lost_cents) AS BIGINT)   AS lost_cents,
    CAST(SUM(gained_cents) AS BIGINT) AS gained_cents,
    COUNT(*)                          AS codes
FROM changes
GROUP BY test_no
