-- The mentions of a day that the book does not know, or knows without the address that they bring.
SELECT day_mentions.reporter, day_mentions.country, day_mentions.name, day_mentions.id
FROM day_mentions
LEFT JOIN mentions
    ON mentions.reporter = day_mentions.reporter
    AND mentions.country = day_mentions.country
    AND mentions.name = day_mentions.name
    AND mentions.id = day_mentions.id
WHERE mentions.reporter IS NULL
    OR (day_mentions.address <> '' AND (mentions.address = '' OR day_mentions.address < mentions.address))
