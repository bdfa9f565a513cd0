-- Departures of which no part is explained by arrivals of their own code, in the ledger of their goods family.
WITH linked AS (
    SELECT out_no FROM links_of_part
    UNION
    SELECT out_no FROM links_of_origin
    UNION
    SELECT out_no FROM links_of_code
)
SELECT
    ((CAST(lots.seller_no AS BIGINT) * 100000 + lots.family_no) * 1000 + lots.unit_no) * 1000 AS ledger_no,
    lots.row_no,
    lots.buyer_no AS partner_no,
    lots.day,
    lots.quantity
FROM lots
JOIN relaying_parties ON relaying_parties.party_no = lots.seller_no
LEFT JOIN linked ON linked.out_no = lots.row_no
WHERE linked.out_no IS NULL AND lots.mass_g > 0
