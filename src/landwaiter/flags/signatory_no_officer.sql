-- An end-user statement is signed by somebody whom the register does not name as an officer of its end user.
-- id: signatory_no_officer
-- title: Signed by nobody whom the register names
-- typology: none
-- question: 16
-- kind: context
-- innocent: Most such papers: a head of purchasing signs with a power that no register shows.
-- misses: Registers without officers, of which nothing is asked.
-- source: OSCE decision FSC.DEC/5/04: name and position of the signatory; Wassenaar Arrangement, end-user assurances, elements of 1999.
-- reason: {signatory} signed for it; the register names {officers}.
SELECT
    'party'                                                   AS subject_kind,
    statement_signers.party_id                                AS subject_id,
    CAST(1000 AS INTEGER)                                     AS strength_bp,
    LIST_SORT(LIST(DISTINCT statement_signers.row_id))        AS evidence_statements,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', end_use_statements.issued_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', end_use_statements.issued_on)) AS INTEGER) AS last_day,
    statement_signers.signatory,
    statement_signers.officers
FROM statement_signers
JOIN end_use_statements ON end_use_statements.row_id = statement_signers.row_id
WHERE statement_signers.elsewhere_party IS NULL
GROUP BY statement_signers.party_id, statement_signers.signatory, statement_signers.officers
