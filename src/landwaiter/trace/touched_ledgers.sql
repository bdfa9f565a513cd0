-- The ledgers that a change touches: each firm and goods family among the buyers and sellers of the lots that come or go.
SELECT buyer_no AS party_no, family_no FROM day_lots
UNION
SELECT seller_no AS party_no, family_no FROM day_lots
UNION
SELECT buyer_no AS party_no, family_no FROM gone_lots
UNION
SELECT seller_no AS party_no, family_no FROM gone_lots
