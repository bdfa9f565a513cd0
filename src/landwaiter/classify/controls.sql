-- Which shipments carry goods of the Common High Priority List, by their customs code or by what their text says.
SELECT
    shipments.row_id,
    'chpl'                AS control_list,
    priority_codes.entry,
    priority_codes.tier,
    priority_codes.answer,
    priority_codes.reason
FROM shipments
JOIN priority_codes ON priority_codes.hs6 = shipments.hs6
UNION ALL
SELECT
    shipments.row_id,
    'chpl_text'           AS control_list,
    described_controls.entry,
    described_controls.tier,
    'possible'            AS answer,
    described_controls.reason
FROM shipments
JOIN described_controls
    ON described_controls.description = shipments.description
    AND described_controls.hs6 = COALESCE(shipments.hs6, '')
