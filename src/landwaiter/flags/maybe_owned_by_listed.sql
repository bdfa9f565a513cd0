-- A listed party holds a part of a party of a shipment whose size is not known, or a band that may suffice.
-- id: maybe_owned_by_listed
-- title: Perhaps owned by a listed party
-- typology: none
-- kind: red flag
-- innocent: A small holding that the register states only as a band or not at all; an owner of the same name.
-- misses: Holdings that no register names at all.
-- source: BIS red flag 29 (supplement 3 to 15 CFR 732); OFAC FAQ 401; UK PSC bands.
-- reason: {owner_name} could be listed and holds an uncertain part: {way}; {verdicts}.
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
    WHERE answer = 'possible'
)
SELECT
    'party'                                             AS subject_kind,
    nearest.party_id                                    AS subject_id,
    CAST(FLOOR(5000 * nearest.match_score) AS INTEGER) AS strength_bp,
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
