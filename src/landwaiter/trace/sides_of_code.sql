-- Each lot twice, as an arrival at its buyer and a departure from its seller, under its HS6 code.
SELECT row_no, 0 AS is_departure, buyer_no AS party_no, seller_no AS partner_no, hs6 AS goods, unit, day, quantity
FROM lots
UNION ALL
SELECT row_no, 1 AS is_departure, seller_no AS party_no, buyer_no AS partner_no, hs6 AS goods, unit, day, quantity
FROM lots
