-- The departures that may have taken some arrival: one that came in their stretch of days or in the one before.
WITH stretches AS (
    SELECT ledger_no, day // $window_days AS stretch FROM near_arrivals
    UNION
    SELECT ledger_no, day // $window_days + 1 AS stretch FROM near_arrivals
)
SELECT departures.ledger_no, departures.row_no, departures.partner_no, departures.day, departures.quantity
FROM departures
JOIN stretches ON stretches.ledger_no = departures.ledger_no AND stretches.stretch = departures.day // $window_days
