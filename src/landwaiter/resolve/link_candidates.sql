-- Pairs of names of one country that share enough keys to be compared.
SELECT
    first_keys.name                        AS first_name,
    second_keys.name                       AS second_name,
    CAST(SUM(second_keys.weight) AS BIGINT) AS shared
FROM link_keys AS first_keys
JOIN link_keys AS second_keys ON second_keys.key = first_keys.key AND second_keys.name > first_keys.name
GROUP BY first_keys.name, second_keys.name
HAVING SUM(second_keys.weight) > LEAST(MIN(first_keys.light), MIN(second_keys.light))
    AND SUM(second_keys.weight) > GREATEST(MIN(first_keys.heavy), MIN(second_keys.heavy))
