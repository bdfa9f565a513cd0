-- A listed party held shares of a party of a shipment and gave them up shortly before or after it was listed.
-- id: divested_owner
-- title: A listed owner withdrew around its listing
-- typology: none
-- kind: red flag
-- innocent: A sale forced by the listing to an honest buyer; a register that was late to record an older sale.
-- misses: Sales that no register dates; shares that a relative or an employee took over long before.
-- source: OFAC FAQ 402 on sham divestments; EU Best Practices 2024, paragraph 66; FinCEN FIN-2023-Alert004.
-- reason: {owner_name} could be listed and gave up its shares on {divested_on}, {gap_days:day} from its listing on {listed_on}: {way}.
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
        divested_day,
        listed_day,
        gap_days,
        ROW_NUMBER() OVER (PARTITION BY party_id ORDER BY match_score DESC, steps, listed_party, kind) AS place
    FROM owner_facts
    WHERE kind = 'former' AND gap_days <= 365
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
    nearest.divested_day,
    nearest.listed_day,
    nearest.gap_days
FROM nearest
JOIN rows_of_party ON rows_of_party.party_id = nearest.party_id
WHERE nearest.place = 1
GROUP BY
    nearest.party_id, nearest.match_score, nearest.listing_ids, nearest.way_ids, nearest.owner_name, nearest.way, nearest.divested_day, nearest.listed_day, nearest.gap_days
