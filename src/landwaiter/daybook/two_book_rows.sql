-- The rows asked for whose leg the books of both countries could tell: one record may be the other's.
SELECT asked_shipments.row_no
FROM asked_shipments
JOIN books_now
    ON books_now.from_country = asked_shipments.dispatch_country
    AND books_now.to_country = asked_shipments.destination_country
WHERE books_now.has_exports = 1 AND books_now.has_imports = 1 AND books_now.from_country <> books_now.to_country
