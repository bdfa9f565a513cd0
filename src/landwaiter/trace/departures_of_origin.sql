-- Every lot of known origin as a departure from its seller: its ledger is the seller, the HS6 code, the unit and the origin, as one number.
SELECT
    ((CAST(lots.seller_no AS BIGINT) * 100000 + lots.code_no) * 1000 + lots.unit_no) * 1000 + lots.origin_no AS ledger_no,
    lots.row_no,
    lots.buyer_no AS partner_no,
    lots.day,
    lots.quantity
FROM lots
JOIN relaying_parties ON relaying_parties.party_no = lots.seller_no
LEFT JOIN (SELECT DISTINCT out_no FROM links_of_part) AS linked ON linked.out_no = lots.row_no
WHERE linked.out_no IS NULL AND lots.origin_no > 0
