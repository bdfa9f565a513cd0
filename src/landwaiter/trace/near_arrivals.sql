-- The arrivals that some departure of their ledger may have taken: one that left in their stretch of days or in the next.
-- An arrival without such a departure leaves no trace in any book, and dropping it changes nothing for the others.
WITH stretches AS (
    SELECT ledger_no, day // $window_days AS stretch FROM departures
    UNION
    SELECT ledger_no, day // $window_days - 1 AS stretch FROM departures
)
SELECT arrivals.ledger_no, arrivals.row_no, arrivals.partner_no, arrivals.day, arrivals.quantity
FROM arrivals
JOIN stretches ON stretches.ledger_no = arrivals.ledger_no AND stretches.stretch = arrivals.day // $window_days
