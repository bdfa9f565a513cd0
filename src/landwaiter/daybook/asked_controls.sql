-- What control lists say of the rows asked for.
SELECT controls.*
FROM controls
JOIN asked_shipments ON asked_shipments.row_id = controls.row_id
