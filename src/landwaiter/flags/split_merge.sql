-- A lot of priority goods leaves in pieces for destinations of concern, or pieces leave as one, and the sums agree exactly.
-- id: split_merge
-- title: Split and merge
-- typology: T06
-- kind: red flag
-- innocent: A wholesaler that breaks bulk for many customers; it rarely sends every piece of a lot to one destination of concern.
-- misses: Pieces of which some are sold at home, or that leave after more than 60 days.
-- source: FinCEN and BIS supplemental alert FIN-2023-Alert004, transactions structured below notice.
-- reason: {lots} lots of priority goods left to the last piece, split or merged, in {pieces} pieces, for {country}.
WITH to_target AS (
    SELECT in_row, out_row, party_id, in_day, out_day, quantity, in_quantity, out_quantity, to_country
    FROM relays
    WHERE in_tier <> '' AND is_to_target = 1 AND is_relabelled = 0 AND days <= 60
),
split_lots AS (
    SELECT
        party_id,
        to_country,
        in_row       AS whole_row,
        COUNT(*)     AS pieces,
        MIN(in_day)  AS first_day,
        MAX(out_day) AS last_day
    FROM to_target
    GROUP BY party_id, to_country, in_row, in_quantity
    HAVING COUNT(*) BETWEEN 2 AND 9
        AND SUM(quantity) = in_quantity
        AND SUM(out_quantity) = in_quantity
),
merged_lots AS (
    SELECT
        party_id,
        to_country,
        out_row      AS whole_row,
        COUNT(*)     AS pieces,
        MIN(in_day)  AS first_day,
        MAX(out_day) AS last_day
    FROM to_target
    GROUP BY party_id, to_country, out_row, out_quantity
    HAVING COUNT(*) BETWEEN 2 AND 9
        AND SUM(quantity) = out_quantity
        AND SUM(in_quantity) = out_quantity
),
whole_lots AS (
    SELECT party_id, to_country, whole_row, pieces, first_day, last_day FROM split_lots
    UNION ALL
    SELECT party_id, to_country, whole_row, pieces, first_day, last_day FROM merged_lots
),
piece_rows AS (
    SELECT whole_lots.party_id, whole_lots.to_country, to_target.out_row AS piece_row
    FROM whole_lots
    JOIN to_target ON to_target.in_row = whole_lots.whole_row AND to_target.party_id = whole_lots.party_id
    UNION ALL
    SELECT whole_lots.party_id, whole_lots.to_country, to_target.in_row AS piece_row
    FROM whole_lots
    JOIN to_target ON to_target.out_row = whole_lots.whole_row AND to_target.party_id = whole_lots.party_id
),
piece_lists AS (
    SELECT party_id, to_country, LIST_SORT(LIST(DISTINCT piece_row)) AS evidence_pieces
    FROM piece_rows
    GROUP BY party_id, to_country
),
by_party AS (
    SELECT
        party_id,
        to_country,
        COUNT(*)                            AS lots,
        CAST(SUM(pieces) AS BIGINT)         AS pieces,
        MIN(first_day)                      AS first_day,
        MAX(last_day)                       AS last_day,
        LIST_SORT(LIST(DISTINCT whole_row)) AS evidence_whole
    FROM whole_lots
    GROUP BY party_id, to_country
)
SELECT
    'party'                                               AS subject_kind,
    by_party.party_id                                     AS subject_id,
    CAST(10000 - 6000 // by_party.lots AS INTEGER)        AS strength_bp,
    by_party.evidence_whole,
    piece_lists.evidence_pieces,
    by_party.first_day,
    by_party.last_day,
    by_party.lots,
    by_party.pieces,
    by_party.to_country                                   AS country
FROM by_party
JOIN piece_lists ON piece_lists.party_id = by_party.party_id AND piece_lists.to_country = by_party.to_country
