-- Whose books were given: each reporter with its records, and whether it is a controlled origin or a destination of concern.
SELECT
    shipments.reporter,
    CASE WHEN MAX(origins.country) IS NOT NULL THEN 1 ELSE 0 END            AS is_origin,
    CASE WHEN MAX(targets.country) IS NOT NULL THEN 1 ELSE 0 END            AS is_target,
    COUNT(*)                                                                AS records,
    CAST(SUM(CASE WHEN shipments.flow = 'import' THEN 1 ELSE 0 END) AS BIGINT) AS imports
FROM shipments
LEFT JOIN origins ON origins.country = shipments.reporter
LEFT JOIN targets ON targets.country = shipments.reporter
GROUP BY shipments.reporter
