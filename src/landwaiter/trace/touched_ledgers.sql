-- The ledgers that a day's lots touch: each firm and goods family among their buyers and sellers.
SELECT buyer_no AS party_no, family_no
FROM day_lots
UNION
SELECT seller_no AS party_no, family_no
FROM day_lots
