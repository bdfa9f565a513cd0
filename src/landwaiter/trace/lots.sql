-- Every shipment between two known parties as one lot, in whole numbers: so many thousandths of a base unit, on such a day.
-- A row without a quantity is counted by its mass in grams; a row with neither is no lot, and the run says how many there are.
WITH priority_rows AS (
    SELECT row_id, MIN(tier) AS tier
    FROM controls
    WHERE control_list = 'chpl' AND answer <> 'undecidable'
    GROUP BY row_id
)
SELECT
    shipments.row_no,
    shipments.row_id,
    CAST(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on) AS INTEGER)                    AS day,
    sellers.party_no                                                                               AS seller_no,
    buyers.party_no                                                                                AS buyer_no,
    goods_numbers.code_no,
    goods_numbers.family_no,
    unit_numbers.unit_no,
    COALESCE(origin_numbers.origin_no, 0)                                                          AS origin_no,
    goods_numbers.hs6,
    goods_numbers.family,
    unit_numbers.unit,
    CASE WHEN shipments.quantity_milli > 0 THEN shipments.quantity_milli ELSE shipments.mass_g END AS quantity,
    shipments.mass_g,
    COALESCE(shipments.value_usd_cents, 0)                                                         AS cents,
    COALESCE(shipments.dispatch_country, '')                                                       AS from_country,
    COALESCE(shipments.destination_country, '')                                                    AS to_country,
    COALESCE(priority_rows.tier, '')                                                               AS tier,
    CASE WHEN priority_rows.row_id IS NOT NULL AND origins.country IS NOT NULL THEN 1 ELSE 0 END   AS is_controlled_origin,
    CASE WHEN targets.country IS NOT NULL THEN 1 ELSE 0 END                                        AS is_to_target
FROM shipments
JOIN party_numbers AS sellers ON sellers.party_id = shipments.exporter_party
JOIN party_numbers AS buyers  ON buyers.party_id = shipments.consignee_party
LEFT JOIN goods_families ON goods_families.hs4 = shipments.hs4
JOIN goods_numbers
    ON goods_numbers.hs6 = COALESCE(shipments.hs6, '')
    AND goods_numbers.family = COALESCE(goods_families.family, shipments.hs4, '')
JOIN unit_numbers
    ON unit_numbers.unit = CASE WHEN shipments.quantity_milli > 0 THEN shipments.base_unit ELSE 'KGM' END
LEFT JOIN origin_numbers ON origin_numbers.origin_country = shipments.origin_country
LEFT JOIN priority_rows ON priority_rows.row_id = shipments.row_id
LEFT JOIN origins ON origins.country = shipments.dispatch_country    AND origins.since <= shipments.declared_on
LEFT JOIN targets ON targets.country = shipments.destination_country AND targets.since <= shipments.declared_on
WHERE sellers.party_no <> buyers.party_no
    AND (shipments.quantity_milli > 0 OR shipments.mass_g > 0)
