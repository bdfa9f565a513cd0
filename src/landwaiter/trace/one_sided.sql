-- Firms that only books of other countries show, and only as buyers or only as sellers of priority goods: one firm could be both.
WITH sides AS (
    SELECT buyer_no AS party_no, to_country AS country, 1 AS bought, is_received_seen AS is_home, tier
    FROM lots
    UNION ALL
    SELECT seller_no AS party_no, from_country AS country, 0 AS bought, is_sent_seen AS is_home, tier
    FROM lots
)
SELECT sides.party_no, MIN(sides.country) AS country, MAX(sides.bought) AS is_buyer, party_numbers.party_id
FROM sides
JOIN party_numbers ON party_numbers.party_no = sides.party_no
GROUP BY sides.party_no, party_numbers.party_id
HAVING MIN(sides.country) = MAX(sides.country)
    AND MIN(sides.bought) = MAX(sides.bought)
    AND MAX(sides.is_home) = 0
    AND MAX(CASE WHEN sides.tier <> '' THEN 1 ELSE 0 END) = 1
