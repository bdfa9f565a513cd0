-- A shipment goes under an end-user statement that names it and is for other goods.
-- id: statement_other_goods
-- title: The statement is for other goods
-- typology: none
-- question: 16
-- kind: red flag
-- innocent: A code that one side declares otherwise; a statement of several lines of which one was given.
-- misses: Goods of the same family under another heading; statements that name neither code nor part number.
-- source: UNODA Occasional Paper 21 (2011) and OSCE decision FSC.DEC/5/04: goods of the certificate against goods delivered; BIS supplement 3 to 15 CFR 732.
-- reason: {lots:lot} of {shipped} name the statement {paper}, which is for {stated}.
WITH other_goods AS (
    SELECT
        statement_rows.party_id,
        statement_rows.row_id,
        statement_rows.shipment_row,
        end_use_statements.statement_id,
        shipments.declared_on,
        COALESCE(end_use_statements.part_number, end_use_statements.hs6, end_use_statements.description) AS stated,
        COALESCE(
            CASE WHEN end_use_statements.part_number IS NOT NULL THEN shipments.part_number END, shipments.hs6
        ) AS shipped
    FROM statement_rows
    JOIN end_use_statements ON end_use_statements.row_id = statement_rows.row_id
    JOIN shipments          ON shipments.row_id = statement_rows.shipment_row
    WHERE statement_rows.how = 'named' AND statement_rows.goods = 'other' AND statement_rows.end_user <> 'other'
)
SELECT
    'party'                                      AS subject_kind,
    party_id                                     AS subject_id,
    CAST(5000 AS INTEGER)                        AS strength_bp,
    LIST_SORT(LIST(DISTINCT shipment_row))       AS evidence_rows,
    LIST_SORT(LIST(DISTINCT row_id))             AS evidence_statements,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', declared_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', declared_on)) AS INTEGER) AS last_day,
    COUNT(DISTINCT shipment_row)                 AS lots,
    statement_id                                 AS paper,
    stated,
    MIN(shipped)                                 AS shipped
FROM other_goods
GROUP BY party_id, statement_id, stated
