-- An export and an import record that could be one leg: goods, days and sizes agree, and one party or the very same odd count.
-- Days: an import is declared from 5 days before to 59 days after the export; pairs meet in stretches of 64 days.
WITH exports AS (
    SELECT leg_records.*, day // 64 AS stretch
    FROM leg_records
    WHERE is_import = 0
),
imports AS (
    SELECT leg_records.*, (day + 5) // 64 AS stretch
    FROM leg_records
    WHERE is_import = 1
    UNION ALL
    SELECT leg_records.*, (day + 5) // 64 - 1 AS stretch
    FROM leg_records
    WHERE is_import = 1
),
pairs AS (
    SELECT exports.row_no AS export_no, imports.row_no AS import_no
    FROM exports
    JOIN imports
        ON imports.stretch = exports.stretch
        AND imports.seller_no = exports.seller_no
        AND imports.from_country = exports.from_country
        AND imports.to_country = exports.to_country
        AND imports.family = exports.family
    WHERE imports.day BETWEEN exports.day - 5 AND exports.day + 59
    UNION
    SELECT exports.row_no AS export_no, imports.row_no AS import_no
    FROM exports
    JOIN imports
        ON imports.stretch = exports.stretch
        AND imports.buyer_no = exports.buyer_no
        AND imports.from_country = exports.from_country
        AND imports.to_country = exports.to_country
        AND imports.family = exports.family
    WHERE imports.day BETWEEN exports.day - 5 AND exports.day + 59
    UNION
    SELECT exports.row_no AS export_no, imports.row_no AS import_no
    FROM exports
    JOIN imports
        ON imports.stretch = exports.stretch
        AND imports.quantity = exports.quantity
        AND imports.hs6 = exports.hs6
        AND imports.unit = exports.unit
        AND imports.from_country = exports.from_country
        AND imports.to_country = exports.to_country
    WHERE imports.day BETWEEN exports.day - 5 AND exports.day + 59
        AND exports.quantity >= 10000
        AND exports.quantity % 100000 <> 0
    UNION
    SELECT exports.row_no AS export_no, imports.row_no AS import_no
    FROM exports
    JOIN imports
        ON imports.stretch = exports.stretch
        AND imports.seller_no = exports.seller_no
        AND imports.buyer_no = exports.buyer_no
        AND imports.quantity = exports.quantity
        AND imports.unit = exports.unit
    WHERE imports.day BETWEEN exports.day - 5 AND exports.day + 59
        AND exports.quantity >= 10000
        AND exports.quantity % 100000 <> 0
)
SELECT
    pairs.export_no,
    pairs.import_no,
    exports.row_id    AS export_row,
    imports.row_id    AS import_row,
    exports.seller_no,
    imports.seller_no AS import_seller_no,
    exports.buyer_no,
    imports.buyer_no  AS import_buyer_no,
    exports.family,
    imports.family    AS import_family,
    exports.hs6       AS export_hs6,
    imports.hs6       AS import_hs6,
    imports.day - exports.day AS lag,
    exports.unit      AS export_unit,
    imports.unit      AS import_unit,
    exports.quantity  AS export_quantity,
    imports.quantity  AS import_quantity,
    exports.mass_g    AS export_mass_g,
    imports.mass_g    AS import_mass_g,
    exports.cents     AS export_cents,
    imports.cents     AS import_cents,
    CASE
        WHEN exports.document_id IS NULL OR imports.document_id IS NULL THEN 0
        WHEN exports.document_id = imports.document_id THEN 1
        ELSE 0
    END               AS same_document
FROM pairs
JOIN leg_records AS exports ON exports.row_no = pairs.export_no
JOIN leg_records AS imports ON imports.row_no = pairs.import_no
WHERE (exports.mass_g = 0 OR imports.mass_g = 0 OR ABS(exports.mass_g - imports.mass_g) * 5 <= exports.mass_g)
    AND (
        exports.unit <> imports.unit OR exports.quantity = 0 OR imports.quantity = 0
        OR ABS(exports.quantity - imports.quantity) * 20 <= exports.quantity
    )
    AND (
        exports.cents = 0 OR imports.cents = 0
        OR (imports.cents * 10 >= exports.cents * 6 AND imports.cents * 10 <= exports.cents * 18)
    )
