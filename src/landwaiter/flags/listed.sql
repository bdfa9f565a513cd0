-- A party of a shipment could be a listed party.
-- id: listed
-- title: Party could be listed
-- typology: none
-- question: 1
-- kind: block
-- innocent: A namesake: another firm or person of the same or a similar name.
-- misses: Listed parties that trade under a name no list carries; owners behind an unlisted name; firms of another country or register number than the list gives, see namesake; a pair that an officer cleared wrongly.
-- source: The lists named in the run record, each with its date.
-- reason: Could be {name_matched} of {list_name}: {match_reason}.
-- tested: A namesake: names, kinds, countries and numbers were compared as far as both sides give them; what agreed and what did not stands in the reason.
-- rows: all of the party
SELECT
    'party'                               AS subject_kind,
    party_id                              AS subject_id,
    CAST(FLOOR(10000 * score) AS INTEGER) AS strength_bp,
    evidence_listings,
    list_name,
    name_matched,
    match_reason
FROM best_matches
WHERE is_elsewhere = 0
