-- The address of a party of a shipment is one that a list gives.
-- id: listed_address
-- title: Its address is on a list
-- typology: none
-- kind: red flag
-- innocent: A building with many tenants; a listed party that has moved out.
-- misses: Addresses written in another way or script; rooms and floors that differ.
-- source: US Entity List entries of addresses alone (89 FR 48300, June 2024); BIS guidance of 10 July 2024.
-- reason: Its address {value} stands on a list; {degree:company} in the register have it.
WITH rows_of_party AS (
    SELECT exporter_party AS party_id, row_id, declared_on FROM shipments
    UNION ALL
    SELECT consignee_party AS party_id, row_id, declared_on FROM shipments
    UNION ALL
    SELECT end_user_party AS party_id, row_id, declared_on FROM shipments
),
addresses AS (
    SELECT
        party_id,
        value,
        degree,
        weight_bp,
        listing_ids,
        ROW_NUMBER() OVER (PARTITION BY party_id ORDER BY weight_bp DESC, value, other_party, attribute) AS place
    FROM shared_attributes
    WHERE attribute = 'address' AND is_listed = 1 AND degree < 100
)
SELECT
    'party'                                                       AS subject_kind,
    addresses.party_id                                            AS subject_id,
    CAST(addresses.weight_bp // 2 AS INTEGER)                     AS strength_bp,
    LIST_SORT(LIST(DISTINCT rows_of_party.row_id))                AS evidence_rows,
    addresses.listing_ids                                         AS evidence_listings,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', rows_of_party.declared_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', rows_of_party.declared_on)) AS INTEGER) AS last_day,
    addresses.value,
    addresses.degree
FROM addresses
JOIN rows_of_party ON rows_of_party.party_id = addresses.party_id
WHERE addresses.place = 1
GROUP BY addresses.party_id, addresses.weight_bp, addresses.listing_ids, addresses.value, addresses.degree
