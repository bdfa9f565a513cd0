-- How strongly each party's dealings in a code look like a relay, with what was weighed: share of what came, cover of what went.
WITH weighed AS (
    SELECT
        balances.*,
        CAST(balances.linked AS DOUBLE) / CAST(balances.came AS DOUBLE)     AS share,
        CAST(balances.linked AS DOUBLE) / CAST(balances.reaching AS DOUBLE) AS cover
    FROM balances
)
SELECT
    weighed.*,
    CAST(FLOOR(
        1e4 * SQRT(share) * cover * cover
        * CAST(lots AS DOUBLE) / CAST(lots + 1 AS DOUBLE)
        * (1e0 - 8e-1 * CAST(made_elsewhere AS DOUBLE) / CAST(sent_lots AS DOUBLE))
        * CASE WHEN earlier_lots > 0 THEN 3e-1 ELSE 1e0 END
    ) AS INTEGER) AS strength_bp
FROM weighed
