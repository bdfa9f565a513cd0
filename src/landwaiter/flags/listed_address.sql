-- The address of a party of a shipment is one that a list gives.
-- id: listed_address
-- title: Its address is on a list
-- typology: none
-- question: 1
-- kind: red flag
-- innocent: A building with many tenants; a listed party that has moved out.
-- misses: Addresses written in another way or script; rooms and floors that differ.
-- source: US Entity List entries of addresses alone (89 FR 48300, June 2024); BIS guidance of 10 July 2024.
-- reason: Its address {value} stands on a list; {degree:company} in the register have it.
-- tested: A building with many tenants: {degree:company} of the register have this address, and one of a hundred or more is left alone. Whether the listed party has moved out was not looked for.
-- rows: all of the party
WITH addresses AS (
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
    'party'                              AS subject_kind,
    party_id                             AS subject_id,
    CAST(weight_bp // 2 AS INTEGER)      AS strength_bp,
    listing_ids                          AS evidence_listings,
    value,
    degree
FROM addresses
WHERE place = 1
