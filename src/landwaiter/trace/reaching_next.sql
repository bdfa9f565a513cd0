-- One hop back: each departure passes its share that reaches a destination of concern to the arrivals it took.
SELECT
    all_links.in_no AS row_no,
    CAST(SUM(CAST(FLOOR(
        CAST(all_links.quantity AS DOUBLE) * CAST(reaching_frontier.amount AS DOUBLE) / CAST(departures.quantity AS DOUBLE)
    ) AS BIGINT)) AS BIGINT) AS amount
FROM reaching_frontier
JOIN all_links          ON all_links.out_no = reaching_frontier.row_no
JOIN lots AS arrivals   ON arrivals.row_no = all_links.in_no
JOIN lots AS departures ON departures.row_no = all_links.out_no
WHERE reaching_frontier.amount > 0 AND arrivals.is_to_target = 0
GROUP BY all_links.in_no
