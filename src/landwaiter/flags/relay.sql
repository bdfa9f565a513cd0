-- Controlled goods reach a firm in a third country and soon leave it, directly or through others, for a destination of concern.
-- id: relay
-- title: Relayed through a third country
-- typology: T04
-- kind: red flag
-- innocent: A regional distribution centre with buyers in many countries; its share towards destinations of concern stays small.
-- misses: Firms whose onward sales stand in books that were not given.
-- source: BIS and FinCEN joint alert FIN-2022-Alert003; the first in first out ledger of this program.
-- reason: {share_pct} % of the value of its priority goods from controlled origins went on to a destination of concern, in {lots:lot}.
-- tested: A regional distribution centre: then most of these goods would stay or go elsewhere; {share_pct} % went on, and under 5 % is taken as a small share.
WITH onward AS (
    SELECT
        party_id,
        in_row,
        out_row,
        in_no,
        in_day,
        out_day,
        -- Share of the arrival that came from a controlled origin, left in this departure, and reached the destination.
        CAST(FLOOR(
            CAST(in_cents AS DOUBLE) * CAST(in_tainted AS DOUBLE) / CAST(in_quantity AS DOUBLE)
            * CAST(quantity AS DOUBLE) / CAST(in_quantity AS DOUBLE)
            * CAST(out_reaching AS DOUBLE) / CAST(out_quantity AS DOUBLE)
        ) AS BIGINT) AS cents
    FROM relays
    WHERE in_tainted > 0 AND out_reaching > 0
),
by_party AS (
    SELECT
        party_id,
        CAST(SUM(cents) AS BIGINT)        AS onward_cents,
        COUNT(DISTINCT out_row)           AS lots,
        MIN(in_day)                       AS first_day,
        MAX(out_day)                      AS last_day,
        LIST_SORT(LIST(DISTINCT in_row))  AS evidence_in,
        LIST_SORT(LIST(DISTINCT out_row)) AS evidence_out
    FROM onward
    GROUP BY party_id
)
SELECT
    'party'                                                                                         AS subject_kind,
    by_party.party_id                                                                               AS subject_id,
    CAST(LEAST(10000, 10000 * by_party.onward_cents // party_spans.priority_in_cents) AS INTEGER)   AS strength_bp,
    by_party.evidence_in,
    by_party.evidence_out,
    by_party.first_day,
    by_party.last_day,
    CAST(LEAST(100, 100 * by_party.onward_cents // party_spans.priority_in_cents) AS INTEGER)       AS share_pct,
    by_party.lots
FROM by_party
JOIN party_spans ON party_spans.party_id = by_party.party_id
WHERE party_spans.priority_in_cents > 0 AND 100 * by_party.onward_cents >= 5 * party_spans.priority_in_cents
