-- Where chains end: tainted lots that go to a destination of concern and did not leave the controlled origin themselves.
SELECT
    ROW_NUMBER() OVER (ORDER BY lots.row_no) AS path_no,
    CAST(0 AS BIGINT)                        AS parent_no,
    lots.row_no,
    tainted.amount                           AS quantity,
    lots.is_controlled_origin                AS is_origin
FROM lots
JOIN tainted ON tainted.row_no = lots.row_no
WHERE lots.is_to_target = 1 AND lots.is_controlled_origin = 0 AND tainted.amount > 0
