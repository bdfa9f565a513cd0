-- Goods of controlled origin pass two third countries, one firm after the other, and most of what the second got goes on to a destination of concern.
-- id: two_hubs
-- title: Two hubs in a row
-- typology: T04
-- question: 14
-- kind: red flag
-- innocent: Distribution in several steps, where the second firm serves its own region and few of its customers are in a destination of concern.
-- misses: A leg within one country, and a second hub whose sales stand in no book.
-- source: BIS and FinCEN joint alert FIN-2023-Alert004, routing through several transshipment points.
-- reason: {lots:lot} went through a firm in {first_country} and within 60 days through one in {second_country}, which sent {share_pct} % of what it got that way on to {country}.
-- tested: Distribution in several steps: then the second firm would sell most of these goods elsewhere; it sent {share_pct} % to {country}, and 60 % or more is taken as no distribution.
WITH first_hops AS (
    SELECT party_id, in_row, out_row, out_no, in_day, hub_country, to_country, out_quantity
    FROM relays
    WHERE in_tainted > 0 AND is_to_target = 0 AND days <= 60 AND hub_country <> to_country AND out_reaching > 0
),
between_hubs AS (
    SELECT DISTINCT party_id, out_no, hub_country, to_country AS second_country, out_quantity
    FROM first_hops
),
onward AS (
    SELECT
        between_hubs.party_id             AS first_party,
        second_hops.party_id              AS second_party,
        between_hubs.hub_country          AS first_country,
        between_hubs.second_country,
        second_hops.to_country            AS country,
        between_hubs.out_no,
        second_hops.in_row,
        second_hops.out_row,
        second_hops.quantity,
        second_hops.out_day
    FROM between_hubs
    JOIN relays AS second_hops ON second_hops.in_no = between_hubs.out_no
    WHERE second_hops.is_to_target = 1 AND second_hops.days <= 60
),
-- All that the first firm sent the second of these goods, wherever it went then.
given AS (
    SELECT
        between_hubs.party_id          AS first_party,
        lots.buyer_no,
        CAST(SUM(between_hubs.out_quantity) AS BIGINT) AS quantity
    FROM (
        SELECT DISTINCT party_id, out_no, out_quantity
        FROM relays
        WHERE in_tainted > 0 AND is_to_target = 0 AND hub_country <> to_country
    ) AS between_hubs
    JOIN lots ON lots.row_no = between_hubs.out_no
    GROUP BY between_hubs.party_id, lots.buyer_no
),
routes AS (
    SELECT
        onward.first_party,
        onward.second_party,
        MIN(onward.first_country)                    AS first_country,
        MIN(onward.second_country)                   AS second_country,
        MIN(onward.country)                          AS country,
        CAST(SUM(onward.quantity) AS BIGINT)         AS quantity,
        COUNT(DISTINCT onward.out_row)               AS lots,
        MAX(onward.out_day)                          AS last_day,
        LIST_SORT(LIST(DISTINCT onward.in_row))      AS evidence_between,
        LIST_SORT(LIST(DISTINCT onward.out_row))     AS evidence_out
    FROM onward
    GROUP BY onward.first_party, onward.second_party
),
beginnings AS (
    SELECT
        onward.first_party,
        onward.second_party,
        MIN(first_hops.in_day)                       AS first_day,
        LIST_SORT(LIST(DISTINCT first_hops.in_row))  AS evidence_in
    FROM onward
    JOIN first_hops ON first_hops.out_no = onward.out_no AND first_hops.party_id = onward.first_party
    GROUP BY onward.first_party, onward.second_party
),
hubs AS (
    SELECT first_party, second_party, first_party AS party_id
    FROM routes
    UNION ALL
    SELECT first_party, second_party, second_party AS party_id
    FROM routes
)
SELECT
    'party'                                                                    AS subject_kind,
    hubs.party_id                                                              AS subject_id,
    CAST(LEAST(10000, 10000 * routes.quantity // given.quantity) * routes.lots // (routes.lots + 1) AS INTEGER) AS strength_bp,
    beginnings.evidence_in,
    routes.evidence_between,
    routes.evidence_out,
    beginnings.first_day,
    routes.last_day,
    CAST(LEAST(100, 100 * routes.quantity // given.quantity) AS INTEGER)       AS share_pct,
    routes.lots,
    routes.first_country,
    routes.second_country,
    routes.country
FROM routes
JOIN hubs          ON hubs.first_party = routes.first_party AND hubs.second_party = routes.second_party
JOIN beginnings    ON beginnings.first_party = routes.first_party AND beginnings.second_party = routes.second_party
JOIN party_numbers ON party_numbers.party_id = routes.second_party
JOIN given         ON given.first_party = routes.first_party AND given.buyer_no = party_numbers.party_no
WHERE 100 * routes.quantity >= 60 * given.quantity
