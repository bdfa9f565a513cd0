-- Per party and code of goods that it sends towards a destination of concern: what arrived, what went on, and what else it sent.
-- A lot counts with the part of it that reaches. `linked` is what the ledger took from arrivals of controlled origin, and
-- `reaching` all that the party sent that way, so that what is beyond came from elsewhere. An arrival belongs to the code
-- under which it left, else to its own. Origins are those that the papers of the departures name.
WITH makers AS (
    SELECT DISTINCT country
    FROM origins
),
went_on AS (
    SELECT
        all_links.in_no,
        all_links.out_no,
        arrivals.buyer_no   AS party_no,
        departures.code_no,
        departures.unit_no,
        arrivals.day        AS in_day,
        departures.day      AS out_day,
        CAST(FLOOR(
            CAST(all_links.quantity AS DOUBLE)
            * CAST(LEAST(tainted.amount, arrivals.quantity) AS DOUBLE) / CAST(arrivals.quantity AS DOUBLE)
            * CAST(LEAST(reaching.amount, departures.quantity) AS DOUBLE) / CAST(departures.quantity AS DOUBLE)
        ) AS BIGINT)        AS quantity
    FROM all_links
    JOIN lots AS arrivals   ON arrivals.row_no = all_links.in_no
    JOIN lots AS departures ON departures.row_no = all_links.out_no
    JOIN tainted            ON tainted.row_no = all_links.in_no AND tainted.amount > 0
    JOIN reaching           ON reaching.row_no = all_links.out_no AND reaching.amount > 0
),
linked AS (
    SELECT
        party_no,
        code_no,
        unit_no,
        CAST(SUM(quantity) AS BIGINT)  AS linked,
        COUNT(DISTINCT out_no)         AS lots,
        MIN(in_day)                    AS first_day,
        MAX(out_day)                   AS last_day
    FROM went_on
    WHERE quantity > 0
    GROUP BY party_no, code_no, unit_no
),
left_as AS (
    SELECT in_no, MIN(code_no) AS code_no
    FROM went_on
    GROUP BY in_no
),
came AS (
    SELECT
        lots.buyer_no                           AS party_no,
        COALESCE(left_as.code_no, lots.code_no) AS code_no,
        lots.unit_no,
        CAST(SUM(lots.quantity) AS BIGINT)      AS came
    FROM lots
    JOIN (SELECT DISTINCT party_no FROM linked) AS relaying ON relaying.party_no = lots.buyer_no
    LEFT JOIN left_as ON left_as.in_no = lots.row_no
    WHERE lots.tier <> ''
    GROUP BY lots.buyer_no, COALESCE(left_as.code_no, lots.code_no), lots.unit_no
),
gone AS (
    SELECT
        linked.party_no,
        linked.code_no,
        linked.unit_no,
        CAST(SUM(LEAST(COALESCE(reaching.amount, 0), lots.quantity)) AS BIGINT)        AS reaching,
        CAST(SUM(CASE WHEN reaching.amount > 0 THEN 1 ELSE 0 END) AS BIGINT)           AS lots,
        CAST(SUM(CASE
            WHEN reaching.amount > 0 AND origin_numbers.origin_country <> lots.from_country AND makers.country IS NULL THEN 1
            ELSE 0
        END) AS BIGINT)                                                                AS made_elsewhere,
        CAST(SUM(CASE WHEN lots.day < linked.first_day AND places.country IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS earlier_lots
    FROM linked
    JOIN lots
        ON lots.seller_no = linked.party_no AND lots.code_no = linked.code_no AND lots.unit_no = linked.unit_no
    LEFT JOIN reaching       ON reaching.row_no = lots.row_no
    LEFT JOIN origin_numbers ON origin_numbers.origin_no = lots.origin_no
    LEFT JOIN makers         ON makers.country = origin_numbers.origin_country
    LEFT JOIN (SELECT DISTINCT country FROM targets) AS places ON places.country = lots.to_country
    GROUP BY linked.party_no, linked.code_no, linked.unit_no
)
SELECT
    party_numbers.party_id,
    linked.party_no,
    linked.code_no,
    linked.unit_no,
    linked.linked,
    linked.lots,
    linked.first_day,
    linked.last_day,
    GREATEST(COALESCE(came.came, 0), linked.linked) AS came,
    GREATEST(gone.reaching, linked.linked)          AS reaching,
    GREATEST(gone.lots, linked.lots)                AS sent_lots,
    gone.made_elsewhere,
    gone.earlier_lots
FROM linked
JOIN party_numbers ON party_numbers.party_no = linked.party_no
JOIN gone
    ON gone.party_no = linked.party_no AND gone.code_no = linked.code_no AND gone.unit_no = linked.unit_no
LEFT JOIN came
    ON came.party_no = linked.party_no AND came.code_no = linked.code_no AND came.unit_no = linked.unit_no
