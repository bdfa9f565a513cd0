-- An odd quantity of priority goods of controlled origin arrives and the very same quantity soon leaves for a destination of concern.
-- id: exact_lot
-- title: Exact lot in and out
-- typology: T05
-- question: 19
-- kind: red flag
-- innocent: Back-to-back trade, where a dealer buys just what its customer ordered; then the customer explains the goods.
-- misses: Lots of round numbers, and lots split or merged on the way; see split_merge.
-- source: Counterpart of the lots of equal size in public enforcement cases of 2023 to 2025.
-- reason: {lots:lot} of priority goods of an odd size came in and left unchanged for {country} within {most_days:day}.
-- tested: A usual size of the firm, or trade in civil goods: each size came in once and left once, and all {lots:lot} are priority goods of controlled origin.
WITH counted AS (
    -- What one book of a leg weighs, the other may have counted.
    SELECT legs.leg_id, MIN(shipments.quantity_milli) AS quantity
    FROM legs
    JOIN shipments ON shipments.row_id = legs.row_id
    WHERE legs.kind = 'both books' AND shipments.base_unit = 'C62' AND shipments.quantity_milli > 0
    GROUP BY legs.leg_id
),
pieces AS (
    SELECT
        lots.row_no, lots.row_id, lots.seller_no, lots.buyer_no, lots.hs6, lots.day, lots.tier, lots.is_to_target,
        lots.to_country,
        CASE WHEN counted.leg_id IS NULL THEN lots.unit ELSE 'C62' END              AS unit,
        CASE
            WHEN counted.leg_id IS NOT NULL AND (lots.is_converted = 1 OR lots.unit <> 'C62') THEN counted.quantity
            WHEN lots.is_converted = 1 THEN 0
            ELSE lots.quantity
        END                                                                         AS quantity
    FROM lots
    LEFT JOIN counted ON counted.leg_id = lots.row_id
),
arrivals AS (
    SELECT pieces.buyer_no AS party_no, pieces.hs6, pieces.unit, pieces.quantity, pieces.row_id, pieces.day
    FROM pieces
    JOIN tainted ON tainted.row_no = pieces.row_no
    WHERE pieces.is_to_target = 0 AND pieces.quantity % 100000 <> 0 AND pieces.quantity >= 10000 AND tainted.amount > 0
),
departures AS (
    SELECT seller_no AS party_no, hs6, unit, quantity, row_id, day, to_country
    FROM pieces
    WHERE tier <> '' AND is_to_target = 1 AND quantity % 100000 <> 0 AND quantity >= 10000
),
-- A size that a firm often handles proves nothing: it must come once and leave once.
single_arrivals AS (
    SELECT party_no, hs6, unit, quantity, MIN(row_id) AS row_id, MIN(day) AS day
    FROM arrivals
    GROUP BY party_no, hs6, unit, quantity
    HAVING COUNT(*) = 1
),
single_departures AS (
    SELECT party_no, hs6, unit, quantity, MIN(row_id) AS row_id, MIN(day) AS day, MIN(to_country) AS to_country
    FROM departures
    GROUP BY party_no, hs6, unit, quantity
    HAVING COUNT(*) = 1
),
pairs AS (
    SELECT
        single_arrivals.party_no,
        single_arrivals.row_id                          AS in_row,
        single_departures.row_id                        AS out_row,
        single_arrivals.day                             AS in_day,
        single_departures.day                           AS out_day,
        single_departures.to_country
    FROM single_arrivals
    JOIN single_departures
        ON single_departures.party_no = single_arrivals.party_no
        AND single_departures.hs6 = single_arrivals.hs6
        AND single_departures.unit = single_arrivals.unit
        AND single_departures.quantity = single_arrivals.quantity
    WHERE single_departures.day BETWEEN single_arrivals.day AND single_arrivals.day + 60
)
SELECT
    'party'                                          AS subject_kind,
    party_numbers.party_id                           AS subject_id,
    CAST(10000 - 5000 // COUNT(*) AS INTEGER)        AS strength_bp,
    LIST_SORT(LIST(DISTINCT pairs.in_row))           AS evidence_in,
    LIST_SORT(LIST(DISTINCT pairs.out_row))          AS evidence_out,
    MIN(pairs.in_day)                                AS first_day,
    MAX(pairs.out_day)                               AS last_day,
    COUNT(*)                                         AS lots,
    MAX(pairs.out_day - pairs.in_day)                AS most_days,
    pairs.to_country                                 AS country
FROM pairs
JOIN party_numbers ON party_numbers.party_no = pairs.party_no
GROUP BY party_numbers.party_id, pairs.to_country
