-- The listings that some party could be: what a reader needs in order to judge the match.
SELECT listings.*
FROM listings
JOIN (SELECT DISTINCT listing_id FROM matches) AS matched ON matched.listing_id = listings.listing_id
