-- Which books the rows of a finding stand in: those of its subject's own country, of both ends, or of one end only.
WITH books_of_rows AS (
    SELECT
        finding_rows.finding_id,
        MAX(CASE WHEN shipments.reporter = parties.country THEN 1 ELSE 0 END)              AS has_own,
        MAX(CASE WHEN shipments.reporter = shipments.dispatch_country THEN 1 ELSE 0 END)   AS has_sent,
        MAX(CASE WHEN shipments.reporter = shipments.destination_country THEN 1 ELSE 0 END) AS has_received
    FROM finding_rows
    JOIN shipments ON shipments.row_id = finding_rows.row_id
    LEFT JOIN parties ON parties.party_id = finding_rows.subject_id
    GROUP BY finding_rows.finding_id
),
views_of_chains AS (
    SELECT chain_id, MIN(view) AS view
    FROM chains
    GROUP BY chain_id
)
SELECT
    books_of_rows.finding_id,
    COALESCE(MAX(views_of_chains.view), MAX(CASE
        WHEN books_of_rows.has_own = 1 THEN 'c'
        WHEN books_of_rows.has_sent = 1 AND books_of_rows.has_received = 1 THEN 'b'
        ELSE 'a'
    END)) AS view
FROM books_of_rows
JOIN finding_rows ON finding_rows.finding_id = books_of_rows.finding_id
LEFT JOIN views_of_chains ON views_of_chains.chain_id = finding_rows.subject_id
GROUP BY books_of_rows.finding_id
