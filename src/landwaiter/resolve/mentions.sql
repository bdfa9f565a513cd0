-- The distinct ways in which each reporter's books write a party, over all roles; registers of companies, of owners and end-user statements are books.
WITH roles AS (
    SELECT reporter, exporter_country AS country, exporter_name AS name, exporter_id AS id, exporter_address AS address
    FROM declarations
    UNION ALL
    SELECT reporter, consignee_country, consignee_name, consignee_id, consignee_address
    FROM declarations
    UNION ALL
    SELECT reporter, end_user_country, end_user_name, NULL, NULL
    FROM declarations
    UNION ALL
    SELECT 'register' AS reporter, country, name, company_id, address
    FROM companies
    UNION ALL
    SELECT 'statements' AS reporter, end_user_country, end_user_name, end_user_id, end_user_address
    FROM end_use_statements
    UNION ALL
    SELECT 'ownership' AS reporter, NULL, ownership.owner_name, ownership.owner_id, NULL
    FROM ownership
    LEFT JOIN companies ON companies.company_id = ownership.owner_id
    WHERE companies.company_id IS NULL
    UNION ALL
    SELECT 'ownership' AS reporter, NULL, ownership.owned_name, ownership.owned_id, NULL
    FROM ownership
    LEFT JOIN companies ON companies.company_id = ownership.owned_id
    WHERE companies.company_id IS NULL
),
distinct_mentions AS (
    SELECT
        reporter,
        COALESCE(country, '')      AS country,
        name,
        COALESCE(id, '')           AS id,
        COALESCE(MIN(address), '') AS address,
        COUNT(*)                   AS lots
    FROM roles
    WHERE name IS NOT NULL
    GROUP BY reporter, COALESCE(country, ''), name, COALESCE(id, '')
)
SELECT
    ROW_NUMBER() OVER (ORDER BY reporter, country, name, id) - 1 AS mention_no,
    reporter,
    country,
    name,
    id,
    address,
    lots
FROM distinct_mentions
