-- Every lot of known origin as a departure from its seller: its ledger is the seller, the HS6 code, the unit and the origin, as one number.
SELECT
    ((CAST(seller_no AS BIGINT) * 100000 + code_no) * 1000 + unit_no) * 1000 + origin_no AS ledger_no,
    row_no,
    buyer_no AS partner_no,
    day,
    quantity
FROM lots
WHERE origin_no > 0
