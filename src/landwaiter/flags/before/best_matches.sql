-- Of the listings that a party could be, the nearest: of those that nothing speaks against, and of those elsewhere.
WITH standing AS (
    SELECT
        party_id,
        listing_id,
        list,
        name_matched,
        score,
        reason,
        conflict,
        -- An officer's word settles what a country or a number leaves open.
        CASE WHEN decision = 'confirmed' OR COALESCE(conflict, '') = '' THEN 0 ELSE 1 END AS is_elsewhere
    FROM matches
    WHERE decision <> 'cleared'
),
ranked AS (
    SELECT
        standing.*,
        ROW_NUMBER() OVER (PARTITION BY party_id, is_elsewhere ORDER BY score DESC, listing_id) AS place
    FROM standing
),
all_listings AS (
    SELECT party_id, is_elsewhere, LIST_SORT(LIST(listing_id)) AS evidence_listings
    FROM standing
    GROUP BY party_id, is_elsewhere
)
SELECT
    ranked.party_id,
    ranked.is_elsewhere,
    ranked.listing_id,
    ranked.list         AS list_name,
    ranked.name_matched,
    ranked.score,
    ranked.reason       AS match_reason,
    ranked.conflict,
    all_listings.evidence_listings
FROM ranked
JOIN all_listings ON all_listings.party_id = ranked.party_id AND all_listings.is_elsewhere = ranked.is_elsewhere
WHERE ranked.place = 1
