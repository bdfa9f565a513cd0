-- Pairs of records of one book, the first of which says again, or is corrected by, what the other says of the same lot.
-- A record may stand in several pairs, by its number and by its paper: which one counts is decided in `repeated.py`.
-- A book's own number alone proves nothing, for the lines of one declaration may share it: parties, code and route must
-- be the same too, and a correction comes on a later day or in another file. Lines without a number are one only
-- where they share a document or stand in two files, alike in every cell. A paper of one number that is entered under a
-- second number tells the same lot where count, or else value without the count, is the same.
WITH numbers_used_again AS (
    SELECT reporter, shipment_id
    FROM shipments
    WHERE shipment_id <> row_id
    GROUP BY reporter, shipment_id
    HAVING COUNT(*) > 1
),
numbered AS (
    SELECT
        shipments.row_no,
        shipments.row_id,
        shipments.file,
        DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on) AS day,
        COALESCE(shipments.quantity_milli, -1)                     AS quantity,
        COALESCE(shipments.mass_g, -1)                             AS mass_g,
        COALESCE(shipments.value_usd_cents, -1)                    AS cents,
        DENSE_RANK() OVER (
            ORDER BY
                shipments.reporter, shipments.shipment_id, shipments.flow, shipments.exporter_party,
                shipments.consignee_party, shipments.hs6, shipments.dispatch_country, shipments.destination_country
        ) AS lot_no
    FROM shipments
    JOIN numbers_used_again
        ON numbers_used_again.reporter = shipments.reporter AND numbers_used_again.shipment_id = shipments.shipment_id
    WHERE shipments.exporter_party IS NOT NULL AND shipments.consignee_party IS NOT NULL
),
with_next AS (
    SELECT
        row_id,
        file,
        day,
        quantity,
        mass_g,
        cents,
        row_no,
        LEAD(row_id) OVER in_order   AS next_row,
        LEAD(row_no) OVER in_order   AS next_no,
        LEAD(file) OVER in_order     AS next_file,
        LEAD(day) OVER in_order      AS next_day,
        LEAD(quantity) OVER in_order AS next_quantity,
        LEAD(mass_g) OVER in_order   AS next_mass_g,
        LEAD(cents) OVER in_order    AS next_cents
    FROM numbered
    WINDOW in_order AS (PARTITION BY lot_no ORDER BY day, row_no)
),
alike AS (
    SELECT
        reporter, flow, declared_on, exporter_party, consignee_party, hs_code, dispatch_country, destination_country,
        quantity_milli, mass_g, value_usd_cents, document_id,
        MIN(row_no) AS first_no
    FROM shipments
    WHERE shipment_id = row_id AND exporter_party IS NOT NULL AND consignee_party IS NOT NULL
    GROUP BY
        reporter, flow, declared_on, exporter_party, consignee_party, hs_code, dispatch_country, destination_country,
        quantity_milli, mass_g, value_usd_cents, document_id
    HAVING COUNT(*) > 1
),
entries AS (
    SELECT
        row_no,
        row_id,
        shipment_id,
        reporter,
        flow,
        exporter_party,
        consignee_party,
        hs_code,
        dispatch_country,
        destination_country,
        document_id,
        DATE_DIFF('day', DATE '1970-01-01', declared_on) AS day,
        quantity_milli                                   AS quantity,
        value_usd_cents                                  AS cents
    FROM shipments
    WHERE document_id IS NOT NULL AND shipment_id <> row_id AND quantity_milli > 0 AND value_usd_cents > 0
),
entered_again AS (
    SELECT
        first_entries.row_id                                                           AS first_row,
        first_entries.row_no                                                           AS first_no,
        second_entries.row_id                                                          AS second_row,
        second_entries.row_no                                                          AS second_no,
        first_entries.quantity - second_entries.quantity                               AS apart,
        ROW_NUMBER() OVER (PARTITION BY first_entries.row_id ORDER BY second_entries.row_no)  AS first_place,
        ROW_NUMBER() OVER (PARTITION BY second_entries.row_id ORDER BY first_entries.row_no)  AS second_place
    FROM entries AS first_entries
    JOIN entries AS second_entries
        ON second_entries.document_id = first_entries.document_id
        AND second_entries.reporter = first_entries.reporter
        AND second_entries.flow = first_entries.flow
        AND second_entries.exporter_party = first_entries.exporter_party
        AND second_entries.consignee_party = first_entries.consignee_party
        AND second_entries.hs_code = first_entries.hs_code
        AND second_entries.dispatch_country IS NOT DISTINCT FROM first_entries.dispatch_country
        AND second_entries.destination_country IS NOT DISTINCT FROM first_entries.destination_country
    WHERE second_entries.row_no > first_entries.row_no
        AND second_entries.shipment_id <> first_entries.shipment_id
        AND ABS(second_entries.day - first_entries.day) <= 30
        AND ABS(second_entries.cents - first_entries.cents) * 20 <= first_entries.cents
        AND (
            second_entries.quantity = first_entries.quantity
            -- Another lot of one sale has the same price of a piece; a correction of the count changes it.
            OR (
                ABS(second_entries.quantity - first_entries.quantity) * 2 <= first_entries.quantity
                AND CAST(ABS(second_entries.quantity - first_entries.quantity) AS DOUBLE) * first_entries.cents
                    > 2 * CAST(ABS(second_entries.cents - first_entries.cents) AS DOUBLE) * first_entries.quantity
            )
        )
)
SELECT
    row_id,
    row_no,
    next_row AS other_row,
    next_no  AS other_no,
    CASE
        WHEN quantity = next_quantity AND mass_g = next_mass_g AND cents = next_cents THEN 'repeated'
        ELSE 'corrected'
    END      AS kind
