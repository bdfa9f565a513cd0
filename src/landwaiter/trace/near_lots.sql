-- The lots of the near links, and whatever else arrived in their ledgers: it could have left in them instead.
WITH named AS (
    SELECT in_no AS row_no FROM near_links
    UNION
    SELECT out_no AS row_no FROM near_links
),
ledgers AS (
    SELECT DISTINCT lots.seller_no AS party_no, lots.family_no
    FROM near_links
    JOIN lots ON lots.row_no = near_links.out_no
),
wanted AS (
    SELECT row_no FROM named
    UNION
    SELECT lots.row_no
    FROM lots
    JOIN ledgers ON ledgers.party_no = lots.buyer_no AND ledgers.family_no = lots.family_no
)
SELECT lots.*
FROM lots
JOIN wanted ON wanted.row_no = lots.row_no
