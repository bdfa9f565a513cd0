-- A party of a shipment could be a listed party.
-- id: listed
-- title: Party could be listed
-- typology: none
-- kind: block
-- innocent: A namesake: another firm or person of the same or a similar name.
-- misses: Listed parties that trade under a name no list carries; owners behind an unlisted name; a pair that an officer cleared wrongly.
-- source: The lists named in the run record, each with its date.
-- reason: Could be {name_matched} of {list_name}: {match_reason}.
-- rows: all of the party
WITH best AS (
    SELECT
        party_id,
        listing_id,
        list,
        name_matched,
        score,
        reason,
        ROW_NUMBER() OVER (PARTITION BY party_id ORDER BY score DESC, listing_id) AS place
    FROM matches
    WHERE decision <> 'cleared'
),
listing_lists AS (
    SELECT party_id, LIST_SORT(LIST(listing_id)) AS evidence_listings
    FROM matches
    WHERE decision <> 'cleared'
    GROUP BY party_id
)
SELECT
    'party'                                       AS subject_kind,
    best.party_id                                 AS subject_id,
    CAST(FLOOR(10000 * best.score) AS INTEGER)    AS strength_bp,
    listing_lists.evidence_listings,
    best.name_matched,
    best.list                                     AS list_name,
    best.reason                                   AS match_reason
FROM best
JOIN listing_lists ON listing_lists.party_id = best.party_id
WHERE best.place = 1
