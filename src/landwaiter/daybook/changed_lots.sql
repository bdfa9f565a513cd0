-- The lots that came, went, or are other than they were.
SELECT COALESCE(lots_now.row_no, lots_were.row_no) AS row_no
FROM lots_were
FULL JOIN lots_now ON lots_now.row_no = lots_were.row_no
WHERE lots_were.row_no IS NULL
    OR lots_now.row_no IS NULL
    OR lots_now.day <> lots_were.day
    OR lots_now.seller_no <> lots_were.seller_no
    OR lots_now.buyer_no <> lots_were.buyer_no
    OR lots_now.code_no <> lots_were.code_no
    OR lots_now.family_no <> lots_were.family_no
    OR lots_now.unit_no <> lots_were.unit_no
    OR lots_now.origin_no <> lots_were.origin_no
    OR lots_now.part_no <> lots_were.part_no
    OR lots_now.quantity <> lots_were.quantity
    OR COALESCE(lots_now.mass_g, -1) <> COALESCE(lots_were.mass_g, -1)
    OR lots_now.cents <> lots_were.cents
    OR lots_now.tier <> lots_were.tier
    OR lots_now.is_controlled_origin <> lots_were.is_controlled_origin
    OR lots_now.is_to_target <> lots_were.is_to_target
    OR lots_now.is_licensed <> lots_were.is_licensed
    OR lots_now.is_sent_seen <> lots_were.is_sent_seen
    OR lots_now.is_received_seen <> lots_were.is_received_seen
    OR lots_now.is_converted <> lots_were.is_converted
