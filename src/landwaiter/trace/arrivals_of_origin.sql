-- Every lot of known origin as an arrival at its buyer: its ledger is the buyer, the HS6 code, the unit and the origin, as one number.
SELECT
    ((CAST(buyer_no AS BIGINT) * 100000 + code_no) * 1000 + unit_no) * 1000 + origin_no AS ledger_no,
    row_no,
    seller_no AS partner_no,
    day,
    quantity
FROM lots
WHERE origin_no > 0
