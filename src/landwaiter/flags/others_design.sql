-- A customer new to a maker orders there the very part that nobody but a listed party had ordered.
-- id: others_design
-- title: The design of a listed party, ordered by another
-- typology: T20
-- question: 7
-- kind: red flag
-- innocent: A real start-up whose part bears a number like it, or a part of the catalogue that anybody can order.
-- misses: Designs that got a new number; papers without part numbers; listings without a day.
-- source: BIS rule of 16 January 2025 on foundries and assembly houses (90 FR 5298): orders of new customers for parts of listed designers.
-- reason: Ordered {part}, which {former_name} had ordered from the same maker in {former_lots:lot} until {ended_on}; that one could have been listed on {listed_on}; {onward_lots:lot} of it went on to a destination of concern.
-- tested: A part of the catalogue: then others would order it; in these books {customers:customer} did, this one and the listed one among them.
WITH orders AS (
    SELECT
        shipments.part_number,
        shipments.exporter_party,
        shipments.consignee_party,
        CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS first_day,
        CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS last_day,
        COUNT(DISTINCT shipments.row_id)                                                  AS lots,
        LIST_SORT(LIST(DISTINCT shipments.row_id))                                        AS evidence_rows
    FROM shipments
    JOIN controls ON controls.row_id = shipments.row_id
    WHERE controls.control_list = 'chpl' AND shipments.part_number IS NOT NULL
        AND shipments.exporter_party IS NOT NULL AND shipments.consignee_party IS NOT NULL
    GROUP BY shipments.part_number, shipments.exporter_party, shipments.consignee_party
),
customers AS (
    SELECT part_number, exporter_party, COUNT(*) AS customers
    FROM orders
    GROUP BY part_number, exporter_party
),
listed AS (
    SELECT
        matches.party_id,
        CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', listings_matched.listed_on)) AS INTEGER) AS listed_day,
        MAX(matches.score)                                                                    AS score
    FROM matches
    JOIN listings_matched ON listings_matched.listing_id = matches.listing_id
    WHERE matches.decision <> 'cleared' AND listings_matched.listed_on IS NOT NULL
    GROUP BY matches.party_id
),
first_purchases AS (
    SELECT exporter_party, consignee_party, MIN(DATE_DIFF('day', DATE '1970-01-01', declared_on)) AS first_day
    FROM shipments
    GROUP BY exporter_party, consignee_party
),
sent_on AS (
    SELECT shipments.part_number, shipments.exporter_party, shipments.consignee_party, COUNT(DISTINCT relays.out_row) AS lots
    FROM relays
    JOIN shipments ON shipments.row_id = relays.in_row
    WHERE shipments.part_number IS NOT NULL AND relays.is_to_target = 1
    GROUP BY shipments.part_number, shipments.exporter_party, shipments.consignee_party
),
takeovers AS (
    SELECT
        later.consignee_party           AS party_id,
        former.consignee_party          AS former_party,
        later.part_number               AS part,
        later.exporter_party,
        later.first_day,
        later.last_day,
        later.evidence_rows,
        former.evidence_rows            AS evidence_former,
        former.lots                     AS former_lots,
        former.last_day                 AS ended_day,
        listed.listed_day,
        listed.score,
        customers.customers,
        ROW_NUMBER() OVER (
            PARTITION BY later.consignee_party
            ORDER BY
                later.first_day - former.last_day, former.consignee_party, former.exporter_party, former.part_number,
                later.consignee_party, later.exporter_party, later.part_number, listed.party_id,
                customers.exporter_party, customers.part_number, first_purchases.exporter_party,
                first_purchases.consignee_party, own_listing.party_id
        ) AS place
    FROM orders AS former
    JOIN listed    ON listed.party_id = former.consignee_party
    JOIN customers ON customers.part_number = former.part_number AND customers.exporter_party = former.exporter_party
    JOIN orders AS later
        ON later.part_number = former.part_number
        AND later.exporter_party = former.exporter_party
        AND later.consignee_party <> former.consignee_party
    JOIN first_purchases
        ON first_purchases.exporter_party = later.exporter_party
        AND first_purchases.consignee_party = later.consignee_party
    LEFT JOIN listed AS own_listing ON own_listing.party_id = later.consignee_party
    WHERE own_listing.party_id IS NULL
        AND customers.customers <= 3
        AND former.lots >= 2
        AND later.lots >= 2
        AND former.first_day < listed.listed_day
        AND former.last_day <= listed.listed_day + 30
        AND later.first_day > former.last_day
        AND first_purchases.first_day >= former.last_day
)
SELECT
    'party'                                                          AS subject_kind,
    takeovers.party_id                                               AS subject_id,
    CAST(FLOOR(
        CASE WHEN sent_on.lots IS NULL THEN 5000 ELSE 9000 END * takeovers.score
    ) AS INTEGER)                                                    AS strength_bp,
    takeovers.evidence_rows,
    takeovers.evidence_former,
    takeovers.first_day,
    takeovers.last_day,
    takeovers.part,
    takeovers.former_lots,
    takeovers.ended_day,
    takeovers.listed_day,
    takeovers.customers,
    COALESCE(sent_on.lots, 0)                                        AS onward_lots,
    parties.name                                                     AS former_name
FROM takeovers
JOIN parties ON parties.party_id = takeovers.former_party
LEFT JOIN sent_on
    ON sent_on.part_number = takeovers.part
    AND sent_on.exporter_party = takeovers.exporter_party
    AND sent_on.consignee_party = takeovers.party_id
WHERE takeovers.place = 1
