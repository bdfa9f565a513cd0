-- Every lot of the touched ledgers, old and new, with its firms numbered anew in the order of party_id, as a full run would.
WITH touched AS (
    SELECT lots.row_no
    FROM lots
    JOIN touched_ledgers ON touched_ledgers.party_no = lots.buyer_no AND touched_ledgers.family_no = lots.family_no
    UNION
    SELECT lots.row_no
    FROM lots
    JOIN touched_ledgers ON touched_ledgers.party_no = lots.seller_no AND touched_ledgers.family_no = lots.family_no
),
touched_rows AS (
    SELECT lots.*
    FROM lots
    JOIN touched ON touched.row_no = lots.row_no
),
firms AS (
    SELECT seller_no AS party_no FROM touched_rows
    UNION
    SELECT buyer_no AS party_no FROM touched_rows
),
numbered AS (
    SELECT firms.party_no, CAST(ROW_NUMBER() OVER (ORDER BY party_numbers.party_id) AS INTEGER) AS rank_no
    FROM firms
    JOIN party_numbers ON party_numbers.party_no = firms.party_no
)
SELECT
    touched_rows.row_no,
    touched_rows.day,
    sellers.rank_no AS seller_no,
    buyers.rank_no  AS buyer_no,
    touched_rows.code_no,
    touched_rows.family_no,
    touched_rows.unit_no,
    touched_rows.origin_no,
    touched_rows.part_no,
    touched_rows.hs6,
    touched_rows.quantity,
    touched_rows.mass_g,
    touched_rows.tier,
    CASE WHEN touched_ledgers.party_no IS NOT NULL THEN 1 ELSE 0 END AS is_whole
FROM touched_rows
JOIN numbered AS sellers ON sellers.party_no = touched_rows.seller_no
JOIN numbered AS buyers  ON buyers.party_no = touched_rows.buyer_no
LEFT JOIN touched_ledgers
    ON touched_ledgers.party_no = touched_rows.buyer_no AND touched_ledgers.family_no = touched_rows.family_no
