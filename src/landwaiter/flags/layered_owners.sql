-- Three holdings or more lie between a listed party and a party of a shipment.
-- id: layered_owners
-- title: Three holdings or more between a listed party and a consignee
-- typology: none
-- kind: context
-- innocent: A group with regional holdings, as most large groups have.
-- misses: Layers above the owners that the file names.
-- source: FinCEN FIN-2022-Alert003 on layered ownership; draft standards of the EU authority under AMLR article 12.
-- reason: {steps:holding} lie between {owner_name}, who could be listed, and this party: {way}.
WITH rows_of_party AS (
    SELECT exporter_party AS party_id, row_id, declared_on FROM shipments
    UNION ALL
    SELECT consignee_party AS party_id, row_id, declared_on FROM shipments
    UNION ALL
    SELECT end_user_party AS party_id, row_id, declared_on FROM shipments
),
nearest AS (
    SELECT
        party_id,
        owner_name,
        way,
        way_ids,
        match_score,
        listing_ids,
        steps,
        ROW_NUMBER() OVER (PARTITION BY party_id ORDER BY match_score DESC, steps, listed_party, kind) AS place
    FROM owner_facts
    WHERE kind = 'layered'
)
SELECT
    'party'                                                       AS subject_kind,
    nearest.party_id                                              AS subject_id,
    CAST(FLOOR(5000 * nearest.match_score) AS INTEGER)            AS strength_bp,
    LIST_SORT(LIST(DISTINCT rows_of_party.row_id))                AS evidence_rows,
    nearest.listing_ids                                           AS evidence_listings,
    nearest.way_ids                                               AS evidence_owners,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', rows_of_party.declared_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', rows_of_party.declared_on)) AS INTEGER) AS last_day,
    nearest.owner_name,
    nearest.way,
    nearest.steps
FROM nearest
JOIN rows_of_party ON rows_of_party.party_id = nearest.party_id
WHERE nearest.place = 1
GROUP BY
    nearest.party_id, nearest.match_score, nearest.listing_ids, nearest.way_ids, nearest.owner_name, nearest.way, nearest.steps
