-- Which party each company of a register is, and how the register describes it.
SELECT
    companies.row_id,
    companies.company_id,
    companies.name,
    companies.other_names,
    companies.country,
    companies.address,
    companies.phone,
    companies.email,
    companies.industry,
    companies.officers,
    companies.employees,
    companies.incorporated_on,
    companies.dissolved_on,
    mention_parties.party_id
FROM companies
JOIN mentions
    ON mentions.reporter = 'register'
    AND mentions.id = companies.company_id
    AND mentions.name = companies.name
    AND mentions.country = COALESCE(companies.country, '')
JOIN mention_parties ON mention_parties.mention_no = mentions.mention_no
