-- A firm of few people is sent, within a year, priority goods worth far more than so few turn over.
-- id: over_capacity
-- title: More goods than its people could use
-- typology: none
-- question: 9
-- kind: red flag
-- innocent: A distributor with a small staff; a head count that the register has not updated.
-- misses: Firms whose head count no register gives; values that are not stated.
-- source: BIS supplement 3 to 15 CFR 732, red flag 3: goods that do not fit the capacity of the buyer; FinCEN FIN-2023-Alert004.
-- reason: With {employees:employee} it was sent priority goods worth {dollars:dollar} in a year, in {lots:lot}.
-- tested: A distributor with a small staff: then they would turn over less; {each:dollar} for each of them is more than the two million that are taken as the most.
WITH sizes AS (
    SELECT party_id, MAX(employees) AS employees
    FROM company_parties
    WHERE employees IS NOT NULL
    GROUP BY party_id
),
years AS (
    SELECT
        buyer_no,
        day // 365                               AS year_no,
        CAST(SUM(cents) AS BIGINT) // 100        AS dollars,
        COUNT(*)                                 AS lots,
        MIN(day)                                 AS first_day,
        MAX(day)                                 AS last_day
    FROM lots
    WHERE tier <> ''
    GROUP BY buyer_no, day // 365
),
heaviest AS (
    SELECT
        party_numbers.party_id,
        years.*,
        sizes.employees,
        ROW_NUMBER() OVER (PARTITION BY party_numbers.party_id ORDER BY years.dollars DESC, years.year_no) AS place
    FROM years
    JOIN party_numbers ON party_numbers.party_no = years.buyer_no
    JOIN sizes         ON sizes.party_id = party_numbers.party_id
    WHERE sizes.employees <= 5 AND years.lots >= 2 AND years.dollars >= 2000000 * GREATEST(sizes.employees, 1)
)
SELECT
    'party'                                                AS subject_kind,
    heaviest.party_id                                      AS subject_id,
    CAST(3000 AS INTEGER)                                  AS strength_bp,
    LIST_SORT(LIST(lots.row_id))                           AS evidence_rows,
    heaviest.first_day,
    heaviest.last_day,
    heaviest.dollars,
    heaviest.dollars // GREATEST(heaviest.employees, 1)    AS each,
    heaviest.lots,
    heaviest.employees
FROM heaviest
JOIN lots ON lots.buyer_no = heaviest.buyer_no AND lots.day BETWEEN heaviest.first_day AND heaviest.last_day
WHERE heaviest.place = 1 AND lots.tier <> ''
GROUP BY
    heaviest.party_id, heaviest.first_day, heaviest.last_day, heaviest.dollars, heaviest.lots, heaviest.employees
