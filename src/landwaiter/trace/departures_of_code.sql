-- Every lot as a departure from its seller, under its HS6 code.
SELECT row_no, seller_no AS party_no, buyer_no AS partner_no, hs6 AS goods, unit, day, quantity
FROM lots
