-- Priority goods are exported to a country by way of a destination of concern, and that country's own books never see them arrive.
-- id: phantom_transit
-- title: Transit that never arrives
-- typology: T07
-- question: 14
-- kind: red flag
-- innocent: Late recording, a bonded warehouse from which another firm imports, values with and without freight, or books that miss much of what is sent there.
-- misses: Destinations whose books were not given, and goods that another firm imports there in the same amount from elsewhere.
-- source: European Commission guidance on enhanced due diligence of 7 September 2023, transit through Russia.
-- reason: Of {lots:lot} sent to {country} on a way through {through}, {missing} never appear in its import books.
-- tested: Late recording: its books run 120 days beyond each of these lots. Bonded stock: imports of these goods there that no export explains hold {spare_pct} % of what is missing. Freight and value: neither was asked of an import. Poor books: they show {kept_pct} % of the other lots from the same country.
WITH import_books AS (
    SELECT to_country, MIN(first_import_day) AS first_import_day, MAX(last_import_day) AS last_import_day
    FROM books
    WHERE has_imports = 1
    GROUP BY to_country
),
sent AS (
    SELECT lots.*
    FROM lots
    JOIN import_books ON import_books.to_country = lots.to_country
    WHERE lots.is_sent_seen = 1
        AND lots.from_country <> lots.to_country
        AND lots.day >= import_books.first_import_day
        AND lots.day + 120 <= import_books.last_import_day
),
imported_alone AS (
    SELECT row_no, buyer_no, code_no, family_no, unit_no, from_country, to_country, day, quantity
    FROM lots
    WHERE is_sent_seen = 0 AND is_received_seen = 1
),
-- An import of the same firm and family of goods of about that size, at any value, is that lot, recorded otherwise or late.
found_otherwise AS (
    SELECT DISTINCT sent.row_no
    FROM sent
    JOIN imported_alone
        ON imported_alone.buyer_no = sent.buyer_no
        AND imported_alone.family_no = sent.family_no
        AND imported_alone.to_country = sent.to_country
    WHERE sent.is_received_seen = 0
        AND imported_alone.day BETWEEN sent.day - 5 AND sent.day + 120
        AND (
            imported_alone.unit_no <> sent.unit_no
            OR (imported_alone.quantity * 2 >= sent.quantity AND imported_alone.quantity <= sent.quantity * 2)
        )
),
by_arrival AS (
    SELECT
        sent.*,
        CASE WHEN sent.is_received_seen = 1 OR found_otherwise.row_no IS NOT NULL THEN 1 ELSE 0 END AS has_arrived
    FROM sent
    LEFT JOIN found_otherwise ON found_otherwise.row_no = sent.row_no
),
through_concern AS (
    SELECT by_arrival.row_no, MIN(ways.through_country) AS through
    FROM by_arrival
    JOIN ways    ON ways.row_no = by_arrival.row_no
    JOIN targets
        ON targets.country = ways.through_country
        AND DATE_DIFF('day', DATE '1970-01-01', targets.since) <= by_arrival.day
    WHERE by_arrival.tier <> '' AND by_arrival.is_to_target + by_arrival.is_licensed = 0 AND by_arrival.is_controlled_origin = 1
    GROUP BY by_arrival.row_no
),
by_buyer AS (
    SELECT
        by_arrival.buyer_no,
        by_arrival.from_country,
        by_arrival.to_country,
        MIN(through_concern.through)                                                       AS through,
        COUNT(*)                                                                           AS lots,
        CAST(SUM(1 - by_arrival.has_arrived) AS BIGINT)                                    AS missing,
        MIN(CASE WHEN by_arrival.has_arrived = 0 THEN by_arrival.day END)                  AS first_day,
        MAX(CASE WHEN by_arrival.has_arrived = 0 THEN by_arrival.day END)                  AS last_day
    FROM by_arrival
    JOIN through_concern ON through_concern.row_no = by_arrival.row_no
    GROUP BY by_arrival.buyer_no, by_arrival.from_country, by_arrival.to_country
),
others AS (
    SELECT
        by_buyer.buyer_no,
        by_buyer.from_country,
        by_buyer.to_country,
        COUNT(*)                                  AS lots,
        CAST(SUM(by_arrival.has_arrived) AS BIGINT) AS arrived
    FROM by_buyer
    JOIN by_arrival
        ON by_arrival.from_country = by_buyer.from_country
        AND by_arrival.to_country = by_buyer.to_country
        AND by_arrival.buyer_no <> by_buyer.buyer_no
    GROUP BY by_buyer.buyer_no, by_buyer.from_country, by_buyer.to_country
),
missing_goods AS (
    SELECT
        by_arrival.buyer_no, by_arrival.from_country, by_arrival.to_country, by_arrival.code_no, by_arrival.unit_no,
        CAST(SUM(by_arrival.quantity) AS BIGINT)      AS quantity,
        MIN(by_arrival.day)                           AS first_day
    FROM by_arrival
    JOIN through_concern ON through_concern.row_no = by_arrival.row_no
    WHERE by_arrival.has_arrived = 0
    GROUP BY by_arrival.buyer_no, by_arrival.from_country, by_arrival.to_country, by_arrival.code_no, by_arrival.unit_no
),
spare_goods AS (
    SELECT
        missing_goods.buyer_no, missing_goods.from_country, missing_goods.to_country, missing_goods.code_no,
        missing_goods.unit_no,
        CAST(SUM(imported_alone.quantity) AS BIGINT) AS quantity
    FROM missing_goods
    JOIN imported_alone
        ON imported_alone.code_no = missing_goods.code_no
        AND imported_alone.unit_no = missing_goods.unit_no
        AND imported_alone.from_country = missing_goods.from_country
        AND imported_alone.to_country = missing_goods.to_country
    WHERE imported_alone.day >= missing_goods.first_day
    GROUP BY
        missing_goods.buyer_no, missing_goods.from_country, missing_goods.to_country, missing_goods.code_no,
        missing_goods.unit_no
),
by_goods AS (
    SELECT
        missing_goods.buyer_no,
        missing_goods.from_country,
        missing_goods.to_country,
        MIN(CAST(LEAST(100, 100 * COALESCE(spare_goods.quantity, 0) // missing_goods.quantity) AS INTEGER)) AS spare_pct
    FROM missing_goods
    LEFT JOIN spare_goods
        ON spare_goods.buyer_no = missing_goods.buyer_no
        AND spare_goods.from_country = missing_goods.from_country
        AND spare_goods.to_country = missing_goods.to_country
        AND spare_goods.code_no = missing_goods.code_no
        AND spare_goods.unit_no = missing_goods.unit_no
    GROUP BY missing_goods.buyer_no, missing_goods.from_country, missing_goods.to_country
),
missing_rows AS (
    SELECT
        by_arrival.buyer_no, by_arrival.from_country, by_arrival.to_country,
        LIST_SORT(LIST(DISTINCT by_arrival.row_id)) AS evidence
    FROM by_arrival
    JOIN through_concern ON through_concern.row_no = by_arrival.row_no
    WHERE by_arrival.has_arrived = 0
    GROUP BY by_arrival.buyer_no, by_arrival.from_country, by_arrival.to_country
)
SELECT
    'party'                                                                  AS subject_kind,
    party_numbers.party_id                                                   AS subject_id,
    CAST(10000 * by_buyer.missing // (by_buyer.lots + 1) AS INTEGER)         AS strength_bp,
    missing_rows.evidence,
    by_buyer.first_day,
    by_buyer.last_day,
    by_buyer.lots,
    by_buyer.missing,
    by_goods.spare_pct,
    CAST(100 * others.arrived // others.lots AS INTEGER)                     AS kept_pct,
    by_buyer.through,
    by_buyer.to_country                                                      AS country
FROM by_buyer
JOIN others
    ON others.buyer_no = by_buyer.buyer_no
    AND others.from_country = by_buyer.from_country
    AND others.to_country = by_buyer.to_country
JOIN by_goods
    ON by_goods.buyer_no = by_buyer.buyer_no
    AND by_goods.from_country = by_buyer.from_country
    AND by_goods.to_country = by_buyer.to_country
JOIN missing_rows
    ON missing_rows.buyer_no = by_buyer.buyer_no
    AND missing_rows.from_country = by_buyer.from_country
    AND missing_rows.to_country = by_buyer.to_country
JOIN party_numbers ON party_numbers.party_no = by_buyer.buyer_no
WHERE by_buyer.missing >= 2
    AND 10 * by_buyer.missing >= 4 * by_buyer.lots
    AND others.lots >= 5
    AND 10 * others.arrived >= 7 * others.lots
    AND by_goods.spare_pct < 50
