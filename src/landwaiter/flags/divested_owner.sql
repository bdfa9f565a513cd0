-- A listed party held shares of a party of a shipment and gave them up shortly before or after it was listed.
-- id: divested_owner
-- title: A listed owner withdrew around its listing
-- typology: none
-- question: 4
-- kind: red flag
-- innocent: A sale forced by the listing to an honest buyer; a register that was late to record an older sale.
-- misses: Sales that no register dates; shares that a relative or an employee took over long before.
-- source: OFAC FAQ 402 on sham divestments; EU Best Practices 2024, paragraph 66; FinCEN FIN-2023-Alert004.
-- reason: {owner_name} could be listed and gave up its shares on {divested_on}, {gap_days:day} from its listing on {listed_on}: {way}.
-- tested: A late entry in the register: the day is the last that it gives, {gap_days:day} from the listing, and more than 365 are taken as an older sale. Who bought the shares was not looked for.
-- rows: all of the party
SELECT
    'party'                                        AS subject_kind,
    party_id                                       AS subject_id,
    CAST(FLOOR(5000 * match_score) AS INTEGER)     AS strength_bp,
    listing_ids                                    AS evidence_listings,
    way_ids                                        AS evidence_owners,
    owner_name,
    way,
    divested_day,
    listed_day,
    gap_days
FROM nearest_owner_facts
WHERE kind = 'former'
