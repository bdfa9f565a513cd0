-- Every lot of which no part left under its own origin, as an arrival at its buyer: its ledger is the buyer, the HS6 code and the unit.
SELECT
    ((CAST(lots.buyer_no AS BIGINT) * 100000 + lots.code_no) * 1000 + lots.unit_no) * 1000 AS ledger_no,
    lots.row_no,
    lots.seller_no AS partner_no,
    lots.day,
    lots.quantity
FROM lots
JOIN relaying_parties ON relaying_parties.party_no = lots.buyer_no
LEFT JOIN (SELECT in_no FROM links_of_part UNION SELECT in_no FROM links_of_origin) AS linked ON linked.in_no = lots.row_no
WHERE linked.in_no IS NULL
