-- One hub stops serving a buyer in a destination of concern, and soon another, new to that buyer, brings it the same supplier's goods.
-- id: hub_hopping
-- title: From one hub to the next
-- typology: T04
-- kind: red flag
-- innocent: A genuine change of distributor; the new firm then serves other customers too.
-- misses: Hubs that serve side by side, and buyers that change their own name at the same moment (see phoenix_importer).
-- source: BIS and FinCEN joint alert FIN-2023-Alert004, new intermediaries after an earlier one was listed.
-- reason: After {earlier_lots:lot} through another firm, the last on {stopped_on}, the same supplier's goods reached the same buyer in {country} through this one in {lots:lot}, the first {gap_days:day} later.
-- tested: A change of distributor: then the new firm would have customers of its own; {share_pct} % of the value of its priority goods went to this one buyer, and 60 % or more is taken as none.
WITH served AS (
    SELECT
        party_id,
        supplier_no,
        customer_no,
        to_country,
        MIN(out_day)                      AS first_out_day,
        MIN(in_day)                       AS first_in_day,
        MAX(out_day)                      AS last_out_day,
        COUNT(DISTINCT out_row)           AS lots,
        CAST(SUM(CAST(FLOOR(
            CAST(in_cents AS DOUBLE) * CAST(quantity AS DOUBLE) / CAST(in_quantity AS DOUBLE)
        ) AS BIGINT)) AS BIGINT)          AS cents,
        LIST_SORT(LIST(DISTINCT in_row))  AS evidence_in,
        LIST_SORT(LIST(DISTINCT out_row)) AS evidence_out
    FROM relays
    WHERE in_tainted > 0 AND is_to_target = 1
    GROUP BY party_id, supplier_no, customer_no, to_country
),
successions AS (
    SELECT
        later.party_id,
        earlier.party_id AS earlier_party,
        later.supplier_no,
        later.customer_no,
        later.to_country,
        ROW_NUMBER() OVER (
            PARTITION BY later.party_id, later.supplier_no, later.customer_no, later.to_country
            ORDER BY earlier.last_out_day DESC, earlier.party_id
        ) AS place
    FROM served AS later
    JOIN served AS earlier
        ON earlier.supplier_no = later.supplier_no
        AND earlier.customer_no = later.customer_no
        AND earlier.to_country = later.to_country
        AND earlier.party_id <> later.party_id
    WHERE later.lots >= 2
        AND earlier.lots >= 2
        AND earlier.last_out_day < later.first_out_day
        AND later.first_out_day - earlier.last_out_day <= 120
)
SELECT
    'party'                                                          AS subject_kind,
    later.party_id                                                   AS subject_id,
    CAST(LEAST(10000, 10000 * later.cents // party_spans.priority_in_cents) * later.lots // (later.lots + 1) AS INTEGER) AS strength_bp,
    later.evidence_in,
    later.evidence_out,
    earlier.evidence_in                                              AS evidence_earlier_in,
    earlier.evidence_out                                             AS evidence_earlier_out,
    earlier.first_in_day                                             AS first_day,
    later.last_out_day                                               AS last_day,
    earlier.last_out_day                                             AS stopped_day,
    later.first_out_day - earlier.last_out_day                       AS gap_days,
    earlier.lots                                                     AS earlier_lots,
    later.lots                                                       AS lots,
    CAST(LEAST(100, 100 * later.cents // party_spans.priority_in_cents) AS INTEGER) AS share_pct,
    later.to_country                                                 AS country
FROM successions
JOIN served AS later
    ON later.party_id = successions.party_id
    AND later.supplier_no = successions.supplier_no
    AND later.customer_no = successions.customer_no
    AND later.to_country = successions.to_country
JOIN served AS earlier
    ON earlier.party_id = successions.earlier_party
    AND earlier.supplier_no = successions.supplier_no
    AND earlier.customer_no = successions.customer_no
    AND earlier.to_country = successions.to_country
JOIN party_spans ON party_spans.party_id = later.party_id
WHERE successions.place = 1
    AND party_spans.priority_in_cents > 0
    AND 100 * later.cents >= 60 * party_spans.priority_in_cents
    AND earlier.last_out_day + 60 <= party_spans.data_last_day
