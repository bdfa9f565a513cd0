-- One hop back from the head of every open path, to the largest tainted arrivals that left in it.
WITH contributions AS (
    SELECT
        paths.path_no,
        paths.quantity,
        head.amount                   AS head_amount,
        all_links.in_no               AS row_no,
        arrivals.is_controlled_origin AS is_origin,
        CAST(FLOOR(
            CAST(all_links.quantity AS DOUBLE) * CAST(tainted.amount AS DOUBLE) / CAST(arrivals.quantity AS DOUBLE)
        ) AS BIGINT)                  AS contribution
    FROM paths
    JOIN tainted AS head ON head.row_no = paths.row_no
    JOIN all_links       ON all_links.out_no = paths.row_no
    JOIN tainted         ON tainted.row_no = all_links.in_no
    JOIN lots AS arrivals ON arrivals.row_no = all_links.in_no
    WHERE paths.is_origin = 0
),
ranked AS (
    SELECT
        path_no,
        row_no,
        is_origin,
        CAST(FLOOR(
            CAST(quantity AS DOUBLE) * CAST(contribution AS DOUBLE) / CAST(head_amount AS DOUBLE)
        ) AS BIGINT) AS quantity,
        ROW_NUMBER() OVER (PARTITION BY path_no ORDER BY contribution DESC, row_no) AS place
    FROM contributions
)
SELECT
    ROW_NUMBER() OVER (ORDER BY path_no, row_no) AS path_no,
    path_no                                      AS parent_no,
    row_no,
    quantity,
    is_origin
FROM ranked
WHERE place <= $branches AND quantity > 0
