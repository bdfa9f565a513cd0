-- A forwarder, a bank or nobody by name is the buyer of priority goods.
-- id: role_as_buyer
-- title: A forwarder, a bank or nobody as the buyer
-- typology: none
-- kind: red flag
-- innocent: A forwarder whose customer is named in another paper; a bank that holds the documents as security.
-- misses: Forwarders whose name does not say so; rows that name an end user beside the forwarder, rightly or not.
-- source: BIS supplement 3 to 15 CFR 732, red flag 7: a freight forwarder as final destination; FinCEN FIN-2022-Alert003.
-- reason: Named as the buyer of {lots:lot} of priority goods with no end user beside it, it is by its name a {value}.
WITH rows_of_party AS (
    SELECT shipments.consignee_party AS party_id, shipments.row_id, shipments.declared_on
    FROM shipments
    JOIN controls ON controls.row_id = shipments.row_id
    WHERE controls.control_list = 'chpl'
        AND (shipments.end_user_party IS NULL OR shipments.end_user_party = shipments.consignee_party)
)
SELECT
    'party'                                           AS subject_kind,
    first_papers.party_id                             AS subject_id,
    CAST(3000 AS INTEGER)                             AS strength_bp,
    LIST_SORT(LIST(DISTINCT rows_of_party.row_id))    AS evidence_rows,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', rows_of_party.declared_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', rows_of_party.declared_on)) AS INTEGER) AS last_day,
    COUNT(DISTINCT rows_of_party.row_id)              AS lots,
    first_papers.value,
    first_papers.word
FROM first_papers
JOIN rows_of_party ON rows_of_party.party_id = first_papers.party_id
WHERE first_papers.kind = 'role'
GROUP BY first_papers.party_id, first_papers.value, first_papers.word
