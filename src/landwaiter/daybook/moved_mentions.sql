-- The mentions that were of another party, or of one of another name, before a day's spellings were known.
SELECT mentions.reporter, mentions.country, mentions.name, mentions.id
FROM mentions
JOIN mention_parties     ON mention_parties.mention_no = mentions.mention_no
JOIN mentions_now
    ON mentions_now.reporter = mentions.reporter
    AND mentions_now.country = mentions.country
    AND mentions_now.name = mentions.name
    AND mentions_now.id = mentions.id
JOIN mention_parties_now ON mention_parties_now.mention_no = mentions_now.mention_no
WHERE mention_parties_now.party_id <> mention_parties.party_id
