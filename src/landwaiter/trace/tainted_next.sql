-- One hop onward: each arrival passes on its tainted share of what left.
SELECT
    all_links.out_no AS row_no,
    CAST(SUM(CAST(FLOOR(
        CAST(all_links.quantity AS DOUBLE) * CAST(tainted_frontier.amount AS DOUBLE) / CAST(arrivals.quantity AS DOUBLE)
    ) AS BIGINT)) AS BIGINT) AS amount
FROM tainted_frontier
JOIN all_links          ON all_links.in_no = tainted_frontier.row_no
JOIN lots AS arrivals   ON arrivals.row_no = all_links.in_no
JOIN lots AS departures ON departures.row_no = all_links.out_no
WHERE tainted_frontier.amount > 0 AND departures.is_controlled_origin = 0
GROUP BY all_links.out_no
