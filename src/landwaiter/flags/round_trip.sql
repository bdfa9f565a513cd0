-- Goods of controlled origin come back to the country that they left, at a higher price and to another firm, directly or over a second firm.
-- id: round_trip
-- title: Round trip
-- typology: T10
-- question: 14
-- kind: red flag
-- innocent: Repairs, returns and exhibitions; those go back to the firm that sent them, or at no higher price.
-- misses: Round trips of which one leg stands in no book, and goods that come back under another code.
-- source: FATF and Egmont Group, Trade-Based Money Laundering, December 2020, circular trade.
-- reason: {lots:lot} of goods from {country} went back there, to another firm than had sent them, at {price_pct} % of the price at which they came.
-- tested: Repair, return or exhibition: then they would go back to who sent them, or at no more than 125 % of the price; they went to another firm at {price_pct} %.
WITH ways AS (
    SELECT
        party_id, supplier_no, customer_no, from_country, to_country, in_row, out_row, out_row AS turn_row, in_day, out_day,
        in_cents, in_quantity, out_no, quantity
    FROM relays
    WHERE in_tainted > 0
    UNION ALL
    SELECT
        first_hops.party_id,
        first_hops.supplier_no,
        second_hops.customer_no,
        first_hops.from_country,
        second_hops.to_country,
        first_hops.in_row,
        second_hops.out_row,
        first_hops.out_row AS turn_row,
        first_hops.in_day,
        second_hops.out_day,
        first_hops.in_cents,
        first_hops.in_quantity,
        second_hops.out_no,
        LEAST(first_hops.quantity, second_hops.quantity) AS quantity
    FROM relays AS first_hops
    JOIN relays AS second_hops ON second_hops.in_no = first_hops.out_no
    WHERE first_hops.in_tainted > 0 AND first_hops.to_country <> first_hops.from_country
),
trips AS (
    SELECT
        ways.*,
        CAST(FLOOR(
            100 * CAST(lots.cents AS DOUBLE) * CAST(ways.in_quantity AS DOUBLE)
            / (CAST(lots.quantity AS DOUBLE) * CAST(ways.in_cents AS DOUBLE))
        ) AS BIGINT) AS price_pct
    FROM ways
    JOIN lots ON lots.row_no = ways.out_no
    WHERE ways.to_country = ways.from_country
        AND ways.customer_no <> ways.supplier_no
        AND ways.in_cents > 0
        AND lots.cents > 0
        AND 2 * ways.quantity >= ways.in_quantity
        AND ways.out_day - ways.in_day <= 180
)
SELECT
    'party'                                      AS subject_kind,
    party_id                                     AS subject_id,
    CAST(10000 - 8000 // (COUNT(DISTINCT out_row) + 1) AS INTEGER) AS strength_bp,
    LIST_SORT(LIST(DISTINCT in_row))             AS evidence_in,
    LIST_SORT(LIST(DISTINCT turn_row))           AS evidence_turn,
    LIST_SORT(LIST(DISTINCT out_row))            AS evidence_out,
    MIN(in_day)                                  AS first_day,
    MAX(out_day)                                 AS last_day,
    COUNT(DISTINCT out_row)                      AS lots,
    MIN(price_pct)                               AS price_pct,
    from_country                                 AS country
FROM trips
WHERE price_pct > 125
GROUP BY party_id, from_country
HAVING COUNT(DISTINCT out_row) >= 2
