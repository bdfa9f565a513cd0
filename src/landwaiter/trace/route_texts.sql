-- Every way of writing a declared route, once.
SELECT DISTINCT transit_countries
FROM shipments
WHERE transit_countries IS NOT NULL
