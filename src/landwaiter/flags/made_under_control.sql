-- Papers say that priority goods were made in a country that controls them, and a third country sends them to a destination of concern.
-- id: made_under_control
-- title: Goods of controlled origin from a third country
-- typology: T11
-- kind: red flag
-- innocent: Stock that lay in the third country since before the controls; it runs out, and the sales with it. Or a licence that the papers leave out.
-- misses: Papers that leave the origin out, name the third country, or name another one; many of those who divert goods see to that.
-- source: BIS and FinCEN joint alert FIN-2023-Alert004; the common high priority list of the EU, US, UK and Japan.
-- reason: {lots:lot} that papers say were made in {made_in} went from {country} to a destination of concern, the last on {last_on}, {after_days:day} after the controls began.
-- tested: Old stock: lots of the first 60 days after the controls began do not count; {late_lots:lot} came later. A licence: none that every book of these lots names.
WITH sent AS (
    SELECT
        lots.seller_no,
        lots.row_id,
        lots.day,
        lots.from_country,
        origins.country AS made_in,
        lots.day - DATE_DIFF('day', DATE '1970-01-01', origins.since) AS after_days
    FROM lots
    JOIN origin_numbers ON origin_numbers.origin_no = lots.origin_no
    JOIN origins
        ON origins.country = origin_numbers.origin_country
        AND DATE_DIFF('day', DATE '1970-01-01', origins.since) <= lots.day
    LEFT JOIN (SELECT DISTINCT country FROM origins) AS makers ON makers.country = lots.from_country
    WHERE lots.is_to_target = 1 AND lots.tier <> '' AND makers.country IS NULL
),
by_seller AS (
    SELECT
        seller_no,
        MIN(made_in)                   AS made_in,
        MIN(from_country)              AS country,
        COUNT(*)                       AS lots,
        CAST(SUM(CASE WHEN after_days >= 60 THEN 1 ELSE 0 END) AS BIGINT) AS late_lots,
        MAX(after_days)                AS after_days,
        MIN(day)                       AS first_day,
        MAX(day)                       AS last_day,
        LIST_SORT(LIST(row_id))        AS evidence
    FROM sent
    GROUP BY seller_no
)
SELECT
    'party'                                                      AS subject_kind,
    party_numbers.party_id                                       AS subject_id,
    CAST(10000 * late_lots // (late_lots + 2) AS INTEGER)        AS strength_bp,
    by_seller.evidence,
    by_seller.first_day,
    by_seller.last_day,
    by_seller.made_in,
    by_seller.country,
    by_seller.lots,
    by_seller.late_lots,
    by_seller.after_days
FROM by_seller
JOIN party_numbers ON party_numbers.party_no = by_seller.seller_no
WHERE by_seller.late_lots >= 3
