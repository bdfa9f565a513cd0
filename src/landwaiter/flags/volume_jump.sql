-- A buyer with a year of history buys in a quarter five times what it bought in the year before.
-- id: volume_jump
-- title: A sudden jump of priority goods
-- typology: none
-- kind: red flag
-- innocent: One large project, a new contract, or stock bought before a price rise.
-- misses: Growth that is spread over a year; firms without a year of history, see new_shell.
-- source: FinCEN FIN-2023-GLOBALEXPORT, flags 5 and 6: exponential growth of orders after February 2022; BIS guidance of 10 July 2024.
-- reason: From {begun_on} it bought {now_pieces:piece} of priority goods within 90 days, after {past_pieces:piece} in the whole year before.
WITH priority_rows AS (
    SELECT DISTINCT row_id
    FROM controls
    WHERE control_list = 'chpl'
),
arrivals AS (
    SELECT
        shipments.consignee_party AS party_id,
        shipments.row_id,
        shipments.quantity_milli // 1000 AS pieces,
        CAST(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on) AS INTEGER) AS day
    FROM shipments
    JOIN priority_rows ON priority_rows.row_id = shipments.row_id
    WHERE shipments.base_unit = 'C62' AND shipments.quantity_milli IS NOT NULL
),
days AS (
    SELECT party_id, day, CAST(SUM(pieces) AS BIGINT) AS pieces
    FROM arrivals
    GROUP BY party_id, day
),
quarters AS (
    SELECT
        begun.party_id,
        begun.day                                                                          AS begun_day,
        CAST(SUM(CASE WHEN other.day >= begun.day THEN other.pieces ELSE 0 END) AS BIGINT) AS now_pieces,
        CAST(SUM(CASE WHEN other.day < begun.day THEN other.pieces ELSE 0 END) AS BIGINT)  AS past_pieces,
        MIN(other.day)                                                                     AS earliest_day,
        MAX(other.day)                                                                     AS last_day,
        SUM(CASE WHEN other.day < begun.day THEN 1 ELSE 0 END)                             AS past_days
    FROM days AS begun
    JOIN days AS other
        ON other.party_id = begun.party_id AND other.day >= begun.day - 365 AND other.day < begun.day + 90
    WHERE begun.day >= 19047
    GROUP BY begun.party_id, begun.day
),
jumps AS (
    SELECT quarters.*, ROW_NUMBER() OVER (PARTITION BY party_id ORDER BY now_pieces DESC, begun_day) AS place
    FROM quarters
    WHERE past_pieces > 0 AND past_days >= 4 AND begun_day - earliest_day >= 270 AND now_pieces >= 5 * past_pieces
)
SELECT
    'party'                                         AS subject_kind,
    jumps.party_id                                  AS subject_id,
    CAST(3000 AS INTEGER)                           AS strength_bp,
    LIST_SORT(LIST(DISTINCT arrivals.row_id))       AS evidence_rows,
    jumps.earliest_day                              AS first_day,
    jumps.last_day,
    jumps.begun_day,
    jumps.now_pieces,
    jumps.past_pieces
FROM jumps
JOIN arrivals ON arrivals.party_id = jumps.party_id AND arrivals.day BETWEEN jumps.earliest_day AND jumps.last_day
WHERE jumps.place = 1
GROUP BY
    jumps.party_id, jumps.earliest_day, jumps.last_day, jumps.begun_day, jumps.now_pieces, jumps.past_pieces
