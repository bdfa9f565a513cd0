-- The countries that a row's goods cross: those declared, or where none is, those of the usual way by land.
SELECT shipments.row_no, route_countries.country AS through_country, 1 AS is_declared
FROM shipments
JOIN route_countries ON route_countries.transit_countries = shipments.transit_countries
UNION
SELECT shipments.row_no, land_routes.through_country, 0 AS is_declared
FROM shipments
JOIN land_routes
    ON land_routes.from_country = shipments.dispatch_country AND land_routes.to_country = shipments.destination_country
WHERE shipments.transit_countries IS NULL
