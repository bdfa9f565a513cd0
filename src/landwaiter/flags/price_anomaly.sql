-- Goods under controls leave for a destination of concern at far more than they cost, lot after lot.
-- id: price_anomaly
-- title: Dear on the last leg
-- typology: T12
-- kind: context
-- innocent: Small lots sent by air, a better grade, testing or programming that adds value, or a shortage.
-- misses: Mark-ups below two fifths; first legs that are under-valued; goods whose unit changes on the way.
-- source: FATF and Egmont Group, Trade-Based Money Laundering: Trends and Developments, December 2020, prices out of line.
-- reason: {dear_lots:lot} of {lots} left for destinations of concern at {least_pct} % or more of what the same goods had cost on arrival.
-- tested: Small lots by air or a better grade: each lot is laid beside what the same code had cost this firm; {dear_lots:lot} of {lots} were dear, and three in four are taken as no exception. Grade and freight were not looked at.
WITH priced AS (
    SELECT
        relays.party_id,
        relays.in_row,
        relays.out_row,
        relays.in_day,
        relays.out_day,
        CAST(FLOOR(
            1e2 * CAST(departures.cents AS DOUBLE) * CAST(relays.in_quantity AS DOUBLE)
            / (CAST(relays.in_cents AS DOUBLE) * CAST(relays.out_quantity AS DOUBLE))
        ) AS BIGINT) AS price_pct
    FROM relays
    JOIN lots AS departures ON departures.row_no = relays.out_no
    WHERE relays.in_tainted > 0 AND relays.is_to_target = 1 AND relays.in_hs6 = departures.hs6
        AND relays.in_cents > 0 AND relays.out_quantity > 0
),
by_lot AS (
    SELECT party_id, out_row, MIN(price_pct) AS price_pct
    FROM priced
    GROUP BY party_id, out_row
),
dear AS (
    SELECT
        party_id,
        COUNT(*)                                                      AS lots,
        CAST(SUM(CASE WHEN price_pct >= 140 THEN 1 ELSE 0 END) AS BIGINT) AS dear_lots,
        MIN(CASE WHEN price_pct >= 140 THEN price_pct END)            AS least_pct
    FROM by_lot
    GROUP BY party_id
)
SELECT
    'party'                                                          AS subject_kind,
    dear.party_id                                                    AS subject_id,
    CAST(LEAST(10000, 25 * (dear.least_pct - 100)) AS INTEGER)       AS strength_bp,
    LIST_SORT(LIST(DISTINCT priced.in_row))                          AS evidence_in,
    LIST_SORT(LIST(DISTINCT priced.out_row))                         AS evidence_out,
    MIN(priced.in_day)                                               AS first_day,
    MAX(priced.out_day)                                              AS last_day,
    dear.lots,
    dear.dear_lots,
    dear.least_pct
FROM dear
JOIN priced ON priced.party_id = dear.party_id
WHERE dear.dear_lots >= 3 AND 4 * dear.dear_lots >= 3 * dear.lots AND priced.price_pct >= 140
GROUP BY dear.party_id, dear.lots, dear.dear_lots, dear.least_pct
