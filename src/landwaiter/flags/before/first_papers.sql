-- Of what the papers of a party say of one kind, the first.
WITH ranked AS (
    SELECT party_id, kind, value, word, ROW_NUMBER() OVER (PARTITION BY party_id, kind ORDER BY value, word) AS place
    FROM party_papers
)
SELECT party_id, kind, value, word
FROM ranked
WHERE place = 1
