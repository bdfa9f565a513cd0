-- A party of a shipment counts as its listed owner under the rule of a regime.
-- id: owned_by_listed
-- title: Owned or controlled by a listed party
-- typology: none
-- kind: block
-- innocent: An owner who only bears the name of a listed party; shares that were sold since the register was read.
-- misses: Owners that no register names; nominees and trusts; holdings just under a threshold.
-- source: 31 CFR 501 and OFAC FAQ 398-402; EU Best Practices 2024; UK regulation 7; BIS Affiliates rule, each as it stood.
-- reason: {owner_name} could be listed and stands behind it: {way}; {verdicts}.
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
        verdicts,
        match_score,
        listing_ids,
        ROW_NUMBER() OVER (PARTITION BY party_id ORDER BY match_score DESC, steps, listed_party) AS place
    FROM owners
    WHERE answer = 'yes'
)
SELECT
    'party'                                             AS subject_kind,
    nearest.party_id                                    AS subject_id,
    CAST(FLOOR(10000 * nearest.match_score) AS INTEGER) AS strength_bp,
    LIST_SORT(LIST(DISTINCT rows_of_party.row_id))      AS evidence_rows,
    nearest.listing_ids                                 AS evidence_listings,
    nearest.way_ids                                     AS evidence_owners,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', rows_of_party.declared_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', rows_of_party.declared_on)) AS INTEGER) AS last_day,
    nearest.owner_name,
    nearest.way,
    nearest.verdicts
FROM nearest
JOIN rows_of_party ON rows_of_party.party_id = nearest.party_id
WHERE nearest.place = 1
GROUP BY
    nearest.party_id, nearest.match_score, nearest.listing_ids, nearest.way_ids, nearest.owner_name, nearest.way,
    nearest.verdicts
