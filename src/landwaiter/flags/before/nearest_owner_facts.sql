-- Of the facts of one kind on the owners of a party, the one of the owner that matches its list best.
WITH ranked AS (
    SELECT
        party_id,
        kind,
        owner_name,
        way,
        way_ids,
        verdicts,
        steps,
        match_score,
        listing_ids,
        divested_day,
        listed_day,
        gap_days,
        ROW_NUMBER() OVER (PARTITION BY party_id, kind ORDER BY match_score DESC, steps, listed_party) AS place
    FROM owner_facts
    -- A sale more than a year away from the listing tells nothing.
    WHERE kind <> 'former' OR gap_days <= 365
)
SELECT party_id, kind, owner_name, way, way_ids, verdicts, steps, match_score, listing_ids, divested_day, listed_day, gap_days
FROM ranked
WHERE place = 1
