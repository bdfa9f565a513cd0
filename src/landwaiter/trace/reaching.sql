-- How much of each lot reached a destination of concern, over all hops so far.
SELECT row_no, CAST(SUM(amount) AS BIGINT) AS amount
FROM (
    SELECT row_no, amount FROM reaching_before
    UNION ALL
    SELECT row_no, amount FROM reaching_frontier
) AS passes
GROUP BY row_no
