-- The day on which a register says that a party was founded; the earliest where several records are the same party.
SELECT
    mention_parties.party_id,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', companies.incorporated_on)) AS INTEGER) AS born_day
FROM companies
JOIN mentions
    ON mentions.reporter = 'register'
    AND mentions.id = companies.company_id
    AND mentions.name = companies.name
    AND mentions.country = COALESCE(companies.country, '')
JOIN mention_parties ON mention_parties.mention_no = mentions.mention_no
WHERE companies.incorporated_on IS NOT NULL
GROUP BY mention_parties.party_id
