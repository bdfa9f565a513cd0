-- An importer falls silent and soon another one buys the same goods from the same suppliers.
-- id: phoenix_importer
-- title: Phoenix importer
-- typology: T03
-- question: 18
-- kind: red flag
-- innocent: An insolvency whose business another firm took over, or a plain change of name.
-- misses: Successors that change their suppliers too; importers with a single supplier.
-- source: BIS guidance of 10 July 2024 on transactions with parties that replace a listed one.
-- reason: Began on {first_on}, within {gap_days:day} of an importer of the same country falling silent; {shared} of their {all_suppliers:supplier} of priority goods are the same.
-- tested: Two importers of one trade by chance: they share {shared} of {all_suppliers:supplier}, half or more, and the earlier one bought nothing at all in the last 90 days of the rows.
WITH priority_lots AS (
    SELECT lots.buyer_no, lots.seller_no, lots.to_country, lots.day, DATE_DIFF('day', DATE '1970-01-01', targets.since) AS since_day
    FROM lots
    JOIN targets ON targets.country = lots.to_country
    WHERE lots.tier <> ''
),
purchases AS (
    SELECT DISTINCT buyer_no, seller_no, to_country
    FROM priority_lots
),
buyers AS (
    SELECT
        buyer_no,
        to_country,
        MIN(since_day)            AS since_day,
        MIN(day)                  AS first_day,
        MAX(day)                  AS last_day,
        COUNT(DISTINCT seller_no) AS suppliers
    FROM priority_lots
    GROUP BY buyer_no, to_country
    HAVING COUNT(DISTINCT seller_no) >= 2 AND COUNT(*) >= 4
),
ended AS (
    SELECT buyers.*
    FROM buyers
    JOIN party_spans ON party_spans.party_no = buyers.buyer_no
    WHERE party_spans.last_bought_day <= party_spans.data_last_day - 90
),
started AS (
    SELECT buyers.*
    FROM buyers
    JOIN party_spans ON party_spans.party_no = buyers.buyer_no
    WHERE party_spans.first_bought_day >= party_spans.data_first_day + 90
),
successions AS (
    SELECT
        ended.buyer_no                      AS ended_no,
        started.buyer_no                    AS started_no,
        ended.to_country                    AS country,
        started.first_day - ended.last_day  AS gap_days,
        ended.last_day                      AS ended_day,
        started.first_day,
        ended.suppliers + started.suppliers - COUNT(*) AS all_suppliers,
        COUNT(*)                            AS shared
    FROM started
    JOIN purchases AS new_purchases
        ON new_purchases.buyer_no = started.buyer_no AND new_purchases.to_country = started.to_country
    JOIN purchases AS old_purchases
        ON old_purchases.seller_no = new_purchases.seller_no AND old_purchases.to_country = new_purchases.to_country
    JOIN ended ON ended.buyer_no = old_purchases.buyer_no AND ended.to_country = old_purchases.to_country
    WHERE started.buyer_no <> ended.buyer_no
        AND started.first_day BETWEEN ended.last_day - 30 AND ended.last_day + 120
        AND ended.last_day >= ended.since_day - 30
    GROUP BY
        ended.buyer_no, started.buyer_no, ended.to_country, ended.last_day, ended.suppliers, started.first_day,
        started.suppliers
    HAVING COUNT(*) >= 2 AND 10 * COUNT(*) >= 5 * (ended.suppliers + started.suppliers - COUNT(*))
),
both_importers AS (
    SELECT ended_no, started_no, ended_no AS buyer_no, ended_day, first_day FROM successions
    UNION ALL
    SELECT ended_no, started_no, started_no AS buyer_no, ended_day, first_day FROM successions
),
evidence AS (
    SELECT
        both_importers.ended_no,
        both_importers.started_no,
        LIST_SORT(LIST(DISTINCT lots.row_id)) AS evidence_rows,
        MAX(lots.day)                         AS last_day
    FROM both_importers
    JOIN lots ON lots.buyer_no = both_importers.buyer_no
    WHERE lots.tier <> '' AND lots.day BETWEEN both_importers.ended_day - 180 AND both_importers.first_day + 180
    GROUP BY both_importers.ended_no, both_importers.started_no
)
SELECT
    'party'                                                        AS subject_kind,
    party_numbers.party_id                                         AS subject_id,
    CAST(10000 * successions.shared // successions.all_suppliers AS INTEGER) AS strength_bp,
    evidence.evidence_rows,
    [predecessors.party_id]                                        AS evidence_predecessor,
    successions.first_day,
    evidence.last_day,
    ABS(successions.gap_days)                                      AS gap_days,
    successions.shared,
    successions.all_suppliers
FROM successions
JOIN evidence
    ON evidence.ended_no = successions.ended_no AND evidence.started_no = successions.started_no
JOIN party_numbers                 ON party_numbers.party_no = successions.started_no
JOIN party_numbers AS predecessors ON predecessors.party_no = successions.ended_no
