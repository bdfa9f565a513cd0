-- The rows asked for, and every row within 120 days of one that could be the same record again or its correction.
WITH near AS (
    SELECT *
    FROM shipments
    WHERE declared_on BETWEEN $first_on AND $last_on
)
SELECT row_no
FROM asked_shipments
UNION
SELECT near.row_no
FROM near
JOIN asked_shipments AS again
    ON again.reporter = near.reporter AND again.shipment_id = near.shipment_id
WHERE ABS(DATE_DIFF('day', near.declared_on, again.declared_on)) <= 120
UNION
SELECT near.row_no
FROM near
JOIN asked_shipments AS again
    ON again.declared_on = near.declared_on
    AND again.reporter = near.reporter
    AND again.exporter_party = near.exporter_party
    AND again.consignee_party = near.consignee_party
    AND again.hs_code = near.hs_code
WHERE near.shipment_id = near.row_id
UNION
SELECT near.row_no
FROM near
JOIN asked_shipments AS again
    ON again.document_id = near.document_id
    AND again.reporter = near.reporter
    AND again.exporter_party = near.exporter_party
    AND again.consignee_party = near.consignee_party
    AND again.hs_code = near.hs_code
WHERE ABS(DATE_DIFF('day', near.declared_on, again.declared_on)) <= 120
