-- Every lot of a known part number as a departure from its seller: its ledger is the seller, the part number within its family, and the unit.
SELECT
    (CAST(lots.seller_no AS BIGINT) * 100000000 + lots.part_no) * 1000 + lots.unit_no AS ledger_no,
    lots.row_no,
    lots.buyer_no AS partner_no,
    lots.day,
    lots.quantity
FROM lots
JOIN relaying_parties ON relaying_parties.party_no = lots.seller_no
WHERE lots.part_no > 0
