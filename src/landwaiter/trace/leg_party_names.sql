-- The names of the parties that stand in the same place of two records which could be one leg.
WITH asked AS (
    SELECT seller_no AS party_no FROM leg_pairs WHERE seller_no <> import_seller_no
    UNION
    SELECT import_seller_no AS party_no FROM leg_pairs WHERE seller_no <> import_seller_no
    UNION
    SELECT buyer_no AS party_no FROM leg_pairs WHERE buyer_no <> import_buyer_no
    UNION
    SELECT import_buyer_no AS party_no FROM leg_pairs WHERE buyer_no <> import_buyer_no
)
SELECT asked.party_no, parties.names
FROM asked
JOIN party_numbers ON party_numbers.party_no = asked.party_no
JOIN parties       ON parties.party_id = party_numbers.party_id
