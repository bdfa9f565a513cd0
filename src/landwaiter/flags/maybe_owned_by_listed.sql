-- A listed party holds a part of a party of a shipment whose size is not known, or a band that may suffice.
-- id: maybe_owned_by_listed
-- title: Perhaps owned by a listed party
-- typology: none
-- question: 2
-- kind: red flag
-- innocent: A small holding that the register states only as a band or not at all; an owner of the same name.
-- misses: Holdings that no register names at all.
-- source: BIS red flag 29 (supplement 3 to 15 CFR 732); OFAC FAQ 401; UK PSC bands.
-- reason: {owner_name} could be listed and holds an uncertain part: {way}; {verdicts}.
-- tested: A small holding: the register states no share, or a band that reaches the threshold, so that it can be neither shown nor ruled out. A namesake: what agreed with the list stands with the owner's own match.
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
FROM nearest_owners
WHERE answer = 'possible'
