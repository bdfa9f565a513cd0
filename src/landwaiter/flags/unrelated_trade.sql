-- A firm of a trade that has no use for them is sent priority goods.
-- id: unrelated_trade
-- title: The trade does not fit the goods
-- typology: none
-- question: 8
-- kind: red flag
-- innocent: A firm that buys for its own machines, or a register code that was never updated.
-- misses: Firms whose register gives no trade, or a wide one such as wholesale.
-- source: BIS supplement 3 to 15 CFR 732, red flag 2: goods that do not fit the line of business, as lithography for a bakery.
-- reason: By its register in {word}; it was sent {lots:lot} of priority goods.
WITH rows_of_party AS (
    SELECT shipments.consignee_party AS party_id, shipments.row_id, shipments.declared_on
    FROM shipments
    JOIN controls ON controls.row_id = shipments.row_id
    WHERE controls.control_list = 'chpl'
)
SELECT
    'party'                                           AS subject_kind,
    first_papers.party_id                             AS subject_id,
    CAST(4000 AS INTEGER)                             AS strength_bp,
    LIST_SORT(LIST(DISTINCT rows_of_party.row_id))    AS evidence_rows,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', rows_of_party.declared_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', rows_of_party.declared_on)) AS INTEGER) AS last_day,
    COUNT(DISTINCT rows_of_party.row_id)              AS lots,
    first_papers.value,
    first_papers.word
FROM first_papers
JOIN rows_of_party ON rows_of_party.party_id = first_papers.party_id
WHERE first_papers.kind = 'unrelated_trade'
GROUP BY first_papers.party_id, first_papers.value, first_papers.word
