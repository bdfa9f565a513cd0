-- Every declaration with the parties that its names were resolved to.
WITH party_of AS (
    SELECT mentions.reporter, mentions.country, mentions.name, mentions.id, mention_parties.party_id
    FROM mentions
    JOIN mention_parties ON mention_parties.mention_no = mentions.mention_no
)
SELECT
    declarations.*,
    exporters.party_id  AS exporter_party,
    consignees.party_id AS consignee_party,
    end_users.party_id  AS end_user_party
FROM declarations
LEFT JOIN party_of AS exporters
    ON exporters.reporter = declarations.reporter
    AND exporters.name = declarations.exporter_name
    AND exporters.country = COALESCE(declarations.exporter_country, '')
    AND exporters.id = COALESCE(declarations.exporter_id, '')
LEFT JOIN party_of AS consignees
    ON consignees.reporter = declarations.reporter
    AND consignees.name = declarations.consignee_name
    AND consignees.country = COALESCE(declarations.consignee_country, '')
    AND consignees.id = COALESCE(declarations.consignee_id, '')
LEFT JOIN party_of AS end_users
    ON end_users.reporter = declarations.reporter
    AND end_users.name = declarations.end_user_name
    AND end_users.country = COALESCE(declarations.end_user_country, '')
    AND end_users.id = ''
