-- The buyer of priority goods is by its name a forwarder or a bank, and nothing else is known of who uses them.
-- id: role_by_name
-- title: By its name a forwarder or a bank
-- typology: none
-- question: 10
-- kind: context
-- innocent: Groupage, a holding company that bears the word, a customer that is named in another paper.
-- misses: Forwarders whose name does not say so; where the rows say more, see role_as_buyer.
-- source: BIS supplement 3 to 15 CFR 732, red flag 7: a freight forwarder as final destination; a missing end user is no finding.
-- reason: Named as the buyer of {lots:lot} of priority goods for which no user is stated, it is by its name a {value}.
SELECT
    'party'                                                       AS subject_kind,
    party_papers.party_id                                         AS subject_id,
    CAST(3000 AS INTEGER)                                         AS strength_bp,
    LIST_SORT(LIST(DISTINCT shipments.row_id))                    AS evidence_rows,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS last_day,
    COUNT(DISTINCT shipments.row_id)                              AS lots,
    party_papers.value
FROM party_papers
JOIN shipments ON shipments.consignee_party = party_papers.party_id
JOIN controls  ON controls.row_id = shipments.row_id
LEFT JOIN party_papers AS carriers
    ON carriers.party_id = party_papers.party_id AND carriers.kind = 'carries'
WHERE party_papers.kind = 'role'
    AND party_papers.value <> 'name that stands for nobody'
    AND carriers.party_id IS NULL
    AND controls.control_list = 'chpl'
    AND shipments.end_user_party IS NULL
GROUP BY party_papers.party_id, party_papers.value
