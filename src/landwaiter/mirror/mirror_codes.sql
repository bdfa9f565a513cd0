-- From which month to which each published code of an origin was traded with any partner at all.
SELECT origin, code, hs6, hs4, MIN(month) AS first_month, MAX(month) AS last_month
FROM mirror_exports
WHERE cents > 0
GROUP BY origin, code, hs6, hs4
