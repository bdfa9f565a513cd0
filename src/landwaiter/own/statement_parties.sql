-- Which party each line of an end-user statement names as the end user.
SELECT end_use_statements.row_id, mention_parties.party_id
FROM end_use_statements
JOIN mentions
    ON mentions.reporter = 'statements'
    AND mentions.name = end_use_statements.end_user_name
    AND mentions.country = COALESCE(end_use_statements.end_user_country, '')
    AND mentions.id = COALESCE(end_use_statements.end_user_id, '')
JOIN mention_parties ON mention_parties.mention_no = mentions.mention_no
