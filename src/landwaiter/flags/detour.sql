-- A buyer's priority goods take a way far longer than the direct one, which others between the same countries do not take.
-- id: detour
-- title: A detour that others do not take
-- typology: none
-- question: 14
-- kind: context
-- innocent: A carrier's hub, consolidation with other cargo, a closed air space or strait, a cheaper port.
-- misses: A way is geography and so context alone, however odd; ways that no row declares; corridors with few other sellers, where nothing says what is usual.
-- source: BIS supplement 3 to 15 CFR 732, red flag 8: an abnormal route; EU guidance of 7 September 2023, circuitous routes.
-- reason: {lots:lot} from {dispatch} to {destination} went by way of {through}, {way_km} km where the direct way is {direct_km} km; of {other_lots:lot} of other sellers there {same_way} took it.
-- tested: A hub that everybody uses: {same_way} of {other_lots:lot} of {sellers:other seller} between the same countries declare it too, and one in ten is taken as usual.
WITH long_ways AS (
    SELECT way_lengths.*
    FROM way_lengths
    WHERE way_km - direct_km >= 3000 AND way_km >= 2 * direct_km
),
priority_rows AS (
    SELECT DISTINCT row_id
    FROM controls
    WHERE control_list = 'chpl'
),
taken AS (
    SELECT
        shipments.consignee_party,
        shipments.dispatch_country,
        shipments.destination_country,
        long_ways.through,
        MIN(long_ways.way_km)                               AS way_km,
        MIN(long_ways.direct_km)                            AS direct_km,
        LIST_SORT(LIST(DISTINCT shipments.row_id))          AS evidence_rows,
        COUNT(DISTINCT shipments.row_id)                    AS lots,
        MIN(shipments.exporter_party)                       AS first_seller,
        MAX(shipments.exporter_party)                       AS last_seller,
        CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS first_day,
        CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS last_day
    FROM shipments
    JOIN priority_rows ON priority_rows.row_id = shipments.row_id
    JOIN long_ways
        ON long_ways.dispatch_country = shipments.dispatch_country
        AND long_ways.transit_countries = shipments.transit_countries
        AND long_ways.destination_country = shipments.destination_country
    WHERE shipments.consignee_party IS NOT NULL
    GROUP BY
        shipments.consignee_party, shipments.dispatch_country, shipments.destination_country, long_ways.through
    HAVING COUNT(DISTINCT shipments.row_id) >= 2
),
-- What other buyers of other sellers declare between the same countries; rows without a way of transit are direct.
usual AS (
    SELECT
        taken.consignee_party,
        taken.dispatch_country,
        taken.destination_country,
        taken.through,
        COUNT(*)                                            AS other_lots,
        COUNT(DISTINCT shipments.exporter_party)            AS sellers,
        CAST(SUM(CASE WHEN long_ways.through = taken.through THEN 1 ELSE 0 END) AS BIGINT) AS same_way
    FROM taken
    JOIN shipments
        ON shipments.dispatch_country = taken.dispatch_country
        AND shipments.destination_country = taken.destination_country
        AND shipments.consignee_party <> taken.consignee_party
        AND shipments.exporter_party <> taken.first_seller
        AND shipments.exporter_party <> taken.last_seller
    LEFT JOIN long_ways
        ON long_ways.dispatch_country = shipments.dispatch_country
        AND long_ways.transit_countries = shipments.transit_countries
        AND long_ways.destination_country = shipments.destination_country
    GROUP BY taken.consignee_party, taken.dispatch_country, taken.destination_country, taken.through
)
SELECT
    'party'                                                 AS subject_kind,
    taken.consignee_party                                   AS subject_id,
    CAST(3000 AS INTEGER)                                   AS strength_bp,
    taken.evidence_rows,
    taken.first_day,
    taken.last_day,
    taken.lots,
    taken.dispatch_country                                  AS dispatch,
    taken.destination_country                               AS destination,
    taken.through,
    taken.way_km,
    taken.direct_km,
    usual.other_lots,
    usual.sellers,
    usual.same_way
FROM taken
JOIN usual
    ON usual.consignee_party = taken.consignee_party
    AND usual.dispatch_country = taken.dispatch_country
    AND usual.destination_country = taken.destination_country
    AND usual.through = taken.through
WHERE usual.other_lots >= 10 AND usual.sellers >= 3 AND 10 * usual.same_way < usual.other_lots
