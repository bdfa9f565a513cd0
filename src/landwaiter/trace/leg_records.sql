-- The records of corridors that stand in the books of both countries, each as one side of a leg, in whole numbers.
WITH both_books AS (
    SELECT from_country, to_country
    FROM books
    WHERE has_exports = 1 AND has_imports = 1 AND from_country <> to_country
)
SELECT
    shipments.row_no,
    shipments.row_id,
    CASE WHEN shipments.flow = 'import' THEN 1 ELSE 0 END                                           AS is_import,
    both_books.from_country,
    both_books.to_country,
    sellers.party_no                                                                                AS seller_no,
    buyers.party_no                                                                                 AS buyer_no,
    COALESCE(goods_families.family, shipments.hs4, '')                                              AS family,
    COALESCE(shipments.hs6, '')                                                                     AS hs6,
    CAST(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on) AS INTEGER)                     AS day,
    COALESCE(shipments.base_unit, '')                                                               AS unit,
    COALESCE(shipments.quantity_milli, 0)                                                           AS quantity,
    COALESCE(shipments.mass_g, 0)                                                                   AS mass_g,
    COALESCE(shipments.value_usd_cents, 0)                                                          AS cents,
    shipments.document_id
FROM shipments
JOIN both_books
    ON both_books.from_country = shipments.dispatch_country AND both_books.to_country = shipments.destination_country
JOIN party_numbers AS sellers ON sellers.party_id = shipments.exporter_party
JOIN party_numbers AS buyers  ON buyers.party_id = shipments.consignee_party
LEFT JOIN goods_families ON goods_families.hs4 = shipments.hs4
LEFT JOIN repeated_records AS repeated ON repeated.row_id = shipments.row_id
WHERE repeated.row_id IS NULL
    AND (
        (shipments.reporter = shipments.dispatch_country AND shipments.flow IN ('export', 're-export'))
        OR (shipments.reporter = shipments.destination_country AND shipments.flow = 'import')
    )
    AND (shipments.quantity_milli > 0 OR shipments.mass_g > 0)
