-- Priority goods come in and goods of the same weight leave under a code that is less watched, or not at all.
-- id: relabelled
-- title: Relabelled to another customs code
-- typology: T08
-- kind: red flag
-- innocent: Assembly or another true transformation; then the weight of a piece changes too.
-- misses: Lots without a net mass, and goods whose declared weight was changed with the code.
-- source: EU guidance on enhanced due diligence of 7 September 2023, misdeclared codes.
-- reason: {lots:lot} came in as {in_code} and left for {country} as {out_code}, which is not on the priority list or in a lower tier, with the same weight per piece.
WITH changed AS (
    SELECT party_id, to_country, in_hs6, out_hs6, in_row, out_row, in_day, out_day
    FROM relays
    WHERE is_relabelled = 1 AND in_tainted > 0 AND out_tier <> in_tier AND (out_tier = '' OR out_tier > in_tier)
        AND is_to_target = 1 AND days <= 90
        -- The same goods keep their count as well: the lot leaves whole or in halves, not as one piece in thousands.
        AND 2 * quantity >= in_quantity
)
SELECT
    'party'                                          AS subject_kind,
    party_id                                         AS subject_id,
    CAST(10000 - 6000 // COUNT(DISTINCT out_row) AS INTEGER) AS strength_bp,
    LIST_SORT(LIST(DISTINCT in_row))                 AS evidence_in,
    LIST_SORT(LIST(DISTINCT out_row))                AS evidence_out,
    MIN(in_day)                                      AS first_day,
    MAX(out_day)                                     AS last_day,
    COUNT(DISTINCT out_row)                          AS lots,
    MIN(in_hs6)                                      AS in_code,
    MIN(out_hs6)                                     AS out_code,
    to_country                                       AS country
FROM changed
GROUP BY party_id, to_country
