-- A party of a shipment counts as its listed owner under the rule of a regime.
-- id: owned_by_listed
-- title: Owned or controlled by a listed party
-- typology: none
-- question: 2
-- kind: block
-- innocent: An owner who only bears the name of a listed party; shares that were sold since the register was read.
-- misses: Owners that no register names; nominees and trusts; holdings just under a threshold.
-- source: 31 CFR 501 and OFAC FAQ 398-402; EU Best Practices 2024; UK regulation 7; BIS Affiliates rule, each as it stood.
-- reason: {owner_name} could be listed and stands behind it: {way}; {verdicts}.
-- tested: A namesake: what agreed with the list and what did not stands with the owner's own match. Shares sold since: the holdings are those that the register gave for the day of the run.
-- rows: all of the party
SELECT
    'party'                                        AS subject_kind,
    party_id                                       AS subject_id,
    CAST(FLOOR(10000 * match_score) AS INTEGER)    AS strength_bp,
    listing_ids                                    AS evidence_listings,
    way_ids                                        AS evidence_owners,
    owner_name,
    way,
    verdicts
FROM nearest_owners
WHERE answer = 'yes'
