-- Every lot as an arrival at its buyer, under its HS6 code.
SELECT row_no, buyer_no AS party_no, seller_no AS partner_no, hs6 AS goods, unit, day, quantity
FROM lots
