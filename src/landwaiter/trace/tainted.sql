-- How much of each lot came from a controlled origin, over all hops so far.
SELECT row_no, CAST(SUM(amount) AS BIGINT) AS amount
FROM (
    SELECT row_no, amount FROM tainted_before
    UNION ALL
    SELECT row_no, amount FROM tainted_frontier
) AS passes
GROUP BY row_no
