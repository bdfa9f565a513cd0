-- When each party was first and last seen, and how much priority goods it bought, beside the first and last day of all rows.
WITH roles AS (
    SELECT buyer_no AS party_no, day, 1 AS is_buyer, CASE WHEN tier <> '' THEN cents ELSE 0 END AS priority_cents
    FROM lots
    UNION ALL
    SELECT seller_no AS party_no, day, 0 AS is_buyer, 0 AS priority_cents
    FROM lots
),
whole AS (
    SELECT MIN(day) AS data_first_day, MAX(day) AS data_last_day
    FROM lots
),
spans AS (
    SELECT
        party_no,
        MIN(day)                                  AS first_day,
        MAX(day)                                  AS last_day,
        MIN(CASE WHEN is_buyer = 1 THEN day END)  AS first_bought_day,
        MAX(CASE WHEN is_buyer = 1 THEN day END)  AS last_bought_day,
        CAST(SUM(priority_cents) AS BIGINT)       AS priority_in_cents
    FROM roles
    GROUP BY party_no
)
SELECT
    spans.*,
    whole.data_first_day,
    whole.data_last_day,
    party_numbers.party_id,
    COALESCE(party_companies.born_day, spans.first_day)                 AS born_day,
    CASE WHEN party_companies.born_day IS NOT NULL THEN 1 ELSE 0 END    AS is_born_known
FROM spans
CROSS JOIN whole
JOIN party_numbers ON party_numbers.party_no = spans.party_no
LEFT JOIN party_companies ON party_companies.party_id = party_numbers.party_id
