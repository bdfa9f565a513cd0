-- A whole number for every country of origin that was declared.
SELECT origin_country, CAST(ROW_NUMBER() OVER (ORDER BY origin_country) AS INTEGER) AS origin_no
FROM (SELECT DISTINCT origin_country FROM shipments WHERE origin_country IS NOT NULL) AS declared_origins
