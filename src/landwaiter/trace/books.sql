-- Which books speak of each corridor: whether the country of dispatch declares it, and whether the destination does.
SELECT
    COALESCE(dispatch_country, '')                                                                    AS from_country,
    COALESCE(destination_country, '')                                                                 AS to_country,
    MAX(CASE WHEN reporter = dispatch_country AND flow IN ('export', 're-export') THEN 1 ELSE 0 END)  AS has_exports,
    MAX(CASE WHEN reporter = destination_country AND flow = 'import' THEN 1 ELSE 0 END)               AS has_imports,
    MIN(CASE WHEN reporter = destination_country AND flow = 'import'
        THEN DATE_DIFF('day', DATE '1970-01-01', declared_on) END)                                    AS first_import_day,
    MAX(CASE WHEN reporter = destination_country AND flow = 'import'
        THEN DATE_DIFF('day', DATE '1970-01-01', declared_on) END)                                    AS last_import_day
FROM shipments
GROUP BY COALESCE(dispatch_country, ''), COALESCE(destination_country, '')
