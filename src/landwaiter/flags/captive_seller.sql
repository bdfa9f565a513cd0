-- A seller of goods under controls lives from one buyer, who passes the goods on to a destination of concern.
-- id: captive_seller
-- title: Captive seller
-- typology: T17
-- question: 19
-- kind: red flag
-- innocent: A sole agent, or a firm that supplies its own group, whose buyer acts without its knowledge.
-- misses: Sellers with other honest trade; buyers that use several names.
-- source: Typology catalogue of this program; compare Asia Pacific Links of Hong Kong, US Entity List of 27 September 2023 (88 FR 66273).
-- reason: {share_pct} % of the value of the priority goods that it sold went to one buyer, who sent {lots:lot} on to {country}.
-- tested: A sole agent: then the buyer would keep the goods or sell them at home; {lots:lot} went on to {country}. Whether the seller knew was not asked.
WITH sales AS (
    SELECT seller_no, buyer_no, CAST(SUM(cents) AS BIGINT) AS cents, COUNT(*) AS lots
    FROM lots
    WHERE tier <> '' AND is_controlled_origin = 1
    GROUP BY seller_no, buyer_no
),
sellers AS (
    SELECT seller_no, CAST(SUM(cents) AS BIGINT) AS cents
    FROM sales
    GROUP BY seller_no
),
passed_on AS (
    SELECT
        relays.supplier_no,
        arrivals.buyer_no,
        MIN(relays.to_country)                   AS to_country,
        COUNT(DISTINCT relays.out_row)           AS lots,
        COUNT(DISTINCT relays.in_row)            AS lots_in,
        MIN(relays.in_day)                       AS first_day,
        MAX(relays.out_day)                      AS last_day,
        LIST_SORT(LIST(DISTINCT relays.in_row))  AS evidence_in,
        LIST_SORT(LIST(DISTINCT relays.out_row)) AS evidence_out
    FROM relays
    JOIN lots AS arrivals ON arrivals.row_no = relays.in_no
    WHERE relays.in_tainted > 0 AND relays.is_to_target = 1
    GROUP BY relays.supplier_no, arrivals.buyer_no
)
SELECT
    'party'                                                    AS subject_kind,
    party_numbers.party_id                                     AS subject_id,
    CAST(10000 * sales.cents // sellers.cents AS INTEGER)      AS strength_bp,
    passed_on.evidence_in,
    passed_on.evidence_out,
    passed_on.first_day,
    passed_on.last_day,
    passed_on.lots,
    passed_on.to_country                                       AS country,
    100 * sales.cents // sellers.cents                         AS share_pct
FROM sales
JOIN sellers       ON sellers.seller_no = sales.seller_no
JOIN passed_on     ON passed_on.supplier_no = sales.seller_no AND passed_on.buyer_no = sales.buyer_no
JOIN party_numbers ON party_numbers.party_no = sales.seller_no
WHERE sellers.cents > 0 AND sales.lots >= 4 AND 100 * sales.cents >= 70 * sellers.cents
    AND 2 * passed_on.lots_in >= sales.lots
