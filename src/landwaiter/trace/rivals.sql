-- For each departure that no book of its hub shows, the arrivals that could have left in it, each with its weight.
-- A weight is a product of small whole numbers, one for each thing that agrees: code, origin, part number, size, weight of
-- a piece, days, price, and the balance of the code at this hub. It is then multiplied by how much of the departure the arrival could fill. The last number of `probability`
-- stands for goods of which no arrival is seen: own stock, or a purchase at home.
WITH asked AS (
    SELECT DISTINCT all_links.out_no
    FROM all_links
    JOIN lots AS arrivals   ON arrivals.row_no = all_links.in_no
    JOIN lots AS departures ON departures.row_no = all_links.out_no
    JOIN tainted            ON tainted.row_no = all_links.in_no AND tainted.amount > 0
    JOIN reaching           ON reaching.row_no = all_links.out_no AND reaching.amount > 0
    WHERE arrivals.is_received_seen = 0 AND departures.is_sent_seen = 0
),
-- What came and what left of each code at a hub: where more left than came, the rest came from where nobody sees.
came AS (
    SELECT lots.buyer_no AS hub_no, lots.code_no, CAST(SUM(lots.quantity) AS BIGINT) AS quantity
    FROM lots
    JOIN (SELECT DISTINCT lots.seller_no FROM asked JOIN lots ON lots.row_no = asked.out_no) AS hubs
        ON hubs.seller_no = lots.buyer_no
    GROUP BY lots.buyer_no, lots.code_no
),
gone AS (
    SELECT lots.seller_no AS hub_no, lots.code_no, CAST(SUM(lots.quantity) AS BIGINT) AS quantity
    FROM lots
    JOIN (SELECT DISTINCT lots.seller_no FROM asked JOIN lots ON lots.row_no = asked.out_no) AS hubs
        ON hubs.seller_no = lots.seller_no
    GROUP BY lots.seller_no, lots.code_no
),
pairs AS (
    SELECT
        departures.row_no AS out_no,
        arrivals.row_no   AS in_no,
        CASE WHEN arrivals.hs6 = departures.hs6 THEN 4 ELSE 1 END
        * CASE
            WHEN arrivals.origin_no = 0 OR departures.origin_no = 0 THEN 4
            WHEN arrivals.origin_no = departures.origin_no THEN 8
            ELSE 1
        END
        * CASE
            WHEN arrivals.part_no = 0 OR departures.part_no = 0 THEN 4
            WHEN arrivals.part_no = departures.part_no THEN 120
            ELSE 1
        END
        * CASE
            WHEN arrivals.quantity <> departures.quantity THEN 1
            WHEN arrivals.quantity % 100000 = 0 THEN 18
            ELSE 120
        END
        * CASE
            WHEN COALESCE(arrivals.mass_g, 0) = 0 OR COALESCE(departures.mass_g, 0) = 0 THEN 2
            WHEN ABS(
                CAST(arrivals.mass_g AS DOUBLE) * CAST(departures.quantity AS DOUBLE)
                - CAST(departures.mass_g AS DOUBLE) * CAST(arrivals.quantity AS DOUBLE)
            ) * 10 <= CAST(arrivals.mass_g AS DOUBLE) * CAST(departures.quantity AS DOUBLE) THEN 4
            ELSE 1
        END
        * CASE
            WHEN departures.day - arrivals.day <= 45 THEN 4
            WHEN departures.day - arrivals.day <= 90 THEN 2
            ELSE 1
        END
        * CASE
            WHEN arrivals.cents = 0 OR departures.cents = 0 THEN 2
            WHEN CAST(departures.cents AS DOUBLE) * CAST(arrivals.quantity AS DOUBLE)
                BETWEEN CAST(arrivals.cents AS DOUBLE) * CAST(departures.quantity AS DOUBLE) * 9 / 10
                AND CAST(arrivals.cents AS DOUBLE) * CAST(departures.quantity AS DOUBLE) * 3 THEN 4
            ELSE 1
        END
        * CAST(GREATEST(1, LEAST(16, CAST(FLOOR(
            16e0 * CAST(came.quantity AS DOUBLE) / CAST(gone.quantity AS DOUBLE)
        ) AS BIGINT))) AS BIGINT)
        * CAST(LEAST(10000, CAST(FLOOR(
            CAST(arrivals.quantity AS DOUBLE) * 10000 / CAST(departures.quantity AS DOUBLE)
        ) AS BIGINT)) AS BIGINT) AS weight
    FROM asked
    JOIN lots AS departures ON departures.row_no = asked.out_no
    JOIN lots AS arrivals
        ON arrivals.buyer_no = departures.seller_no
        AND arrivals.family_no = departures.family_no
        AND arrivals.unit_no = departures.unit_no
    JOIN came ON came.hub_no = arrivals.buyer_no AND came.code_no = arrivals.code_no
    JOIN gone ON gone.hub_no = departures.seller_no AND gone.code_no = departures.code_no
    WHERE arrivals.day BETWEEN departures.day - $window_days AND departures.day
)
SELECT
    out_no,
    in_no,
    weight,
    CAST(SUM(weight) OVER (PARTITION BY out_no) AS BIGINT) AS weights,
    ROW_NUMBER() OVER (PARTITION BY out_no ORDER BY weight DESC, in_no) AS place
FROM pairs
