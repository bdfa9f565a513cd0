-- The telephone of a party of a shipment is of another country than the party.
-- id: phone_elsewhere
-- title: A telephone of another country
-- typology: none
-- kind: context
-- innocent: A mobile telephone of the owner, a head office abroad, or a number kept after a move.
-- misses: Numbers without a country code; internet telephony.
-- source: BIS supplement 3 to 15 CFR 732 and METI check lists: contacts outside the country of destination.
-- reason: Its telephone {word} is of {value}, another country than its own.
WITH rows_of_party AS (
    SELECT exporter_party AS party_id, row_id, declared_on FROM shipments
    UNION ALL
    SELECT consignee_party AS party_id, row_id, declared_on FROM shipments
    UNION ALL
    SELECT end_user_party AS party_id, row_id, declared_on FROM shipments
),
said AS (
    SELECT
        party_id,
        value,
        word,
        ROW_NUMBER() OVER (PARTITION BY party_id ORDER BY value, word, kind) AS place
    FROM party_papers
    WHERE kind = 'phone_elsewhere'
)
SELECT
    'party'                                                       AS subject_kind,
    said.party_id                                                 AS subject_id,
    CAST(1000 AS INTEGER)                                         AS strength_bp,
    LIST_SORT(LIST(DISTINCT rows_of_party.row_id))                AS evidence_rows,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', rows_of_party.declared_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', rows_of_party.declared_on)) AS INTEGER) AS last_day,
    COUNT(DISTINCT rows_of_party.row_id)                          AS lots,
    said.value,
    said.word
FROM said
JOIN rows_of_party ON rows_of_party.party_id = said.party_id
WHERE said.place = 1
GROUP BY said.party_id, said.value, said.word
