-- A listed party holds shares of a party of a shipment that no rule counts as ownership.
-- id: minority_owner
-- title: A listed party holds a minority
-- typology: none
-- question: 3
-- kind: red flag
-- innocent: A financial holding without influence; an owner who only bears the name of a listed party.
-- misses: Holdings that no register names; several small holdings of one hidden owner.
-- source: BIS red flag 29 (supplement 3 to 15 CFR 732): a significant minority of a listed owner; OFAC FAQ 398 urges caution.
-- reason: {owner_name} could be listed and holds a minority: {way}; {verdicts}.
-- tested: A financial holding without influence: votes, board seats and other listed owners were added as each regime asks, and none of them counts it as ownership; influence by other means was not looked for.
-- rows: all of the party
SELECT
    'party'                                        AS subject_kind,
    party_id                                       AS subject_id,
    CAST(FLOOR(5000 * match_score) AS INTEGER)     AS strength_bp,
    listing_ids                                    AS evidence_listings,
    way_ids                                        AS evidence_owners,
    owner_name,
    way,
    verdicts
FROM nearest_owner_facts
WHERE kind = 'minority'
