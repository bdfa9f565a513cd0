-- Of the owners of a party that could be listed, the one that matches its list best, for each answer of the regimes.
WITH ranked AS (
    SELECT
        party_id,
        answer,
        owner_name,
        way,
        way_ids,
        verdicts,
        match_score,
        listing_ids,
        ROW_NUMBER() OVER (PARTITION BY party_id, answer ORDER BY match_score DESC, steps, listed_party) AS place
    FROM owners
)
SELECT party_id, answer, owner_name, way, way_ids, verdicts, match_score, listing_ids
FROM ranked
WHERE place = 1
