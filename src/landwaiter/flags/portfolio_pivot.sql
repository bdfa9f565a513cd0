-- A firm that dealt in other goods takes on goods under controls and passes them to a destination of concern.
-- id: portfolio_pivot
-- title: Sudden change of goods
-- typology: T09
-- question: 7
-- kind: red flag
-- innocent: Diversification, a new owner with another trade, or a large order for one customer.
-- misses: Firms without an earlier trade in the books, see new_shell; changes within electronics.
-- source: Bion Group of Turkey, a textile trader that turned to electronics, US Entity List of February 2024 (89 FR 14388).
-- reason: After {other_lots:lot} of other goods it began to buy priority goods on {begun_on}; {lots:lot}, {share_pct} % of their value, went on to {country}.
-- tested: Diversification: then the new goods would stay or go to many countries; {share_pct} % of the value went to destinations of concern, and under 15 % is taken as a small part. A new owner, or one large customer, was not looked for.
WITH purchases AS (
    SELECT
        buyer_no,
        MIN(day)                                                              AS first_bought_day,
        MIN(CASE WHEN tier <> '' THEN day END)                                AS begun_day
    FROM lots
    GROUP BY buyer_no
),
earlier AS (
    SELECT purchases.buyer_no, purchases.begun_day, COUNT(*) AS other_lots
    FROM purchases
    JOIN lots ON lots.buyer_no = purchases.buyer_no
    WHERE lots.day < purchases.begun_day AND purchases.begun_day >= purchases.first_bought_day + 180
    GROUP BY purchases.buyer_no, purchases.begun_day
),
passed_on AS (
    SELECT
        arrivals.buyer_no,
        relays.party_id,
        MIN(relays.to_country)                   AS to_country,
        CAST(SUM(CAST(FLOOR(
            CAST(relays.in_cents AS DOUBLE) * CAST(relays.quantity AS DOUBLE) / CAST(relays.in_quantity AS DOUBLE)
        ) AS BIGINT)) AS BIGINT)                 AS cents,
        COUNT(DISTINCT relays.out_row)           AS lots,
        MIN(relays.in_day)                       AS first_day,
        MAX(relays.out_day)                      AS last_day,
        LIST_SORT(LIST(DISTINCT relays.in_row))  AS evidence_in,
        LIST_SORT(LIST(DISTINCT relays.out_row)) AS evidence_out
    FROM relays
    JOIN lots AS arrivals ON arrivals.row_no = relays.in_no
    WHERE relays.in_tainted > 0 AND relays.is_to_target = 1
    GROUP BY arrivals.buyer_no, relays.party_id
)
SELECT
    'party'                                                   AS subject_kind,
    passed_on.party_id                                        AS subject_id,
    CAST(10000 - 20000 // (passed_on.lots + 1) AS INTEGER)    AS strength_bp,
    passed_on.evidence_in,
    passed_on.evidence_out,
    passed_on.first_day,
    passed_on.last_day,
    earlier.begun_day,
    earlier.other_lots,
    passed_on.lots,
    CAST(LEAST(100, 100 * passed_on.cents // party_spans.priority_in_cents) AS INTEGER) AS share_pct,
    passed_on.to_country                                      AS country
FROM earlier
JOIN passed_on   ON passed_on.buyer_no = earlier.buyer_no
JOIN party_spans ON party_spans.party_id = passed_on.party_id
-- From 24 February 2022 on.
WHERE earlier.begun_day >= 19047 AND earlier.other_lots >= 4 AND passed_on.lots >= 2
    AND party_spans.priority_in_cents > 0 AND 100 * passed_on.cents >= 15 * party_spans.priority_in_cents
