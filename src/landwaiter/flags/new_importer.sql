-- A firm of a third country, founded after the controls began, buys goods under controls and nothing else, for a short time.
-- id: new_importer
-- title: Short-lived new importer of goods under controls
-- typology: T01
-- kind: red flag
-- innocent: A start-up or a new branch that uses or sells the goods at home; most new importers are just that.
-- misses: Old firms bought for the purpose, firms that no register given here holds, and those that go on for more than a year.
-- source: BIS and FinCEN joint alert FIN-2022-Alert003, importers founded after 24 February 2022.
-- reason: Founded on {born_on}, after the controls of its sellers' country, it took {lots:lot} of priority goods of one code from there within {span_days:day}, the first {age_days:day} after its founding, and bought nothing else.
-- tested: A firm that traded before under this name: its register says that it did not exist. That it uses or sells the goods at home was not tested: its own books would show it.
WITH bought AS (
    SELECT
        lots.buyer_no,
        lots.row_id,
        lots.seller_no,
        lots.day,
        DATE_DIFF('day', DATE '1970-01-01', origins.since) AS since_day
    FROM lots
    JOIN origins ON origins.country = lots.from_country
    LEFT JOIN (SELECT DISTINCT country FROM origins) AS makers ON makers.country = lots.to_country
    LEFT JOIN (SELECT DISTINCT country FROM targets) AS places ON places.country = lots.to_country
    WHERE lots.is_controlled_origin = 1 AND makers.country IS NULL AND places.country IS NULL
),
by_buyer AS (
    SELECT
        buyer_no,
        COUNT(*)                   AS lots,
        COUNT(DISTINCT seller_no)  AS sellers,
        MIN(since_day)             AS since_day,
        MIN(day)                   AS first_day,
        MAX(day)                   AS last_day,
        LIST_SORT(LIST(row_id))    AS evidence
    FROM bought
    GROUP BY buyer_no
),
trades AS (
    SELECT buyer_no, COUNT(DISTINCT code_no) AS codes
    FROM lots
    GROUP BY buyer_no
)
SELECT
    'party'                                                    AS subject_kind,
    party_spans.party_id                                       AS subject_id,
    -- The sooner it began to buy, and the sooner it stopped, the stranger.
    CAST(
        10000 * (540 - by_buyer.first_day + party_spans.born_day) // 540
        * (366 - by_buyer.last_day + by_buyer.first_day) // 366 AS INTEGER
    )                                                          AS strength_bp,
    by_buyer.evidence,
    by_buyer.first_day,
    by_buyer.last_day,
    party_spans.born_day,
    by_buyer.first_day - party_spans.born_day                  AS age_days,
    by_buyer.last_day - by_buyer.first_day                     AS span_days,
    by_buyer.lots
FROM by_buyer
JOIN trades      ON trades.buyer_no = by_buyer.buyer_no
JOIN party_spans ON party_spans.party_no = by_buyer.buyer_no
WHERE party_spans.is_born_known = 1
    AND party_spans.born_day >= by_buyer.since_day
    AND by_buyer.first_day - party_spans.born_day BETWEEN 0 AND 270
    AND by_buyer.lots >= 3
    AND trades.codes = 1
    AND by_buyer.last_day - by_buyer.first_day <= 365
    -- A firm that still buys when the books end is not known to be short-lived.
    AND by_buyer.last_day + 60 <= party_spans.data_last_day
