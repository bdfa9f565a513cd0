-- Which shipments carry goods of the Common High Priority List, by their customs code.
SELECT
    shipments.row_id,
    'chpl'                AS control_list,
    priority_codes.entry,
    priority_codes.tier,
    priority_codes.answer,
    priority_codes.reason
FROM shipments
JOIN priority_codes ON priority_codes.hs6 = shipments.hs6
