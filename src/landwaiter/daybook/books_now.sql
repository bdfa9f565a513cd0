-- Which books speak of each corridor, those of a day too.
SELECT
    from_country,
    to_country,
    MAX(has_exports)      AS has_exports,
    MAX(has_imports)      AS has_imports,
    MIN(first_import_day) AS first_import_day,
    MAX(last_import_day)  AS last_import_day
FROM (
    SELECT from_country, to_country, has_exports, has_imports, first_import_day, last_import_day FROM books
    UNION ALL
    SELECT from_country, to_country, has_exports, has_imports, first_import_day, last_import_day FROM day_books
) AS all_books
GROUP BY from_country, to_country
