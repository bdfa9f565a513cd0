-- The mentions of the book and of a day, numbered as those of all rows together would be.
WITH all_mentions AS (
    SELECT reporter, country, name, id, address, lots FROM mentions
    UNION ALL
    SELECT reporter, country, name, id, address, lots FROM day_mentions
),
joined AS (
    SELECT
        reporter,
        country,
        name,
        id,
        COALESCE(MIN(CASE WHEN address <> '' THEN address END), '') AS address,
        CAST(SUM(lots) AS BIGINT)                                   AS lots
    FROM all_mentions
    GROUP BY reporter, country, name, id
)
SELECT
    ROW_NUMBER() OVER (ORDER BY reporter, country, name, id) - 1 AS mention_no,
    reporter,
    country,
    name,
    id,
    address,
    lots
FROM joined
