-- A declaration is recorded again, and now the same lot goes to another consignee, end user or country.
-- id: late_change
-- title: Consignee or end user changed late
-- typology: none
-- question: 15
-- kind: red flag
-- innocent: A slip that was corrected; goods sold on while they were under way; a bank or forwarder replaced by its customer.
-- misses: Books that keep the last version alone; changes of payer and address, which rows do not tell.
-- source: FinCEN FIN-2022-Alert003 and EU guidance of 7 September 2023: last-minute changes of end user, consignee or route.
-- reason: In {lots:lot} recorded again within {days:day} it stands where {former_name} stood; the goods are the same.
WITH changes AS (
    SELECT
        earlier.row_id                                           AS earlier_row,
        later.row_id                                             AS later_row,
        later.declared_on,
        DATE_DIFF('day', earlier.declared_on, later.declared_on) AS days,
        CASE
            WHEN later.consignee_party <> earlier.consignee_party THEN later.consignee_party
            WHEN later.end_user_party <> earlier.end_user_party THEN later.end_user_party
            ELSE later.consignee_party
        END                                                      AS party_id,
        CASE
            WHEN later.consignee_party <> earlier.consignee_party THEN earlier.consignee_name
            WHEN later.end_user_party <> earlier.end_user_party THEN earlier.end_user_name
            ELSE earlier.destination_country
        END                                                      AS former_name
    FROM shipments AS earlier
    JOIN shipments AS later
        ON later.reporter = earlier.reporter
        AND later.shipment_id = earlier.shipment_id
        AND later.flow = earlier.flow
        AND later.exporter_party = earlier.exporter_party
        AND later.hs_code = earlier.hs_code
        AND later.quantity_milli = earlier.quantity_milli
    WHERE earlier.shipment_id <> earlier.row_id
        -- A day later, or in a later file: lines of one paper go to several firms from the beginning.
        AND (
            later.declared_on > earlier.declared_on
            OR (later.declared_on = earlier.declared_on AND later.file <> earlier.file AND later.row_no > earlier.row_no)
        )
        AND DATE_DIFF('day', earlier.declared_on, later.declared_on) BETWEEN 0 AND 60
        AND (
            later.consignee_party <> earlier.consignee_party
            OR later.end_user_party <> earlier.end_user_party
            OR later.destination_country <> earlier.destination_country
        )
)
SELECT
    'party'                                       AS subject_kind,
    party_id                                      AS subject_id,
    CAST(3000 AS INTEGER)                         AS strength_bp,
    LIST_SORT(LIST(DISTINCT earlier_row))         AS evidence_earlier,
    LIST_SORT(LIST(DISTINCT later_row))           AS evidence_later,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', declared_on)) AS INTEGER) AS first_day,
    CAST(MAX(DATE_DIFF('day', DATE '1970-01-01', declared_on)) AS INTEGER) AS last_day,
    COUNT(DISTINCT later_row)                     AS lots,
    MAX(days)                                     AS days,
    former_name
FROM changes
GROUP BY party_id, former_name
