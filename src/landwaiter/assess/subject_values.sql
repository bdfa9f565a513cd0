-- The value of the rows that prove the findings on each subject, each row once.
SELECT
    subject_rows.subject_kind,
    subject_rows.subject_id,
    CAST(SUM(COALESCE(shipments.value_usd_cents, 0)) AS BIGINT) AS cents
FROM subject_rows
JOIN shipments ON shipments.row_id = subject_rows.row_id
GROUP BY subject_rows.subject_kind, subject_rows.subject_id
