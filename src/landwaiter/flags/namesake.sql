-- A party of a shipment bears the name of a listed firm, and its country or its register number is another.
-- id: namesake
-- title: The name of a listed firm, elsewhere
-- typology: none
-- question: 1
-- kind: context
-- innocent: Another firm of the same or a similar name, which is what most of these are.
-- misses: Nothing that listed would show; a new firm of such a name is raised by phoenix_name, where a register gives its day.
-- source: Capped on purpose: a name alone is a question, and a country or number that differs answers most of them.
-- reason: Bears the name of {name_matched} of {list_name}, whose {conflict} is another: {match_reason}.
-- rows: all of the party
SELECT
    'party'                               AS subject_kind,
    party_id                              AS subject_id,
    CAST(FLOOR(10000 * score) AS INTEGER) AS strength_bp,
    evidence_listings,
    list_name,
    name_matched,
    match_reason,
    conflict
FROM best_matches
WHERE is_elsewhere = 1
