-- Arrivals of priority goods of which no part left under their own code, under their goods family.
-- Goods that change their code keep their weight: only lots with a known mass are taken.
SELECT
    lots.row_no,
    lots.buyer_no  AS party_no,
    lots.seller_no AS partner_no,
    lots.family    AS goods,
    lots.unit,
    lots.day,
    lots.quantity
FROM lots
LEFT JOIN (SELECT DISTINCT in_no FROM links_of_code) AS used ON used.in_no = lots.row_no
WHERE used.in_no IS NULL AND lots.tier <> '' AND lots.mass_g > 0
