-- The description surely says priority goods, the declared code says goods that are on no list.
-- id: text_against_code
-- title: The text says priority goods, the code does not
-- typology: T08
-- question: 8
-- kind: red flag
-- innocent: A description in the words of another trade, or one that names what the goods are for; the text alone proves nothing.
-- misses: Texts changed with the code, texts of one vague word, and goods whose price per kilogram is that of the declared code.
-- source: EU guidance on enhanced due diligence of 7 September 2023, misdeclared codes.
-- reason: {lots:lot} to {country} declared as {declared} though the text reads as {code}; the price per kilogram speaks for the text in {priced} of them.
-- tested: Words of another trade: the price per kilogram was laid beside both codes; it speaks for the text in {priced} of {lots:lot}, and lots whose price speaks for the code alone were left out.
WITH by_code AS (
    SELECT
        shipments.hs6,
        CAST(SUM(shipments.value_usd_cents) AS BIGINT) AS cents,
        CAST(SUM(shipments.mass_g) AS BIGINT)          AS mass_g
    FROM shipments
    WHERE shipments.value_usd_cents > 0 AND shipments.mass_g > 0
    GROUP BY shipments.hs6
),
told AS (
    SELECT
        shipments.row_id,
        shipments.exporter_party AS party_id,
        shipments.destination_country,
        shipments.hs6,
        controls.entry,
        CAST(DATE_DIFF('day', DATE '1970-01-01', shipments.declared_on) AS INTEGER) AS day,
        CASE
            WHEN shipments.value_usd_cents > 0 AND shipments.mass_g > 0
                THEN shipments.value_usd_cents * 1000 // shipments.mass_g
        END AS price,
        -- What a kilogram of the text's goods costs, and of the declared ones without this row.
        of_text.cents * 1000 // of_text.mass_g AS text_price,
        CASE
            WHEN of_code.mass_g > shipments.mass_g AND of_code.cents > shipments.value_usd_cents
                THEN (of_code.cents - shipments.value_usd_cents) * 1000 // (of_code.mass_g - shipments.mass_g)
        END AS code_price
    FROM controls
    JOIN shipments          ON shipments.row_id = controls.row_id
    JOIN targets            ON targets.country = shipments.destination_country AND shipments.declared_on >= targets.since
    LEFT JOIN by_code AS of_text ON of_text.hs6 = controls.entry
    LEFT JOIN by_code AS of_code ON of_code.hs6 = shipments.hs6
    WHERE controls.control_list = 'chpl_text' AND shipments.hs6 IS NOT NULL AND shipments.exporter_party IS NOT NULL
),
weighed AS (
    SELECT
        told.*,
        CASE WHEN told.price BETWEEN told.text_price // 4 AND told.text_price * 4 THEN 1 ELSE 0 END AS is_as_text,
        CASE WHEN told.price BETWEEN told.code_price // 4 AND told.code_price * 4 THEN 1 ELSE 0 END AS is_as_code
    FROM told
)
SELECT
    'party'                                                      AS subject_kind,
    party_id                                                     AS subject_id,
    CAST(CASE
        WHEN SUM(CASE WHEN is_as_text = 1 AND is_as_code = 0 THEN 1 ELSE 0 END) > 0 THEN 8000
        ELSE 5000
    END AS INTEGER)                                              AS strength_bp,
    LIST_SORT(LIST(DISTINCT row_id))                             AS evidence_rows,
    MIN(day)                                                     AS first_day,
    MAX(day)                                                     AS last_day,
    COUNT(DISTINCT row_id)                                       AS lots,
    CAST(SUM(CASE WHEN is_as_text = 1 AND is_as_code = 0 THEN 1 ELSE 0 END) AS BIGINT) AS priced,
    MIN(hs6)                                                     AS declared,
    MIN(entry)                                                   AS code,
    destination_country                                          AS country
FROM weighed
-- A price that is the declared goods' and not the text's speaks for the declarant.
WHERE NOT (is_as_code = 1 AND is_as_text = 0)
GROUP BY party_id, destination_country
