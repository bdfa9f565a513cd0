-- Parties that both received and sent lots: nobody else can be a hop.
SELECT DISTINCT buyers.buyer_no AS party_no
FROM (SELECT DISTINCT buyer_no FROM lots) AS buyers
JOIN (SELECT DISTINCT seller_no FROM lots) AS sellers ON sellers.seller_no = buyers.buyer_no
