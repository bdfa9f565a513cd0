-- A shipment for one end user goes under the end-user statement of another.
-- id: statement_other_user
-- title: The statement of another end user
-- typology: none
-- question: 16
-- kind: red flag
-- innocent: A firm of the same group that signs for all; a change of name between paper and shipment.
-- misses: Rows that name no end user; statements that name no shipment or licence, or not to whom they were given.
-- source: BIS guidance of 10 July 2024 and EU guidance of 7 September 2023: the end user of the papers must be the one who is supplied.
-- reason: {lots:lot} for it go under the statement {paper}, in which {other_name} is the end user.
SELECT
    'party'                                                   AS subject_kind,
    shipments.end_user_party                                  AS subject_id,
    CAST(5000 AS INTEGER)                                     AS strength_bp,
    LIST_SORT(LIST(DISTINCT shipments.row_id))                AS evidence_rows,
    LIST_SORT(LIST(DISTINCT statement_rows.row_id))           AS evidence_statements,
    LIST_SORT(LIST(DISTINCT statement_rows.party_id))         AS evidence_others,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS last_day,
    COUNT(DISTINCT shipments.row_id)                          AS lots,
    end_use_statements.statement_id                           AS paper,
    end_use_statements.end_user_name                          AS other_name
FROM statement_rows
JOIN end_use_statements ON end_use_statements.row_id = statement_rows.row_id
JOIN shipments          ON shipments.row_id = statement_rows.shipment_row
WHERE statement_rows.how = 'named' AND statement_rows.end_user = 'other' AND shipments.end_user_party IS NOT NULL
GROUP BY shipments.end_user_party, end_use_statements.statement_id, end_use_statements.end_user_name
