-- Every shipment between two known parties as one lot, in whole numbers: so many thousandths of a base unit, on such a day.
-- A row without a quantity is counted by its mass in grams; a row with neither is no lot, and the run says how many there are.
-- What one weighs and most count is counted by the usual weight of a piece, if there is one: is_converted says so.
-- A leg that stands in the books of both countries is one lot: as its seller's country wrote it, with the buyer, and what
-- else is missing, as the buyer's country did. is_sent_seen and is_received_seen say whose books it stands in. A firm
-- that is known by trade stands under its party at home, in every record, and one that is bridged under the party that buys.
-- Origin: a re-export that names its own country contradicts itself, so that the buyer's book, or nothing, says where the
-- goods were made; goods known to be made where nobody controls them are not under control. A lot to a destination of
-- concern is licensed where every book that tells it names a licence: it is then no lot to a target, but is_licensed.
WITH set_aside AS (
    SELECT row_id
    FROM legs
),
received AS (
    SELECT
        legs.other_row AS row_id,
        imports.consignee_party,
        imports.quantity_milli,
        imports.base_unit,
        imports.mass_g,
        imports.origin_country,
        imports.value_usd_cents,
        imports.licence_id,
        imports.part_number
    FROM legs
    JOIN shipments AS imports ON imports.row_id = legs.row_id
    WHERE legs.kind = 'both books'
),
records AS (
    SELECT
        shipments.row_no,
        shipments.row_id,
        shipments.declared_on,
        COALESCE(known_sellers.home_party, shipments.exporter_party)     AS exporter_party,
        COALESCE(received.consignee_party, known_buyers.home_party, shipments.consignee_party) AS consignee_party,
        shipments.hs4,
        shipments.hs6,
        CASE WHEN shipments.quantity_milli > 0 THEN shipments.quantity_milli ELSE received.quantity_milli END AS quantity_milli,
        CASE WHEN shipments.quantity_milli > 0 THEN shipments.base_unit ELSE received.base_unit END           AS base_unit,
        CASE WHEN shipments.mass_g > 0 THEN shipments.mass_g ELSE received.mass_g END                         AS mass_g,
        COALESCE(shipments.value_usd_cents, received.value_usd_cents)    AS value_usd_cents,
        CASE
            WHEN shipments.origin_country <> shipments.dispatch_country THEN shipments.origin_country
            WHEN received.origin_country <> shipments.dispatch_country THEN received.origin_country
            WHEN shipments.flow = 're-export' THEN NULL
            ELSE COALESCE(shipments.origin_country, received.origin_country)
        END                                                              AS origin_country,
        COALESCE(shipments.part_number, received.part_number)            AS part_number,
        CASE
            WHEN shipments.licence_id IS NULL THEN 0
            WHEN received.row_id IS NOT NULL AND received.licence_id IS NULL THEN 0
            ELSE 1
        END                                                              AS has_licence,
        shipments.dispatch_country,
        shipments.destination_country,
        CASE WHEN shipments.reporter = shipments.dispatch_country THEN 1 ELSE 0 END AS is_sent_seen,
        CASE
            WHEN received.row_id IS NOT NULL OR shipments.reporter = shipments.destination_country THEN 1
            ELSE 0
        END                                                              AS is_received_seen
    FROM shipments
    LEFT JOIN set_aside ON set_aside.row_id = shipments.row_id
    LEFT JOIN received  ON received.row_id = shipments.row_id
    LEFT JOIN known_by_trade AS known_sellers ON known_sellers.party_id = shipments.exporter_party
    LEFT JOIN known_by_trade AS known_buyers  ON known_buyers.party_id = shipments.consignee_party
    WHERE set_aside.row_id IS NULL
),
priority_rows AS (
    SELECT row_id, MIN(tier) AS tier
    FROM controls
    WHERE control_list = 'chpl' AND answer <> 'undecidable'
    GROUP BY row_id
)
SELECT
    records.row_no,
    records.row_id,
    CAST(DATE_DIFF('day', DATE '1970-01-01', records.declared_on) AS INTEGER)                    AS day,
    sellers.party_no                                                                               AS seller_no,
    buyers.party_no                                                                                AS buyer_no,
    goods_numbers.code_no,
    goods_numbers.family_no,
    unit_numbers.unit_no,
    COALESCE(origin_numbers.origin_no, 0)                                                          AS origin_no,
    COALESCE(part_numbers.part_no, 0)                                                              AS part_no,
    goods_numbers.hs6,
    goods_numbers.family,
    unit_numbers.unit,
    CASE
        WHEN usual_weights.hs6 IS NOT NULL
        THEN GREATEST(1000, (records.mass_g * 1000000000 // usual_weights.weight + 500) // 1000 * 1000)
        WHEN records.quantity_milli > 0 THEN records.quantity_milli
        ELSE records.mass_g
    END AS quantity,
    records.mass_g,
    COALESCE(records.value_usd_cents, 0)                                                         AS cents,
    COALESCE(records.dispatch_country, '')                                                       AS from_country,
    COALESCE(records.destination_country, '')                                                    AS to_country,
    COALESCE(priority_rows.tier, '')                                                               AS tier,
    CASE
        WHEN priority_rows.row_id IS NULL OR origins.country IS NULL THEN 0
        WHEN COALESCE(records.origin_country, records.dispatch_country) = records.dispatch_country THEN 1
        WHEN made_in.country IS NOT NULL THEN 1
        ELSE 0
    END                                                                                              AS is_controlled_origin,
    CASE WHEN targets.country IS NOT NULL AND records.has_licence = 0 THEN 1 ELSE 0 END              AS is_to_target,
    CASE WHEN targets.country IS NOT NULL AND records.has_licence = 1 THEN 1 ELSE 0 END              AS is_licensed,
    records.is_sent_seen,
    records.is_received_seen,
    CASE WHEN usual_weights.hs6 IS NOT NULL THEN 1 ELSE 0 END                                          AS is_converted
FROM records
LEFT JOIN bridges ON bridges.party_id = records.exporter_party
JOIN party_numbers AS sellers ON sellers.party_id = COALESCE(bridges.home_party, records.exporter_party)
JOIN party_numbers AS buyers  ON buyers.party_id = records.consignee_party
LEFT JOIN goods_families ON goods_families.hs4 = records.hs4
JOIN goods_numbers
    ON goods_numbers.hs6 = COALESCE(records.hs6, '')
    AND goods_numbers.family = COALESCE(goods_families.family, records.hs4, '')
LEFT JOIN usual_weights
    ON usual_weights.hs6 = COALESCE(records.hs6, '')
    AND (COALESCE(records.quantity_milli, 0) <= 0 OR records.base_unit = 'KGM')
    AND records.mass_g BETWEEN 1 AND 5000000000
JOIN unit_numbers
    ON unit_numbers.unit = CASE
        WHEN usual_weights.hs6 IS NOT NULL THEN 'C62'
        WHEN records.quantity_milli > 0 THEN records.base_unit
        ELSE 'KGM'
    END
LEFT JOIN origin_numbers ON origin_numbers.origin_country = records.origin_country
LEFT JOIN part_numbers
    ON part_numbers.part_number = records.part_number AND part_numbers.family_no = goods_numbers.family_no
LEFT JOIN priority_rows ON priority_rows.row_id = records.row_id
LEFT JOIN origins ON origins.country = records.dispatch_country    AND origins.since <= records.declared_on
LEFT JOIN origins AS made_in ON made_in.country = records.origin_country AND made_in.since <= records.declared_on
LEFT JOIN targets ON targets.country = records.destination_country AND targets.since <= records.declared_on
WHERE sellers.party_no <> buyers.party_no
    AND (records.quantity_milli > 0 OR records.mass_g > 0)
