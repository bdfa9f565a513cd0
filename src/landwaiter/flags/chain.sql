-- One lot from a controlled origin can be followed, lot by lot, to a destination of concern.
-- id: chain
-- title: Chain to a destination of concern
-- typology: T04
-- kind: red flag
-- innocent: Goods licensed for that end user, or a coincidence of quantities in a busy warehouse.
-- misses: Chains with a leg that no book shows.
-- source: The first in first out ledger of this program.
-- reason: A lot from {origin} reached {country} over {legs:leg} in {days:day}; {share_pct} % of the last lot is accounted for; {known}.
-- tested: A coincidence of quantities in a busy warehouse: then goods of other origins would have left in the same lots; {share_pct} % of the last lot came this way. A licence: none that every book of the last lot names.
WITH legs AS (
    SELECT chains.chain_id, chains.position, chains.row_id, chains.quantity, chains.from_origin, chains.to_target, chains.view,
        COALESCE(chains.probability, 1e0) AS probability,
        lots.day, lots.quantity AS lot_quantity
    FROM chains
    JOIN lots ON lots.row_id = chains.row_id
),
ends AS (
    SELECT
        chain_id,
        MIN(from_origin)               AS origin,
        MIN(to_target)                 AS country,
        MIN(view)                      AS view,
        MIN(probability)               AS probability,
        COUNT(*)                       AS legs,
        MIN(day)                       AS first_day,
        MAX(day)                       AS last_day,
        MAX(position)                  AS last_position,
        LIST_SORT(LIST(row_id))        AS evidence
    FROM legs
    GROUP BY chain_id
)
SELECT
    'chain'                                                           AS subject_kind,
    ends.chain_id                                                     AS subject_id,
    CAST(LEAST(10000, FLOOR(
        1e7 * ends.probability * legs.quantity / CAST(legs.lot_quantity AS DOUBLE)
    )) AS INTEGER)                                                    AS strength_bp,
    ends.evidence,
    ends.first_day,
    ends.last_day,
    ends.origin,
    ends.country,
    ends.legs,
    CASE
        WHEN ends.view = 'c' THEN 'every hop stands in the books of its hub'
        WHEN ends.probability >= 5e-1 THEN 'no book of the hub shows the hop, which is inferred and likelier than not'
        ELSE 'no book of the hub shows the hop, which is inferred as one of several ways'
    END                                                               AS known,
    ends.last_day - ends.first_day                                    AS days,
    CAST(LEAST(100, FLOOR(1e5 * legs.quantity / CAST(legs.lot_quantity AS DOUBLE))) AS INTEGER) AS share_pct
FROM ends
JOIN legs ON legs.chain_id = ends.chain_id AND legs.position = ends.last_position
