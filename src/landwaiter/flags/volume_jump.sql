-- A buyer with a year of history buys in a quarter for five times as much as in the whole year before.
-- id: volume_jump
-- title: A sudden jump of priority goods
-- typology: none
-- question: 7
-- kind: red flag
-- innocent: One large project, a new contract, or stock bought before a price rise.
-- misses: Growth that is spread over a year; firms without a year of history, see new_shell; a jump in one lot or two.
-- source: FinCEN FIN-2023-GLOBALEXPORT, flags 5 and 6: exponential growth of orders after February 2022; BIS guidance of 10 July 2024.
-- reason: From {begun_on} it bought priority goods for {now_dollars:dollar} within 90 days, in {lots:lot}, after {past_dollars:dollar} in the whole year before.
-- tested: One large project: then one order would make the jump; it stands in {lots:lot}, and fewer than three are taken as one order.
WITH days AS (
    SELECT buyer_no, day, CAST(SUM(cents) AS BIGINT) AS cents, COUNT(*) AS lots
    FROM lots
    WHERE tier <> '' AND cents > 0
    GROUP BY buyer_no, day
),
quarters AS (
    SELECT
        begun.buyer_no,
        begun.day                                                                          AS begun_day,
        CAST(SUM(CASE WHEN other.day >= begun.day THEN other.cents ELSE 0 END) AS BIGINT)  AS now_cents,
        CAST(SUM(CASE WHEN other.day < begun.day THEN other.cents ELSE 0 END) AS BIGINT)   AS past_cents,
        CAST(SUM(CASE WHEN other.day >= begun.day THEN other.lots ELSE 0 END) AS BIGINT)   AS lots,
        MIN(other.day)                                                                     AS earliest_day,
        MAX(other.day)                                                                     AS last_day,
        SUM(CASE WHEN other.day < begun.day THEN 1 ELSE 0 END)                             AS past_days
    FROM days AS begun
    JOIN days AS other
        ON other.buyer_no = begun.buyer_no AND other.day >= begun.day - 365 AND other.day < begun.day + 90
    -- From 24 February 2022 on.
    WHERE begun.day >= 19047
    GROUP BY begun.buyer_no, begun.day
),
jumps AS (
    SELECT quarters.*, ROW_NUMBER() OVER (PARTITION BY buyer_no ORDER BY now_cents DESC, begun_day) AS place
    FROM quarters
    WHERE past_cents > 0 AND past_days >= 4 AND lots >= 3 AND begun_day - earliest_day >= 270
        AND now_cents >= 5 * past_cents
)
SELECT
    'party'                                 AS subject_kind,
    party_numbers.party_id                  AS subject_id,
    CAST(3000 AS INTEGER)                   AS strength_bp,
    LIST_SORT(LIST(lots.row_id))            AS evidence_rows,
    jumps.earliest_day                      AS first_day,
    jumps.last_day,
    jumps.begun_day,
    jumps.now_cents // 100                  AS now_dollars,
    jumps.past_cents // 100                 AS past_dollars,
    jumps.lots
FROM jumps
JOIN party_numbers ON party_numbers.party_no = jumps.buyer_no
JOIN lots
    ON lots.buyer_no = jumps.buyer_no AND lots.day BETWEEN jumps.earliest_day AND jumps.last_day
WHERE jumps.place = 1 AND lots.tier <> ''
GROUP BY
    party_numbers.party_id, jumps.earliest_day, jumps.last_day, jumps.begun_day, jumps.now_cents, jumps.past_cents,
    jumps.lots
