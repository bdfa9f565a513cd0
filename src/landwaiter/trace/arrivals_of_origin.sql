-- Every lot of known origin as an arrival at its buyer: its ledger is the buyer, the HS6 code, the unit and the origin, as one number.
SELECT
    ((CAST(lots.buyer_no AS BIGINT) * 100000 + lots.code_no) * 1000 + lots.unit_no) * 1000 + lots.origin_no AS ledger_no,
    lots.row_no,
    lots.seller_no AS partner_no,
    lots.day,
    lots.quantity
FROM lots
JOIN relaying_parties ON relaying_parties.party_no = lots.buyer_no
LEFT JOIN (SELECT DISTINCT in_no FROM links_of_part) AS linked ON linked.in_no = lots.row_no
WHERE linked.in_no IS NULL AND lots.origin_no > 0
