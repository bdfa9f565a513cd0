-- The lots that no ledger of one code explains at all, as arrivals and departures under their goods family.
-- Goods that change their code keep their weight: only lots with a known mass are taken.
SELECT
    lots.row_no, 0 AS is_departure, lots.buyer_no AS party_no, lots.seller_no AS partner_no,
    lots.family AS goods, lots.unit, lots.day, lots.quantity
FROM lots
LEFT JOIN (SELECT DISTINCT in_no FROM links_of_code) AS used ON used.in_no = lots.row_no
WHERE used.in_no IS NULL AND lots.mass_g > 0
UNION ALL
SELECT
    lots.row_no, 1 AS is_departure, lots.seller_no AS party_no, lots.buyer_no AS partner_no,
    lots.family AS goods, lots.unit, lots.day, lots.quantity
FROM lots
LEFT JOIN (SELECT DISTINCT out_no FROM links_of_code) AS explained ON explained.out_no = lots.row_no
WHERE explained.out_no IS NULL AND lots.mass_g > 0
