-- A party of a shipment is registered where very many companies are.
-- id: mass_address
-- title: An address of many companies
-- typology: none
-- question: 13
-- kind: context
-- innocent: A company service, a lawyer or an accountant gives its address to many honest small companies.
-- misses: Addresses of fewer companies; company services that use many rooms.
-- source: FinCEN FIN-2022-Alert003: shell companies at mass-registration addresses. In the UK register of overseas entities 15 % share one with 100 or more.
-- reason: Registered where {degree:company} are: {value}.
-- tested: Nothing: an address of many says little by itself, so that it is told beside other findings and weighs nothing.
-- rows: all of the party
WITH addresses AS (
    SELECT
        party_id,
        value,
        degree,
        ROW_NUMBER() OVER (PARTITION BY party_id ORDER BY degree DESC, value, other_party, attribute) AS place
    FROM shared_attributes
    WHERE attribute = 'address' AND degree > 20
)
SELECT
    'party'                  AS subject_kind,
    party_id                 AS subject_id,
    CAST(1000 AS INTEGER)    AS strength_bp,
    value,
    degree
FROM addresses
WHERE place = 1
