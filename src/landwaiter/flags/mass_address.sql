-- A party of a shipment is registered where very many companies are.
-- id: mass_address
-- title: An address of many companies
-- typology: none
-- kind: context
-- innocent: A company service, a lawyer or an accountant gives its address to many honest small companies.
-- misses: Addresses of fewer companies; company services that use many rooms.
-- source: FinCEN FIN-2022-Alert003: shell companies at mass-registration addresses. In the UK register of overseas entities 15 % share one with 100 or more.
-- reason: Registered where {degree:company} are: {value}.
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
        ROW_NUMBER() OVER (PARTITION BY party_id ORDER BY degree DESC, value, other_party, attribute) AS place
    FROM shared_attributes
    WHERE attribute = 'address' AND degree > 20
)
SELECT
    'party'                                                       AS subject_kind,
    addresses.party_id                                            AS subject_id,
    CAST(1000 AS INTEGER)                                         AS strength_bp,
    LIST_SORT(LIST(DISTINCT rows_of_party.row_id))                AS evidence_rows,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', rows_of_party.declared_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', rows_of_party.declared_on)) AS INTEGER) AS last_day,
    addresses.value,
    addresses.degree
FROM addresses
JOIN rows_of_party ON rows_of_party.party_id = addresses.party_id
WHERE addresses.place = 1
GROUP BY addresses.party_id, addresses.value, addresses.degree
