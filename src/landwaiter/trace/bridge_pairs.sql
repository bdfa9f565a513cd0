-- A firm that only buys and one that only sells, in one country and with a number of the address or of a part in common, and how many of the sold lots the bought ones could be.
-- A bought lot could be a sold one where it has the same code, came within 75 days before and is not smaller.
WITH alike AS (
    SELECT buyers.party_no AS buyer_no, sellers.party_no AS seller_no, 1 AS by_address
    FROM one_sided AS buyers
    JOIN address_numbers AS theirs ON theirs.party_no = buyers.party_no
    JOIN address_numbers AS ours   ON ours.number = theirs.number
    JOIN one_sided AS sellers      ON sellers.party_no = ours.party_no AND sellers.country = buyers.country
    WHERE buyers.is_buyer = 1 AND sellers.is_buyer = 0
    UNION
    SELECT buyers.party_no AS buyer_no, sellers.party_no AS seller_no, 0 AS by_address
    FROM one_sided AS buyers
    JOIN lots AS arrivals     ON arrivals.buyer_no = buyers.party_no AND arrivals.part_no > 0
    JOIN lots AS departures   ON departures.part_no = arrivals.part_no
    JOIN one_sided AS sellers ON sellers.party_no = departures.seller_no AND sellers.country = buyers.country
    WHERE buyers.is_buyer = 1 AND sellers.is_buyer = 0
),
pairs AS (
    SELECT buyer_no, seller_no, MAX(by_address) AS by_address
    FROM alike
    GROUP BY buyer_no, seller_no
),
fitting AS (
    SELECT
        pairs.buyer_no,
        pairs.seller_no,
        departures.row_no,
        MAX(CASE
            WHEN arrivals.day BETWEEN departures.day - 75 AND departures.day
                AND arrivals.unit_no = departures.unit_no
                AND arrivals.quantity * 100 >= departures.quantity * 95 THEN 1
            ELSE 0
        END) AS fits
    FROM pairs
    JOIN lots AS departures ON departures.seller_no = pairs.seller_no AND departures.tier <> ''
    LEFT JOIN lots AS arrivals
        ON arrivals.buyer_no = pairs.buyer_no AND arrivals.code_no = departures.code_no
    GROUP BY pairs.buyer_no, pairs.seller_no, departures.row_no
),
counted AS (
    SELECT buyer_no, seller_no, COUNT(*) AS lots, CAST(SUM(fits) AS BIGINT) AS fitting_lots
    FROM fitting
    GROUP BY buyer_no, seller_no
)
SELECT counted.buyer_no, counted.seller_no, counted.lots, counted.fitting_lots, pairs.by_address
FROM counted
JOIN pairs ON pairs.buyer_no = counted.buyer_no AND pairs.seller_no = counted.seller_no
WHERE counted.fitting_lots > 0
