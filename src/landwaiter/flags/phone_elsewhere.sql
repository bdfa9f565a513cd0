-- The telephone of a party of a shipment is of another country than the party.
-- id: phone_elsewhere
-- title: A telephone of another country
-- typology: none
-- question: 12
-- kind: context
-- innocent: A mobile telephone of the owner, a head office abroad, or a number kept after a move.
-- misses: Numbers without a country code; internet telephony.
-- source: BIS supplement 3 to 15 CFR 732 and METI check lists: contacts outside the country of destination.
-- reason: Its telephone {word} is of {value}, another country than its own.
-- tested: Nothing: it may be the owner's own telephone, so that it is told beside other findings and weighs nothing.
-- rows: all of the party
SELECT
    'party'                  AS subject_kind,
    party_id                 AS subject_id,
    CAST(1000 AS INTEGER)    AS strength_bp,
    value,
    word
FROM first_papers
WHERE kind = 'phone_elsewhere'
