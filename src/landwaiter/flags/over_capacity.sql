-- A firm of few people is sent, within a year, priority goods far beyond what they could use.
-- id: over_capacity
-- title: More goods than its people could use
-- typology: none
-- kind: red flag
-- innocent: A distributor with a small staff; a head count that the register has not updated.
-- misses: Firms whose head count no register gives; quantities that are not stated.
-- source: BIS supplement 3 to 15 CFR 732, red flag 3: goods that do not fit the capacity of the buyer; FinCEN FIN-2023-Alert004.
-- reason: With {employees:employee} it was sent {pieces:piece} of priority goods in a year.
WITH priority_rows AS (
    SELECT DISTINCT row_id
    FROM controls
    WHERE control_list = 'chpl'
),
sizes AS (
    SELECT party_id, MAX(employees) AS employees
    FROM company_parties
    WHERE employees IS NOT NULL
    GROUP BY party_id
),
arrivals AS (
    SELECT
        shipments.consignee_party AS party_id,
        shipments.row_id,
        shipments.quantity_milli // 1000 AS pieces,
        CAST(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on) AS INTEGER) AS day
    FROM shipments
    JOIN priority_rows ON priority_rows.row_id = shipments.row_id
    WHERE shipments.base_unit = 'C62'
),
years AS (
    SELECT
        party_id,
        day // 365                               AS year_no,
        CAST(SUM(pieces) AS BIGINT)              AS pieces,
        MIN(day)                                 AS first_day,
        MAX(day)                                 AS last_day,
        LIST_SORT(LIST(DISTINCT row_id))         AS evidence_rows
    FROM arrivals
    GROUP BY party_id, day // 365
),
heaviest AS (
    SELECT years.*, ROW_NUMBER() OVER (PARTITION BY party_id ORDER BY pieces DESC, year_no) AS place
    FROM years
)
SELECT
    'party'                            AS subject_kind,
    heaviest.party_id                  AS subject_id,
    CAST(3000 AS INTEGER)              AS strength_bp,
    heaviest.evidence_rows,
    heaviest.first_day,
    heaviest.last_day,
    heaviest.pieces,
    sizes.employees
FROM heaviest
JOIN sizes ON sizes.party_id = heaviest.party_id
WHERE heaviest.place = 1 AND sizes.employees <= 5 AND heaviest.pieces >= 20000 * GREATEST(sizes.employees, 1)
