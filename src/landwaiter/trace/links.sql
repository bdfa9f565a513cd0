-- Which arrival left in which departure of the same ledger, and how much of it.
-- Every end of an arrival or a departure cuts the numbered units; between two cuts there is one arrival and at most one departure.
WITH spans AS (
    SELECT
        ledger_no,
        event_no,
        kind,
        row_no,
        day,
        LAG(position, 1, 0) OVER (PARTITION BY ledger_no ORDER BY event_no) AS low,
        position                                                             AS high,
        arrived
    FROM settled
    WHERE is_open = 0
),
departures AS (
    SELECT
        ledger_no,
        row_no,
        day,
        low,
        high,
        ROW_NUMBER() OVER (PARTITION BY ledger_no ORDER BY event_no) AS departure_no
    FROM spans
    WHERE kind = 2 AND high > low
),
arrivals AS (
    SELECT
        spans.ledger_no,
        spans.row_no,
        spans.day,
        spans.arrived,
        ROW_NUMBER() OVER (PARTITION BY spans.ledger_no ORDER BY spans.event_no) AS arrival_no
    FROM spans
    WHERE spans.kind = 1
),
cuts AS (
    SELECT ledger_no, arrived AS cut, 1 AS ends_arrival, 0 AS ends_departure FROM arrivals
    UNION ALL
    SELECT ledger_no, high AS cut, 0 AS ends_arrival, 1 AS ends_departure FROM departures
    UNION ALL
    SELECT ledger_no, low AS cut, 0 AS ends_arrival, 0 AS ends_departure FROM departures
),
segments AS (
    SELECT
        ledger_no,
        cut AS high,
        LAG(cut, 1, 0) OVER (PARTITION BY ledger_no ORDER BY cut, ends_arrival, ends_departure) AS low,
        1 - ends_arrival + CAST(SUM(ends_arrival) OVER (
            PARTITION BY ledger_no ORDER BY cut, ends_arrival, ends_departure
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS BIGINT) AS arrival_no,
        1 - ends_departure + CAST(SUM(ends_departure) OVER (
            PARTITION BY ledger_no ORDER BY cut, ends_arrival, ends_departure
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS BIGINT) AS departure_no
    FROM cuts
)
SELECT
    segments.ledger_no,
    segments.low                      AS units_from,
    arrivals.row_no                   AS in_no,
    departures.row_no                 AS out_no,
    segments.high - segments.low      AS quantity,
    departures.day - arrivals.day     AS days
FROM segments
JOIN arrivals
    ON arrivals.ledger_no = segments.ledger_no AND arrivals.arrival_no = segments.arrival_no
JOIN departures
    ON departures.ledger_no = segments.ledger_no AND departures.departure_no = segments.departure_no
WHERE segments.high > segments.low
    AND segments.low >= departures.low
    AND segments.high <= departures.high
