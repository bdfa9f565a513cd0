-- All rows in which a party that a red flag pointed at sells, buys or is the end user, with their first and last day.
WITH roles AS (
    SELECT exporter_party AS party_id, row_id, declared_on FROM shipments
    UNION ALL
    SELECT consignee_party AS party_id, row_id, declared_on FROM shipments
    UNION ALL
    SELECT end_user_party AS party_id, row_id, declared_on FROM shipments
)
SELECT
    pointed_at.party_id,
    LIST_SORT(LIST(DISTINCT roles.row_id))                                             AS evidence_rows,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', roles.declared_on)) AS INTEGER)       AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', roles.declared_on)) AS INTEGER)       AS last_day
FROM pointed_at
JOIN roles ON roles.party_id = pointed_at.party_id
GROUP BY pointed_at.party_id