FROM with_next
WHERE (day = next_day AND quantity = next_quantity AND mass_g = next_mass_g AND cents = next_cents)
    OR (next_day > day AND next_day <= day + 120)
    OR (next_day = day AND file <> next_file)
UNION ALL
SELECT
    again.row_id,
    again.row_no,
    first_records.row_id AS other_row,
    first_records.row_no AS other_no,
    'repeated'           AS kind
FROM alike
JOIN shipments AS first_records ON first_records.row_no = alike.first_no
JOIN shipments AS again
    ON again.shipment_id = again.row_id
    AND again.row_no > alike.first_no
    AND again.reporter = alike.reporter
    AND again.flow = alike.flow
    AND again.declared_on = alike.declared_on
    AND again.exporter_party = alike.exporter_party
    AND again.consignee_party = alike.consignee_party
    AND again.hs_code = alike.hs_code
    AND again.dispatch_country IS NOT DISTINCT FROM alike.dispatch_country
    AND again.destination_country IS NOT DISTINCT FROM alike.destination_country
    AND again.quantity_milli IS NOT DISTINCT FROM alike.quantity_milli
    AND again.mass_g IS NOT DISTINCT FROM alike.mass_g
    AND again.value_usd_cents IS NOT DISTINCT FROM alike.value_usd_cents
    AND again.document_id IS NOT DISTINCT FROM alike.document_id
WHERE again.file <> first_records.file OR alike.document_id IS NOT NULL
UNION ALL
SELECT
    CASE WHEN apart = 0 THEN second_row ELSE first_row END  AS row_id,
    CASE WHEN apart = 0 THEN second_no ELSE first_no END    AS row_no,
    CASE WHEN apart = 0 THEN first_row ELSE second_row END  AS other_row,
    CASE WHEN apart = 0 THEN first_no ELSE second_no END    AS other_no,
    CASE WHEN apart = 0 THEN 'repeated' ELSE 'corrected' END AS kind
FROM entered_again
WHERE first_place = 1 AND second_place = 1
