-- Arrivals of priority goods of which no part left under their own code, in the ledger of their goods family.
-- Goods that change their code keep their weight: only lots with a known mass are taken.
WITH linked AS (
    SELECT in_no FROM links_of_part
    UNION
    SELECT in_no FROM links_of_origin
    UNION
    SELECT in_no FROM links_of_code
)
SELECT
    ((CAST(lots.buyer_no AS BIGINT) * 100000 + lots.family_no) * 1000 + lots.unit_no) * 1000 AS ledger_no,
    lots.row_no,
    lots.seller_no AS partner_no,
    lots.day,
    lots.quantity
FROM lots
JOIN relaying_parties ON relaying_parties.party_no = lots.buyer_no
LEFT JOIN linked ON linked.in_no = lots.row_no
WHERE linked.in_no IS NULL AND lots.tier <> '' AND lots.mass_g > 0
