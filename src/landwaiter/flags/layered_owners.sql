-- Three holdings or more lie between a listed party and a party of a shipment.
-- id: layered_owners
-- title: Three holdings or more between a listed party and a consignee
-- typology: none
-- question: 17
-- kind: context
-- innocent: A group with regional holdings, as most large groups have.
-- misses: Layers above the owners that the file names.
-- source: FinCEN FIN-2022-Alert003 on layered ownership; draft standards of the EU authority under AMLR article 12.
-- reason: {steps:holding} lie between {owner_name}, who could be listed, and this party: {way}.
-- tested: A group with regional holdings: not tested, so that it is told beside other findings and weighs nothing.
-- rows: all of the party
SELECT
    'party'                                        AS subject_kind,
    party_id                                       AS subject_id,
    CAST(FLOOR(5000 * match_score) AS INTEGER)     AS strength_bp,
    listing_ids                                    AS evidence_listings,
    way_ids                                        AS evidence_owners,
    owner_name,
    way,
    steps
FROM nearest_owner_facts
WHERE kind = 'layered'
