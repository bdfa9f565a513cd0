-- More is shipped than the end-user statements for these goods state.
-- id: statement_over_quantity
-- title: More shipped than the statement states
-- typology: none
-- question: 16
-- kind: red flag
-- innocent: A second statement that was not given; a tolerance of the contract; units that were confused.
-- misses: Statements without a quantity, or in another unit than the shipments; less than a tenth too much.
-- source: OSCE decision FSC.DEC/5/04 and UNODA Occasional Paper 21 (2011): the quantity is an element of an end-user certificate, to be reconciled with deliveries.
-- reason: {shipped} {unit} of {goods} went to it in {lots:lot}, and {basis} states {stated}.
WITH counted_rows AS (
    SELECT statement_rows.*
    FROM statement_rows
    LEFT JOIN legs ON legs.row_id = statement_rows.shipment_row
    -- What the other country's book tells again is one shipment.
    WHERE legs.row_id IS NULL AND statement_rows.goods <> 'other' AND statement_rows.end_user <> 'other'
),
under_one_paper AS (
    SELECT
        counted_rows.party_id,
        end_use_statements.base_unit,
        end_use_statements.hs6,
        end_use_statements.quantity_milli                AS stated_milli,
        'the statement that they name'                   AS basis,
        LIST_SORT(LIST(DISTINCT counted_rows.shipment_row)) AS evidence_rows,
        [counted_rows.row_id]                            AS evidence_statements,
        CAST(SUM(shipments.quantity_milli) AS BIGINT)    AS shipped_milli,
        COUNT(*)                                         AS lots,
        CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS first_day,
        CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS last_day
    FROM counted_rows
    JOIN end_use_statements ON end_use_statements.row_id = counted_rows.row_id
    JOIN shipments
        ON shipments.row_id = counted_rows.shipment_row AND shipments.base_unit = end_use_statements.base_unit
    WHERE counted_rows.how = 'named'
    GROUP BY
        counted_rows.party_id, counted_rows.row_id, end_use_statements.base_unit, end_use_statements.hs6,
        end_use_statements.quantity_milli
),
open_statements AS (
    SELECT DISTINCT row_id
    FROM counted_rows
    WHERE how = 'goods'
),
-- Statements that name no shipment count together; one of them without a quantity or a day allows anything.
stated_for_goods AS (
    SELECT
        statement_parties.party_id,
        end_use_statements.hs6,
        MIN(end_use_statements.base_unit)                     AS base_unit,
        CAST(SUM(end_use_statements.quantity_milli) AS BIGINT) AS stated_milli,
        MIN(end_use_statements.issued_on)                     AS issued_on,
        LIST_SORT(LIST(DISTINCT end_use_statements.row_id))   AS evidence_statements
    FROM end_use_statements
    JOIN open_statements   ON open_statements.row_id = end_use_statements.row_id
    JOIN statement_parties ON statement_parties.row_id = end_use_statements.row_id
    WHERE end_use_statements.hs6 IS NOT NULL
    GROUP BY statement_parties.party_id, end_use_statements.hs6
    HAVING COUNT(*) = COUNT(end_use_statements.quantity_milli)
        AND COUNT(*) = COUNT(end_use_statements.issued_on)
        AND MIN(end_use_statements.base_unit) = MAX(end_use_statements.base_unit)
),
rows_for_goods AS (
    SELECT DISTINCT counted_rows.party_id, counted_rows.shipment_row, shipments.hs6
    FROM counted_rows
    JOIN shipments ON shipments.row_id = counted_rows.shipment_row
    WHERE counted_rows.how = 'goods'
),
under_all_papers AS (
    SELECT
        stated_for_goods.party_id,
        stated_for_goods.base_unit,
        stated_for_goods.hs6,
        stated_for_goods.stated_milli,
        'every open statement of it for these goods together' AS basis,
        LIST_SORT(LIST(DISTINCT shipments.row_id))       AS evidence_rows,
        stated_for_goods.evidence_statements,
        CAST(SUM(shipments.quantity_milli) AS BIGINT)    AS shipped_milli,
        COUNT(*)                                         AS lots,
        CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS first_day,
        CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on)) AS INTEGER) AS last_day
    FROM stated_for_goods
    JOIN rows_for_goods
        ON rows_for_goods.party_id = stated_for_goods.party_id AND rows_for_goods.hs6 = stated_for_goods.hs6
    JOIN shipments
        ON shipments.row_id = rows_for_goods.shipment_row
        AND shipments.base_unit = stated_for_goods.base_unit
        AND shipments.declared_on >= stated_for_goods.issued_on
    GROUP BY
        stated_for_goods.party_id, stated_for_goods.base_unit, stated_for_goods.hs6, stated_for_goods.stated_milli,
        stated_for_goods.evidence_statements
),
compared AS (
    SELECT * FROM under_one_paper
    UNION ALL
    SELECT * FROM under_all_papers
)
SELECT
    'party'                                              AS subject_kind,
    party_id                                             AS subject_id,
    CAST(CASE WHEN basis = 'the statement that they name' THEN 6000 ELSE 3000 END AS INTEGER) AS strength_bp,
    evidence_rows,
    evidence_statements,
    first_day,
    last_day,
    lots,
    shipped_milli // 1000                                AS shipped,
    stated_milli // 1000                                 AS stated,
    base_unit                                            AS unit,
    COALESCE(hs6, 'the goods stated')                    AS goods,
    basis
FROM compared
WHERE 10 * shipped_milli > 11 * stated_milli
