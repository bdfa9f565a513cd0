-- A firm that appeared after the control date passes most of its priority goods on to a destination of concern.
-- id: new_shell
-- title: New shell pass-through
-- typology: T01
-- question: 6
-- kind: red flag
-- innocent: A new distributor that sells most of its goods at home or to many countries.
-- misses: Goods whose controlled origin stands in no book; old firms bought for the purpose; shells whose sales stand in books that were not given.
-- source: FinCEN and BIS joint alert FIN-2023-Alert004, importers founded after 24 February 2022.
-- reason: First seen {first_seen_on}, after the controls; passed on {share_pct} % of the value of its priority goods within 90 days, in {lots:lot}, to {country}.
-- tested: A new distributor with customers at home or in many countries: it sent {share_pct} % of the value to {country}, and 60 % or more is taken as no distribution.
WITH passed AS (
    SELECT
        relays.party_id,
        relays.to_country,
        relays.in_row,
        relays.out_row,
        relays.in_day,
        relays.out_day,
        CAST(FLOOR(
            CAST(relays.in_cents AS DOUBLE) * CAST(relays.quantity AS DOUBLE) / CAST(relays.in_quantity AS DOUBLE)
        ) AS BIGINT) AS cents
    FROM relays
    WHERE relays.in_tainted > 0 AND relays.is_to_target = 1 AND relays.days <= 90
),
by_party AS (
    SELECT
        passed.party_id,
        passed.to_country,
        CAST(SUM(passed.cents) AS BIGINT)        AS passed_cents,
        COUNT(DISTINCT passed.out_row)           AS lots,
        MIN(passed.in_day)                       AS first_day,
        MAX(passed.out_day)                      AS last_day,
        LIST_SORT(LIST(DISTINCT passed.in_row))  AS evidence_in,
        LIST_SORT(LIST(DISTINCT passed.out_row)) AS evidence_out
    FROM passed
    GROUP BY passed.party_id, passed.to_country
)
SELECT
    'party'                                                                                    AS subject_kind,
    by_party.party_id                                                                          AS subject_id,
    CAST(LEAST(10000, 10000 * by_party.passed_cents // party_spans.priority_in_cents) AS INTEGER) AS strength_bp,
    by_party.evidence_in,
    by_party.evidence_out,
    by_party.first_day,
    by_party.last_day,
    party_spans.born_day                                                                       AS first_seen_day,
    CAST(LEAST(100, 100 * by_party.passed_cents // party_spans.priority_in_cents) AS INTEGER)  AS share_pct,
    by_party.lots,
    by_party.to_country                                                                        AS country
FROM by_party
JOIN party_spans ON party_spans.party_id = by_party.party_id
JOIN targets     ON targets.country = by_party.to_country
WHERE party_spans.priority_in_cents > 0
    AND 10 * by_party.passed_cents >= 6 * party_spans.priority_in_cents
    AND party_spans.born_day >= DATE_DIFF('day', DATE '1970-01-01', targets.since)
    AND by_party.first_day - party_spans.born_day <= 270
    -- Rows that begin late make every firm look new: without a register, a firm must appear well after the first row.
    AND (party_spans.is_born_known = 1 OR party_spans.first_day >= party_spans.data_first_day + 90)
