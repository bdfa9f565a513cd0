-- Goods that came from a controlled origin leave for a destination of concern as made in a country without controls, of whose goods the firm had too few.
-- id: masked_origin
-- title: Origin masked on the way
-- typology: T11
-- question: 14
-- kind: red flag
-- innocent: The ordinary trade of an entrepot: most of what leaves Hong Kong was made elsewhere and says so, and stock of both origins is mixed.
-- misses: Goods declared as made in the entrepot itself, which is often mere habit; firms that buy enough of the other origin to cover it; an origin that no paper states.
-- source: BIS, FinCEN and partners, guidance on Common High Priority Items of 19 October 2023; typology T11 of this program.
-- reason: {lots:lot} left {hub} for {country} as made in {declared}, though what it had came from {origin}; it had bought {covered_pct} % of what it declared so.
-- tested: A dealer in goods of two origins: then it would have bought as much of that code from {declared}; it had bought {covered_pct} % of it, and half is taken as enough.
WITH visible AS (
    -- Whether purchases from elsewhere would be seen at all: the hub's own import books are there, or the maker's exports.
    SELECT to_country AS hub_country, '' AS declared
    FROM books
    WHERE has_imports = 1
    GROUP BY to_country
    UNION
    SELECT to_country AS hub_country, from_country AS declared
    FROM books
    WHERE has_exports = 1
),
masked AS (
    SELECT
        relays.party_id,
        departures.seller_no,
        departures.code_no,
        departures.unit_no,
        departures.origin_no,
        origin_numbers.origin_country          AS declared,
        relays.hub_country,
        relays.to_country,
        MIN(relays.from_country)               AS origin,
        COUNT(DISTINCT relays.out_row)         AS lots,
        MIN(relays.in_day)                     AS first_day,
        MAX(relays.out_day)                    AS last_day,
        LIST_SORT(LIST(DISTINCT relays.in_row))  AS evidence_in,
        LIST_SORT(LIST(DISTINCT relays.out_row)) AS evidence_out
    FROM relays
    JOIN lots AS departures ON departures.row_no = relays.out_no
    JOIN lots AS arrivals   ON arrivals.row_no = relays.in_no
    JOIN origin_numbers     ON origin_numbers.origin_no = departures.origin_no
    LEFT JOIN origins       ON origins.country = origin_numbers.origin_country
    WHERE relays.in_tainted > 0 AND relays.is_to_target = 1 AND arrivals.code_no = departures.code_no
        AND arrivals.origin_no <> departures.origin_no
        AND origins.country IS NULL
        AND origin_numbers.origin_country <> relays.hub_country
        AND relays.from_country <> origin_numbers.origin_country
        AND relays.out_day >= DATE_DIFF('day', DATE '1970-01-01', DATE '2022-02-24')
    GROUP BY
        relays.party_id, departures.seller_no, departures.code_no, departures.unit_no, departures.origin_no,
        origin_numbers.origin_country, relays.hub_country, relays.to_country
),
declared_so AS (
    SELECT masked.seller_no, masked.code_no, masked.unit_no, masked.origin_no, CAST(SUM(lots.quantity) AS BIGINT) AS quantity
    FROM (SELECT DISTINCT seller_no, code_no, unit_no, origin_no FROM masked) AS masked
    JOIN lots
        ON lots.seller_no = masked.seller_no AND lots.code_no = masked.code_no AND lots.unit_no = masked.unit_no
        AND lots.origin_no = masked.origin_no
    GROUP BY masked.seller_no, masked.code_no, masked.unit_no, masked.origin_no
),
-- What was or may have been made there: so declared, or without an origin and not from a country with controls.
bought AS (
    SELECT masked.seller_no, masked.code_no, masked.unit_no, masked.origin_no, CAST(SUM(lots.quantity) AS BIGINT) AS quantity
    FROM (SELECT DISTINCT seller_no, code_no, unit_no, origin_no FROM masked) AS masked
    JOIN lots
        ON lots.buyer_no = masked.seller_no AND lots.code_no = masked.code_no AND lots.unit_no = masked.unit_no
    LEFT JOIN origins ON origins.country = lots.from_country
    WHERE lots.origin_no = masked.origin_no OR (lots.origin_no = 0 AND origins.country IS NULL)
    GROUP BY masked.seller_no, masked.code_no, masked.unit_no, masked.origin_no
),
weighed AS (
    SELECT
        masked.*,
        CAST(LEAST(100, 100 * COALESCE(bought.quantity, 0) // declared_so.quantity) AS INTEGER) AS covered_pct
    FROM masked
    JOIN declared_so
        ON declared_so.seller_no = masked.seller_no AND declared_so.code_no = masked.code_no
        AND declared_so.unit_no = masked.unit_no AND declared_so.origin_no = masked.origin_no
    LEFT JOIN bought
        ON bought.seller_no = masked.seller_no AND bought.code_no = masked.code_no
        AND bought.unit_no = masked.unit_no AND bought.origin_no = masked.origin_no
    JOIN (SELECT DISTINCT hub_country, declared FROM visible) AS seen
        ON seen.hub_country = masked.hub_country AND (seen.declared = '' OR seen.declared = masked.declared)
    WHERE masked.lots >= 2
)
SELECT DISTINCT
    'party'                                                     AS subject_kind,
    party_id                                                    AS subject_id,
    CAST((100 - covered_pct) * 100 * lots // (lots + 1) AS INTEGER) AS strength_bp,
    evidence_in,
    evidence_out,
    first_day,
    last_day,
    lots,
    origin,
    declared,
    covered_pct,
    hub_country                                                 AS hub,
    to_country                                                  AS country
FROM weighed
WHERE covered_pct < 50
