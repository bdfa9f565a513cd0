-- A party of a shipment owns a part of itself through others, and a listed party stands behind them.
-- id: circular_owners
-- title: Owners that own each other
-- typology: none
-- question: 17
-- kind: context
-- innocent: Banks and old groups whose companies hold shares of each other.
-- misses: Circles that no register shows whole.
-- source: FinCEN FIN-2022-Alert003 on complex structures; FATF Recommendation 24; draft standards of the EU authority under AMLR article 12.
-- reason: It owns a part of itself through others; {owner_name}, who could be listed, is {steps:holding} away: {way}.
-- tested: An old group whose companies hold each other: not tested, so that it is told beside other findings and weighs nothing.
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
WHERE kind = 'circular'
