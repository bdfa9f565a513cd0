-- Monthly exports of each origin, a union summed to one origin, without trade among its own members.
SELECT
    COALESCE(seller.union_code, cells.reporter) AS origin,
    cells.partner,
    cells.code,
    cells.hs6,
    cells.hs4,
    cells.month,
    CAST(SUM(cells.cents) AS BIGINT)            AS cents
FROM mirror_cells AS cells
LEFT JOIN mirror_sellers AS seller ON seller.member = cells.reporter
LEFT JOIN mirror_members AS buyer  ON buyer.member = cells.partner AND buyer.union_code = seller.union_code
WHERE cells.flow = 'export' AND cells.month >= 0 AND cells.code <> 'TOTAL' AND buyer.member IS NULL
GROUP BY COALESCE(seller.union_code, cells.reporter), cells.partner, cells.code, cells.hs6, cells.hs4, cells.month
