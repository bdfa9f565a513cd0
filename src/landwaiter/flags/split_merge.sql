-- Lots of priority goods leave in other pieces than they came, all for destinations of concern, and the sums agree exactly.
-- id: split_merge
-- title: Split and merge
-- typology: T06
-- question: 19
-- kind: red flag
-- innocent: A wholesaler that breaks bulk for many customers; it rarely sends every piece of a lot to one destination of concern.
-- misses: Pieces of which some are sold at home, or that leave after more than 60 days.
-- source: FinCEN and BIS supplemental alert FIN-2023-Alert004, transactions structured below notice.
-- reason: {batches:batch} of priority goods came in as {pieces_in:lot} and left to the last piece as {pieces_out:other lot}, all for destinations of concern, the last of them {country}.
-- tested: A wholesaler that breaks bulk for many: then some pieces would go elsewhere; all {pieces_out:piece} went to destinations of concern, and the sums agree to the last unit.
WITH links_in_order AS (
    SELECT
        ledger_no, units_from, party_id, in_no, out_no, in_row, out_row, in_day, out_day, days, in_tainted, is_relabelled,
        is_to_target, to_country, quantity, in_quantity, out_quantity,
        COALESCE(LAG(in_no) OVER (PARTITION BY ledger_no, is_relabelled ORDER BY units_from, in_no, out_no), -1)  AS in_no_before,
        COALESCE(LAG(out_no) OVER (PARTITION BY ledger_no, is_relabelled ORDER BY units_from, in_no, out_no), -1) AS out_no_before
    FROM relays
),
-- First in, first out never crosses: a batch ends where the next link has both another arrival and another departure.
batched_links AS (
    SELECT
        links_in_order.*,
        SUM(CASE WHEN in_no = in_no_before OR out_no = out_no_before THEN 0 ELSE 1 END) OVER (
            PARTITION BY ledger_no, is_relabelled ORDER BY units_from, in_no, out_no
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS batch_no
    FROM links_in_order
),
exact_batches AS (
    SELECT
        ledger_no,
        batch_no,
        party_id,
        COUNT(DISTINCT in_no)  AS pieces_in,
        COUNT(DISTINCT out_no) AS pieces_out,
        MIN(in_day)            AS first_day,
        MAX(out_day)           AS last_day,
        MAX(to_country)        AS country
    FROM batched_links
    WHERE is_relabelled = 0
    GROUP BY ledger_no, batch_no, party_id
    HAVING MIN(is_to_target) = 1
        AND MIN(in_tainted) > 0
        AND MAX(days) <= 60
        AND COUNT(DISTINCT in_no) + COUNT(DISTINCT out_no) BETWEEN 3 AND 20
        AND SUM(quantity) = SUM(CASE WHEN in_no = in_no_before THEN 0 ELSE in_quantity END)
        AND SUM(quantity) = SUM(CASE WHEN out_no = out_no_before THEN 0 ELSE out_quantity END)
)
SELECT
    'party'                                                               AS subject_kind,
    exact_batches.party_id                                                AS subject_id,
    CAST(10000 - 6000 // COUNT(DISTINCT exact_batches.first_day) AS INTEGER) AS strength_bp,
    LIST_SORT(LIST(DISTINCT batched_links.in_row))                        AS evidence_in,
    LIST_SORT(LIST(DISTINCT batched_links.out_row))                       AS evidence_out,
    MIN(exact_batches.first_day)                                          AS first_day,
    MAX(exact_batches.last_day)                                           AS last_day,
    COUNT(DISTINCT exact_batches.first_day)                               AS batches,
    COUNT(DISTINCT batched_links.in_no)                                   AS pieces_in,
    COUNT(DISTINCT batched_links.out_no)                                  AS pieces_out,
    MAX(exact_batches.country)                                            AS country
FROM exact_batches
JOIN batched_links
    ON batched_links.ledger_no = exact_batches.ledger_no
    AND batched_links.batch_no = exact_batches.batch_no
    AND batched_links.is_relabelled = 0
GROUP BY exact_batches.party_id
