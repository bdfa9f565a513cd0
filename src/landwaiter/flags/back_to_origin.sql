-- Priority goods are sent from a third country to the country that made them.
-- id: back_to_origin
-- title: Sent to the country that made them
-- typology: none
-- question: 14
-- kind: context
-- innocent: Returns, repairs, surplus that goes back to its maker or to a dealer there.
-- misses: Rows without a country of origin; for goods that come back dearer see round_trip.
-- source: BIS supplement 3 to 15 CFR 732, red flag 8: an abnormal route; FATF and Egmont Group, December 2020, circular trade.
-- reason: {lots:lot} made in {country} came to it there from abroad.
SELECT
    'party'                                       AS subject_kind,
    shipments.consignee_party                     AS subject_id,
    CAST(1000 AS INTEGER)                         AS strength_bp,
    LIST_SORT(LIST(DISTINCT shipments.row_id))    AS evidence_rows,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS last_day,
    COUNT(DISTINCT shipments.row_id)              AS lots,
    shipments.origin_country                      AS country
FROM shipments
JOIN controls ON controls.row_id = shipments.row_id
WHERE controls.control_list = 'chpl'
    AND shipments.consignee_party IS NOT NULL
    AND shipments.origin_country = shipments.destination_country
    AND shipments.dispatch_country <> shipments.destination_country
GROUP BY shipments.consignee_party, shipments.origin_country
