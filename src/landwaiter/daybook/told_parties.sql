-- The parties of the rows told of.
WITH named AS (
    SELECT exporter_party AS party_id FROM told_shipments
    UNION
    SELECT consignee_party AS party_id FROM told_shipments
    UNION
    SELECT end_user_party AS party_id FROM told_shipments
)
SELECT parties.*
FROM parties
JOIN named ON named.party_id = parties.party_id
