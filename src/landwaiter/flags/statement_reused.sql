-- End-user statements of different end users bear one number, stamp, signatory or text.
-- id: statement_reused
-- title: One statement for several end users
-- typology: none
-- question: 16
-- kind: red flag
-- innocent: Firms of one group with one signatory; a form of words that an authority prescribes; a slip of the pen in a number.
-- misses: Copies in which each of these was changed; statements of other exporters that were not given.
-- source: METI check lists and EU guidance of 7 September 2023: copied end-use statements; UNODA Occasional Paper 21 (2011): forged and reused certificates.
-- reason: The {what} of its statement stands on those of {others:other end user} too: {value}.
WITH marked AS (
    SELECT
        row_id,
        party_id,
        kind,
        value,
        users,
        CASE kind WHEN 'text' THEN 'wording' WHEN 'number' THEN 'number' WHEN 'stamp' THEN 'stamp' ELSE 'signatory' END AS what
    FROM statement_marks
    -- A text is also the same where two firms copy one good example; more than ten use a form.
    WHERE kind <> 'text' OR (users >= 3 AND users <= 10)
)
SELECT
    'party'                                         AS subject_kind,
    marked.party_id                                 AS subject_id,
    CAST(CASE marked.kind WHEN 'number' THEN 7000 WHEN 'stamp' THEN 6000 ELSE 3000 END AS INTEGER) AS strength_bp,
    LIST_SORT(LIST(DISTINCT marked.row_id))         AS evidence_statements,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', end_use_statements.issued_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', end_use_statements.issued_on)) AS INTEGER) AS last_day,
    MAX(marked.users) - 1                           AS others,
    marked.what,
    MIN(marked.value)                               AS value
FROM marked
JOIN end_use_statements ON end_use_statements.row_id = marked.row_id
GROUP BY marked.party_id, marked.kind, marked.what
