-- A shipment goes under an end-user statement that was signed after it, had ended before it, or is too old.
-- id: statement_out_of_time
-- title: An end-user statement out of time
-- typology: none
-- question: 16
-- kind: red flag
-- innocent: A date written in another order of day and month; a renewed statement that was not given.
-- misses: Statements that name no shipment, licence or document; dates that the paper does not state.
-- source: Supplement 3 to 15 CFR 748: a statement for several licences holds for four years; OSCE decision FSC.DEC/5/04: date and end of validity are elements of an end-user certificate.
-- reason: In {lots:lot} the statement {paper} {fault} the shipment, by {days:day} at most.
WITH timed AS (
    SELECT
        statement_rows.party_id,
        statement_rows.shipment_row,
        statement_rows.row_id,
        end_use_statements.statement_id,
        CAST(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on) AS INTEGER) AS day,
        CASE
            WHEN end_use_statements.issued_on > shipments.declared_on THEN 'is dated after'
            WHEN end_use_statements.valid_until < shipments.declared_on THEN 'had ended before'
            WHEN end_use_statements.valid_until IS NULL
                AND DATE_DIFF('day', end_use_statements.issued_on, shipments.declared_on) > 1461
                THEN 'was signed more than four years before'
            ELSE ''
        END AS fault,
        ABS(DATE_DIFF(
            'day',
            shipments.declared_on,
            CASE
                WHEN end_use_statements.valid_until < shipments.declared_on THEN end_use_statements.valid_until
                ELSE end_use_statements.issued_on
            END
        )) AS days
    FROM statement_rows
    JOIN end_use_statements ON end_use_statements.row_id = statement_rows.row_id
    JOIN shipments          ON shipments.row_id = statement_rows.shipment_row
    WHERE statement_rows.how = 'named' AND statement_rows.end_user <> 'other'
),
-- Another statement that names the same shipment and holds, or has no dates, covers it.
uncovered AS (
    SELECT shipment_row
    FROM timed
    GROUP BY shipment_row
    HAVING MIN(CASE WHEN fault = '' THEN 0 ELSE 1 END) = 1
)
SELECT
    'party'                                   AS subject_kind,
    timed.party_id                            AS subject_id,
    CAST(5000 AS INTEGER)                     AS strength_bp,
    LIST_SORT(LIST(DISTINCT timed.shipment_row)) AS evidence_rows,
    LIST_SORT(LIST(DISTINCT timed.row_id))    AS evidence_statements,
    MIN(timed.day)                            AS first_day,
    MAX(timed.day)                            AS last_day,
    COUNT(DISTINCT timed.shipment_row)        AS lots,
    MIN(timed.statement_id)                   AS paper,
    MAX(timed.days)                           AS days,
    timed.fault
FROM timed
JOIN uncovered ON uncovered.shipment_row = timed.shipment_row
GROUP BY timed.party_id, timed.fault
