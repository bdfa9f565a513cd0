-- Pairs of one of our names with a listed name that share enough keys to be compared.
SELECT
    our_keys.name                        AS our_name,
    listed_keys.name                     AS listed_name,
    CAST(SUM(listed_keys.weight) AS BIGINT) AS shared
FROM our_keys
JOIN listed_keys ON listed_keys.key = our_keys.key
GROUP BY our_keys.name, listed_keys.name
HAVING SUM(listed_keys.weight) > LEAST(MIN(our_keys.light), MIN(listed_keys.light))
    AND SUM(listed_keys.weight) > GREATEST(MIN(our_keys.heavy), MIN(listed_keys.heavy))
