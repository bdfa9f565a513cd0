-- Goods under controls leave for a destination of concern at far more than they cost, lot after lot.
-- id: price_anomaly
-- title: Dear on the last leg
-- typology: T12
-- kind: context
-- innocent: Small lots sent by air, a better grade, testing or programming that adds value, or a shortage.
-- misses: Mark-ups below two fifths; first legs that are under-valued; goods whose unit changes on the way.
-- source: FATF and Egmont Group, Trade-Based Money Laundering: Trends and Developments, December 2020, prices out of line.
-- reason: {lots:lot} left for {country} at {least_pct} % or more of what the same goods had cost on arrival.
WITH priced AS (
    SELECT
        relays.party_id,
        relays.in_row,
        relays.out_row,
        relays.in_day,
        relays.out_day,
        relays.to_country,
        CAST(FLOOR(
            1e2 * CAST(departures.cents AS DOUBLE) * CAST(relays.in_quantity AS DOUBLE)
            / (CAST(relays.in_cents AS DOUBLE) * CAST(relays.out_quantity AS DOUBLE))
        ) AS BIGINT) AS price_pct
    FROM relays
    JOIN lots AS departures ON departures.row_no = relays.out_no
    WHERE relays.in_tainted > 0 AND relays.is_to_target = 1 AND relays.in_hs6 = departures.hs6
        AND relays.in_cents > 0 AND relays.out_quantity > 0
)
SELECT
    'party'                                                          AS subject_kind,
    party_id                                                         AS subject_id,
    CAST(LEAST(10000, 25 * (MIN(price_pct) - 100)) AS INTEGER)       AS strength_bp,
    LIST_SORT(LIST(DISTINCT in_row))                                 AS evidence_in,
    LIST_SORT(LIST(DISTINCT out_row))                                AS evidence_out,
    MIN(in_day)                                                      AS first_day,
    MAX(out_day)                                                     AS last_day,
    COUNT(DISTINCT out_row)                                          AS lots,
    MIN(price_pct)                                                   AS least_pct,
    to_country                                                       AS country
FROM priced
GROUP BY party_id, to_country
HAVING COUNT(DISTINCT out_row) >= 3 AND MIN(price_pct) >= 140
