-- A seller whose buyer was listed soon sends the same goods on the same route to a new one.
-- id: substitute_buyer
-- title: A new buyer in place of one that was listed
-- typology: none
-- question: 7
-- kind: red flag
-- innocent: An honest competitor that took over the customers of a listed firm.
-- misses: Substitutes of another seller or another code; listings without a day.
-- source: FinCEN FIN-2023-Alert004: a new customer soon after another was listed; BIS guidance of 10 July 2024.
-- reason: Began to buy {code} from the same seller on {begun_on}, {gap_days:day} after {former_name} could have been listed on {listed_on}, which bought it before and no more.
-- tested: An honest competitor: then it would have bought these goods of that seller before; it began {gap_days:day} after the listing. Who owns it is asked by other red flags.
WITH priority_rows AS (
    SELECT DISTINCT row_id
    FROM controls
    WHERE control_list = 'chpl'
),
purchases AS (
    SELECT
        shipments.exporter_party,
        shipments.consignee_party,
        shipments.hs6,
        shipments.destination_country,
        MIN(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS first_day,
        MAX(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS last_day,
        COUNT(*)                                                        AS lots,
        LIST_SORT(LIST(DISTINCT shipments.row_id))                      AS evidence_rows
    FROM shipments
    JOIN priority_rows ON priority_rows.row_id = shipments.row_id
    GROUP BY shipments.exporter_party, shipments.consignee_party, shipments.hs6, shipments.destination_country
),
listed AS (
    SELECT
        matches.party_id,
        MIN(DATE_DIFF('day', DATE '1970-01-01', listings_matched.listed_on)) AS listed_day,
        MAX(matches.score)                                                   AS score
    FROM matches
    JOIN listings_matched ON listings_matched.listing_id = matches.listing_id
    WHERE matches.decision <> 'cleared' AND listings_matched.listed_on IS NOT NULL
    GROUP BY matches.party_id
),
substitutes AS (
    SELECT
        later.consignee_party                       AS party_id,
        former.consignee_party                      AS former_party,
        later.hs6                                   AS code,
        later.first_day,
        later.last_day,
        later.evidence_rows,
        former.evidence_rows                        AS evidence_former,
        listed.listed_day,
        listed.score,
        later.first_day - listed.listed_day         AS gap_days,
        ROW_NUMBER() OVER (
            PARTITION BY later.consignee_party
            ORDER BY
                later.first_day - listed.listed_day, former.consignee_party, former.exporter_party, former.hs6,
                former.destination_country, later.consignee_party, later.exporter_party, later.hs6,
                later.destination_country, listed.party_id, own_listing.party_id
        ) AS place
    FROM purchases AS former
    JOIN listed ON listed.party_id = former.consignee_party
    JOIN purchases AS later
        ON later.exporter_party = former.exporter_party
        AND later.hs6 = former.hs6
        AND later.destination_country = former.destination_country
        AND later.consignee_party <> former.consignee_party
    LEFT JOIN listed AS own_listing ON own_listing.party_id = later.consignee_party
    WHERE own_listing.party_id IS NULL
        AND former.lots >= 2
        AND later.lots >= 2
        AND former.first_day < listed.listed_day
        AND former.last_day <= listed.listed_day + 30
        AND later.first_day > listed.listed_day
        AND later.first_day <= listed.listed_day + 90
)
SELECT
    'party'                                                       AS subject_kind,
    substitutes.party_id                                          AS subject_id,
    CAST(FLOOR(5000 * substitutes.score) AS INTEGER)              AS strength_bp,
    substitutes.evidence_rows,
    substitutes.evidence_former,
    CAST(substitutes.first_day AS INTEGER)                        AS first_day,
    CAST(substitutes.last_day AS INTEGER)                         AS last_day,
    CAST(substitutes.first_day AS INTEGER)                        AS begun_day,
    CAST(substitutes.listed_day AS INTEGER)                       AS listed_day,
    CAST(substitutes.gap_days AS INTEGER)                         AS gap_days,
    substitutes.code,
    parties.name                                                  AS former_name
FROM substitutes
JOIN parties ON parties.party_id = substitutes.former_party
WHERE substitutes.place = 1
