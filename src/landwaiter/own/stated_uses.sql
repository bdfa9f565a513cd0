-- Each stated end use with each heading for which it is stated.
SELECT stated_end_use, hs4
FROM shipments
WHERE stated_end_use IS NOT NULL AND hs4 IS NOT NULL
GROUP BY stated_end_use, hs4
