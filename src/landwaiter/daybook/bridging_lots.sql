-- The changed lots that touch a country where firms are seen from abroad both as buyers and as sellers of priority goods.
-- Two such firms may be one, which only all lots together tell.
WITH all_lots AS (
    SELECT from_country, to_country, is_sent_seen, is_received_seen, tier FROM lots
    UNION ALL
    SELECT from_country, to_country, is_sent_seen, is_received_seen, tier FROM lots_now
),
seen_from_abroad AS (
    SELECT to_country AS country, 1 AS bought FROM all_lots WHERE is_received_seen = 0 AND tier <> ''
    UNION
    SELECT from_country AS country, 0 AS bought FROM all_lots WHERE is_sent_seen = 0 AND tier <> ''
),
between_books AS (
    SELECT country
    FROM seen_from_abroad
    GROUP BY country
    HAVING COUNT(*) = 2
),
changed AS (
    SELECT row_no, from_country, to_country FROM day_lots
    UNION
    SELECT row_no, from_country, to_country FROM gone_lots
)
SELECT DISTINCT changed.row_no
FROM changed
JOIN between_books ON between_books.country = changed.from_country OR between_books.country = changed.to_country
