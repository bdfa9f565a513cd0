-- Several unrelated buyers of priority goods state the same end use word for word.
-- id: reused_end_use
-- title: The same stated end use of unrelated buyers
-- typology: none
-- question: 8
-- kind: red flag
-- innocent: A form of words that the exporter or its authority prescribes; branches of one firm.
-- misses: Texts that were changed by a word; end uses that no book states.
-- source: METI check lists and EU guidance of September 2023: end-use statements that are copied; FinCEN FIN-2023-Alert004.
-- reason: Its end use is stated word for word as that of {others} other buyers, by {sellers:seller}: {text}.
WITH priority_rows AS (
    SELECT DISTINCT row_id
    FROM controls
    WHERE control_list = 'chpl'
)
SELECT
    'party'                                                       AS subject_kind,
    end_use_texts.party_id                                        AS subject_id,
    CAST(LEAST(5000, 1000 * end_use_texts.buyers) AS INTEGER)     AS strength_bp,
    LIST_SORT(LIST(DISTINCT end_use_texts.row_id))                AS evidence_rows,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS last_day,
    end_use_texts.buyers - 1                                      AS others,
    end_use_texts.sellers,
    MIN(end_use_texts.text)                                       AS text
FROM end_use_texts
JOIN shipments     ON shipments.row_id = end_use_texts.row_id
JOIN priority_rows ON priority_rows.row_id = end_use_texts.row_id
-- More buyers than ten use a form; two may be one firm.
WHERE end_use_texts.buyers >= 3 AND end_use_texts.buyers <= 10 AND end_use_texts.sellers >= 2
GROUP BY end_use_texts.party_id, end_use_texts.buyers, end_use_texts.sellers
