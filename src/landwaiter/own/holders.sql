-- Which party each owner and each company of the ownership file is; none where nothing names it.
WITH named AS (
    SELECT owner_id AS holder_id, owner_name AS name FROM ownership
    UNION ALL
    SELECT owned_id AS holder_id, owned_name AS name FROM ownership
),
holders AS (
    SELECT holder_id, MIN(name) AS name
    FROM named
    GROUP BY holder_id
),
registered AS (
    SELECT company_id AS holder_id, MIN(party_id) AS party_id
    FROM company_parties
    GROUP BY company_id
),
mentioned AS (
    SELECT mentions.id AS holder_id, MIN(mention_parties.party_id) AS party_id
    FROM mentions
    JOIN mention_parties ON mention_parties.mention_no = mentions.mention_no
    WHERE mentions.reporter = 'ownership'
    GROUP BY mentions.id
)
SELECT
    holders.holder_id,
    holders.name,
    COALESCE(registered.party_id, mentioned.party_id) AS party_id
FROM holders
LEFT JOIN registered ON registered.holder_id = holders.holder_id
LEFT JOIN mentioned ON mentioned.holder_id = holders.holder_id
