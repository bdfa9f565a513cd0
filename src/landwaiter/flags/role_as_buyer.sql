-- Nobody by name, or a firm that only carries or pays, is declared as the buyer and as the user of priority goods.
-- id: role_as_buyer
-- title: Nobody, a forwarder or a bank as the user
-- typology: none
-- question: 10
-- kind: red flag
-- innocent: A forwarder whose customer is named in another paper; a bank that holds the documents as security.
-- misses: Rows that name another end user beside the forwarder, rightly or not; of a name alone see role_by_name.
-- source: BIS supplement 3 to 15 CFR 732, red flag 7: a freight forwarder as final destination; FinCEN FIN-2022-Alert003.
-- reason: Named as the buyer of {lots:lot} of priority goods, it is a {value}: {grounds}.
WITH rows_of_party AS (
    SELECT
        shipments.consignee_party AS party_id,
        shipments.row_id,
        shipments.declared_on,
        CASE WHEN shipments.end_user_party IS NULL THEN 0 ELSE 1 END AS is_said_to_use
    FROM shipments
    JOIN controls ON controls.row_id = shipments.row_id
    WHERE controls.control_list = 'chpl'
        AND (shipments.end_user_party IS NULL OR shipments.end_user_party = shipments.consignee_party)
),
said AS (
    SELECT
        party_id,
        value,
        MAX(CASE WHEN kind = 'carries' THEN 1 ELSE 0 END) AS is_carrier
    FROM party_papers
    WHERE kind IN ('role', 'carries')
    GROUP BY party_id, value
),
grounded AS (
    SELECT
        rows_of_party.party_id,
        rows_of_party.row_id,
        rows_of_party.declared_on,
        said.value,
        CASE
            WHEN said.value = 'name that stands for nobody' THEN 'no firm is named at all'
            WHEN said.is_carrier = 1 THEN 'other rows name it as their forwarder, and these name no other user'
            ELSE 'these rows say that it uses the goods itself'
        END AS grounds
    FROM said
    JOIN rows_of_party ON rows_of_party.party_id = said.party_id
    WHERE said.value = 'name that stands for nobody' OR said.is_carrier = 1 OR rows_of_party.is_said_to_use = 1
)
SELECT
    'party'                                                       AS subject_kind,
    party_id                                                      AS subject_id,
    CAST(3000 AS INTEGER)                                         AS strength_bp,
    LIST_SORT(LIST(DISTINCT row_id))                              AS evidence_rows,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', declared_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', declared_on)) AS INTEGER) AS last_day,
    COUNT(DISTINCT row_id)                                        AS lots,
    value,
    grounds
FROM grounded
GROUP BY party_id, value, grounds
