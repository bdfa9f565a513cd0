-- An end-user statement is signed by an officer of another firm, and of none that the register names for its end user.
-- id: signatory_elsewhere
-- title: Signed by another firm's officer
-- typology: none
-- question: 16
-- kind: red flag
-- innocent: A namesake; a firm of the same group; an officer whom the register does not name yet.
-- misses: Signatories whom no register names; registers without officers.
-- source: OSCE decision FSC.DEC/5/04: name and position of the signatory; BIS guidance of 10 July 2024: shared officers.
-- reason: {signatory} signed for it and is by the register an officer of {elsewhere}; its own are {officers}.
SELECT
    'party'                                                   AS subject_kind,
    statement_signers.party_id                                AS subject_id,
    CAST(4000 AS INTEGER)                                     AS strength_bp,
    LIST_SORT(LIST(DISTINCT statement_signers.row_id))        AS evidence_statements,
    LIST_SORT(LIST(DISTINCT statement_signers.elsewhere_party)) AS evidence_others,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', end_use_statements.issued_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', end_use_statements.issued_on)) AS INTEGER) AS last_day,
    statement_signers.signatory,
    statement_signers.elsewhere,
    statement_signers.officers
FROM statement_signers
JOIN end_use_statements ON end_use_statements.row_id = statement_signers.row_id
WHERE statement_signers.elsewhere_party IS NOT NULL
GROUP BY
    statement_signers.party_id, statement_signers.signatory, statement_signers.elsewhere, statement_signers.officers
