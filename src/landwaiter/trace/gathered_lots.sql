-- The lots gathered around a change, with what taint and reach ask of them.
SELECT lots.row_no, lots.quantity, lots.is_controlled_origin, lots.is_to_target
FROM lots
JOIN gathered ON gathered.row_no = lots.row_no
