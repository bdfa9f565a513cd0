-- The names and ids of the firms between which a bridge is thought of.
SELECT one_sided.party_no, parties.party_id, parties.names
FROM one_sided
JOIN parties ON parties.party_id = one_sided.party_id
JOIN (SELECT buyer_no AS party_no FROM bridge_pairs UNION SELECT seller_no AS party_no FROM bridge_pairs) AS thought_of
    ON thought_of.party_no = one_sided.party_no
