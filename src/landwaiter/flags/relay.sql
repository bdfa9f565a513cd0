-- Controlled goods reach a firm in a third country and leave it, directly or through others, for a destination of concern.
-- id: relay
-- title: Relayed through a third country
-- typology: T04
-- question: 19
-- kind: red flag
-- innocent: A regional distribution centre with buyers in many countries, or a dealer who has the same goods from elsewhere; a small share goes on, or more than came from controlled origins.
-- misses: Firms whose onward sales stand in books that were not given, and goods that the papers say were made elsewhere.
-- source: BIS and FinCEN joint alert FIN-2022-Alert003; the first in first out ledger of this program.
-- reason: {share_pct} % of what it bought under {hs6} came from controlled origins and went on to a destination of concern, in {lots:lot}; that is {cover_pct} % of all that it sent there under this code.
-- tested: A regional distribution centre: then most of these goods would stay or go elsewhere. Goods from elsewhere or old stock: then more would have gone there than came, or before it came ({earlier_lots:lot}), or as made elsewhere ({made_elsewhere:lot}). A licence: none that every book of these lots names.
WITH placed AS (
    SELECT
        relay_strengths.*,
        ROW_NUMBER() OVER (PARTITION BY party_no ORDER BY strength_bp DESC, code_no, unit_no) AS place
    FROM relay_strengths
),
proven AS (
    SELECT
        placed.party_id,
        LIST_SORT(LIST(DISTINCT relays.in_row))  AS evidence_in,
        LIST_SORT(LIST(DISTINCT relays.out_row)) AS evidence_out
    FROM placed
    JOIN relays
        ON relays.party_id = placed.party_id AND relays.in_tainted > 0 AND relays.out_reaching > 0
    JOIN lots AS departures
        ON departures.row_no = relays.out_no
        AND departures.code_no = placed.code_no
        AND departures.unit_no = placed.unit_no
    WHERE placed.place = 1
    GROUP BY placed.party_id
)
SELECT
    'party'                                                          AS subject_kind,
    placed.party_id                                                  AS subject_id,
    placed.strength_bp,
    proven.evidence_in,
    proven.evidence_out,
    placed.first_day,
    placed.last_day,
    codes.hs6,
    CAST(FLOOR(1e2 * placed.share) AS INTEGER)                       AS share_pct,
    CAST(FLOOR(1e2 * placed.cover) AS INTEGER)                       AS cover_pct,
    placed.lots,
    placed.earlier_lots,
    placed.made_elsewhere
FROM placed
JOIN proven ON proven.party_id = placed.party_id
JOIN (SELECT code_no, MIN(hs6) AS hs6 FROM goods_numbers GROUP BY code_no) AS codes ON codes.code_no = placed.code_no
WHERE placed.place = 1 AND placed.strength_bp >= 500 AND placed.share >= 5e-2
