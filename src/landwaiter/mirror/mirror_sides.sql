-- Both sides' books of the same trade: what one says it sold and the other says it bought, by pair, code and year.
-- A month counts only where both keep books of it; unions stand beside their members.
WITH sides AS (
    SELECT
        reporters.name AS reporter,
        partners.name  AS partner,
        cells.flow,
        cells.hs6,
        cells.year,
        cells.month,
        CAST(SUM(cells.cents) AS BIGINT) AS cents
    FROM mirror_cells AS cells
    JOIN mirror_names AS reporters ON reporters.country = cells.reporter AND reporters.side = 'reporter'
    JOIN mirror_names AS partners  ON partners.country = cells.partner AND partners.side = 'partner'
    LEFT JOIN mirror_members AS inner_seller
        ON inner_seller.union_code = reporters.name AND inner_seller.member = cells.partner
    LEFT JOIN mirror_members AS inner_buyer
        ON inner_buyer.union_code = partners.name AND inner_buyer.member = cells.reporter
    WHERE inner_seller.member IS NULL AND inner_buyer.member IS NULL
    GROUP BY reporters.name, partners.name, cells.flow, cells.hs6, cells.year, cells.month
),
kept AS (
    SELECT reporter, flow, month, year
    FROM sides
    GROUP BY reporter, flow, month, year
)
SELECT
    CASE WHEN sides.flow = 'export' THEN sides.reporter ELSE sides.partner END  AS exporter,
    CASE WHEN sides.flow = 'export' THEN sides.partner ELSE sides.reporter END  AS importer,
    sides.hs6,
    sides.year,
    CASE WHEN sides.month < 0 THEN 1 ELSE 0 END                                 AS is_yearly,
    MIN(sides.month)                                                            AS first_month,
    MAX(sides.month)                                                            AS last_month,
    CAST(SUM(CASE WHEN sides.flow = 'export' THEN sides.cents ELSE 0 END) AS BIGINT) AS exports_cents,
    CAST(SUM(CASE WHEN sides.flow = 'import' THEN sides.cents ELSE 0 END) AS BIGINT) AS imports_cents
FROM sides
JOIN kept
    ON kept.reporter = sides.partner
    AND kept.flow <> sides.flow
    AND kept.month = sides.month
    AND kept.year = sides.year
GROUP BY
    CASE WHEN sides.flow = 'export' THEN sides.reporter ELSE sides.partner END,
    CASE WHEN sides.flow = 'export' THEN sides.partner ELSE sides.reporter END,
    sides.hs6,
    sides.year,
    CASE WHEN sides.month < 0 THEN 1 ELSE 0 END
