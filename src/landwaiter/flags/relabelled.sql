-- Priority goods come in and goods of the same weight leave under a code that is less watched, or not at all.
-- id: relabelled
-- title: Relabelled to another customs code
-- typology: T08
-- question: 19
-- kind: red flag
-- innocent: Assembly or another true transformation; then the weight of a piece changes too.
-- misses: Lots without a net mass, lots split on the way, and goods whose declared weight was changed with the code.
-- source: EU guidance on enhanced due diligence of 7 September 2023, misdeclared codes.
-- reason: {lots:lot} came in as {in_code} and left for {country} as {out_code}, which is not on the priority list or in a lower tier, with the same weight per piece.
-- tested: Assembly or another transformation: then the weight of a piece would change; in {lots:lot} count and weight stayed the same, the weight within a fiftieth.
WITH arrivals AS (
    SELECT
        lots.buyer_no AS party_no, lots.family_no, lots.unit_no, lots.quantity, lots.hs6, lots.tier, lots.row_id, lots.day,
        lots.mass_g
    FROM lots
    JOIN tainted ON tainted.row_no = lots.row_no
    WHERE tainted.amount > 0 AND lots.tier <> '' AND lots.is_to_target = 0 AND lots.mass_g > 0 AND lots.quantity >= 10000
),
-- The same count and, within a fiftieth, the same weight, under another code of the family, within 90 days.
changed AS (
    SELECT
        party_numbers.party_id,
        departures.to_country,
        arrivals.hs6      AS in_hs6,
        departures.hs6    AS out_hs6,
        arrivals.row_id   AS in_row,
        departures.row_id AS out_row,
        arrivals.day      AS in_day,
        departures.day    AS out_day
    FROM arrivals
    JOIN lots AS departures
        ON departures.seller_no = arrivals.party_no
        AND departures.family_no = arrivals.family_no
        AND departures.unit_no = arrivals.unit_no
        AND departures.quantity = arrivals.quantity
    JOIN party_numbers ON party_numbers.party_no = arrivals.party_no
    WHERE departures.is_to_target = 1
        AND departures.hs6 <> arrivals.hs6
        AND departures.tier <> arrivals.tier
        AND (departures.tier = '' OR departures.tier > arrivals.tier)
        AND departures.day BETWEEN arrivals.day AND arrivals.day + 90
        AND ABS(departures.mass_g - arrivals.mass_g) * 50 <= arrivals.mass_g
)
SELECT
    'party'                                          AS subject_kind,
    party_id                                         AS subject_id,
    CAST(10000 - 6000 // COUNT(DISTINCT out_row) AS INTEGER) AS strength_bp,
    LIST_SORT(LIST(DISTINCT in_row))                 AS evidence_in,
    LIST_SORT(LIST(DISTINCT out_row))                AS evidence_out,
    MIN(in_day)                                      AS first_day,
    MAX(out_day)                                     AS last_day,
    COUNT(DISTINCT out_row)                          AS lots,
    MIN(in_hs6)                                      AS in_code,
    MIN(out_hs6)                                     AS out_code,
    to_country                                       AS country
FROM changed
GROUP BY party_id, to_country
