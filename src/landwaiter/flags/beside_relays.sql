-- A seller of priority goods in a third country shares its buyer at a destination of concern with firms that relay such goods, and few others sell there.
-- id: beside_relays
-- title: Beside firms that relay
-- typology: T16
-- kind: red flag
-- innocent: The buyer is a large one with lawful suppliers too; then most of its priority goods come from others than those who relay.
-- misses: Sellers whose buyer uses several names, and those beside one relay alone or beside none that was found.
-- source: FinCEN and BIS joint alert FIN-2023-Alert004, several intermediaries of one end user; an inference from its neighbours, not from its own dealings.
-- reason: {lots:lot} of priority goods went to a buyer in {country} that got {relayed_pct} % of such lots of others from {relays} firms whose dealings look like a relay. This is inferred from those beside it.
-- tested: A large buyer with lawful suppliers: then most of its other lots would come from elsewhere; {relayed_pct} % came from firms that relay, and half is taken as too many.
WITH strong AS (
    SELECT party_no, MAX(strength_bp) AS strongest_bp
    FROM relay_strengths
    GROUP BY party_no
    HAVING MAX(strength_bp) >= 4500
),
sold AS (
    SELECT
        lots.seller_no,
        lots.buyer_no,
        lots.row_id,
        lots.day,
        lots.to_country,
        CASE WHEN strong.party_no IS NOT NULL THEN 1 ELSE 0 END AS is_relayed
    FROM lots
    LEFT JOIN strong ON strong.party_no = lots.seller_no
    LEFT JOIN (SELECT DISTINCT country FROM origins) AS makers ON makers.country = lots.from_country
    LEFT JOIN (SELECT DISTINCT country FROM targets) AS places ON places.country = lots.from_country
    WHERE lots.is_to_target = 1 AND lots.tier <> '' AND makers.country IS NULL AND places.country IS NULL
),
ways AS (
    SELECT
        seller_no,
        buyer_no,
        MIN(to_country)                     AS country,
        COUNT(*)                            AS lots,
        CAST(SUM(is_relayed) AS BIGINT)     AS relayed_lots,
        MAX(is_relayed)                     AS is_relay,
        MIN(day)                            AS first_day,
        MAX(day)                            AS last_day,
        LIST_SORT(LIST(row_id))             AS evidence
    FROM sold
    GROUP BY seller_no, buyer_no
),
buyers AS (
    SELECT
        buyer_no,
        CAST(SUM(lots) AS BIGINT)         AS lots,
        CAST(SUM(relayed_lots) AS BIGINT) AS relayed_lots,
        CAST(SUM(is_relay) AS BIGINT)     AS relays
    FROM ways
    GROUP BY buyer_no
),
beside AS (
    SELECT
        ways.*,
        buyers.lots - ways.lots                 AS other_lots,
        buyers.relayed_lots - ways.relayed_lots AS other_relayed_lots,
        buyers.relays - ways.is_relay           AS relays
    FROM ways
    JOIN buyers ON buyers.buyer_no = ways.buyer_no
),
placed AS (
    SELECT
        beside.*,
        ROW_NUMBER() OVER (
            PARTITION BY seller_no ORDER BY 10000 * other_relayed_lots // other_lots DESC, lots DESC, buyer_no
        ) AS place
    FROM beside
    WHERE relays >= 2 AND other_relayed_lots >= 3 AND lots >= 2 AND 2 * other_relayed_lots >= other_lots
)
SELECT
    'party'                                                                               AS subject_kind,
    party_numbers.party_id                                                                AS subject_id,
    CAST(10000 * placed.other_relayed_lots // placed.other_lots * placed.lots // (placed.lots + 1) AS INTEGER) AS strength_bp,
    placed.evidence,
    placed.first_day,
    placed.last_day,
    placed.country,
    placed.lots,
    placed.relays,
    CAST(100 * placed.other_relayed_lots // placed.other_lots AS INTEGER)                 AS relayed_pct
FROM placed
JOIN party_numbers ON party_numbers.party_no = placed.seller_no
WHERE placed.place = 1
