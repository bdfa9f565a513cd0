-- Departures of which no part is explained by arrivals of their own code, under their goods family, where their mass is known.
SELECT
    lots.row_no,
    lots.seller_no AS party_no,
    lots.buyer_no  AS partner_no,
    lots.family    AS goods,
    lots.unit,
    lots.day,
    lots.quantity
FROM lots
LEFT JOIN (SELECT DISTINCT out_no FROM links_of_code) AS explained ON explained.out_no = lots.row_no
WHERE explained.out_no IS NULL AND lots.mass_g > 0
