-- A party of a shipment shares what few companies share with a party that could be listed.
-- id: shares_with_listed
-- title: Shares a rare address, telephone, domain or officer with a party that could be listed
-- typology: none
-- question: 5
-- kind: red flag
-- innocent: A shared office building, a service provider or a director of many companies; a namesake on the list.
-- misses: Addresses and numbers that no register gives; those that more than twenty companies share; an officer whose name alone agrees and stands with more than three companies.
-- source: BIS supplement 3 to 15 CFR 732, red flags 20 to 26; FinCEN FIN-2022-Alert003, shared addresses; BIS guidance of 10 July 2024.
-- reason: Shares the {attribute} {value} with {other_name}, which could be listed; {degree:company} in the register have it, and they share {things:thing}.
-- tested: A shared building or a service: what more than twenty companies have links nobody, and {degree:company} have this. A common name: an officer alone counts where three companies at most name one.
-- rows: all of the party
WITH best_matches AS (
    SELECT party_id, MAX(score) AS score
    FROM matches
    WHERE decision <> 'cleared'
    GROUP BY party_id
),
shared AS (
    SELECT party_id, other_party, COUNT(DISTINCT value) AS things
    FROM shared_attributes
    WHERE other_party IS NOT NULL
    GROUP BY party_id, other_party
),
closest AS (
    SELECT
        shared_attributes.party_id,
        shared_attributes.other_party,
        shared_attributes.attribute,
        shared_attributes.value,
        shared_attributes.degree,
        shared.things,
        CAST(FLOOR(CAST(shared_attributes.weight_bp AS DOUBLE) * best_matches.score) AS INTEGER) AS strength_bp,
        ROW_NUMBER() OVER (
            PARTITION BY shared_attributes.party_id
            ORDER BY shared_attributes.weight_bp DESC, best_matches.score DESC, shared_attributes.attribute,
                shared_attributes.other_party, shared_attributes.value
        ) AS place
    FROM shared_attributes
    JOIN best_matches ON best_matches.party_id = shared_attributes.other_party
    JOIN shared       ON shared.party_id = shared_attributes.party_id AND shared.other_party = shared_attributes.other_party
    LEFT JOIN best_matches AS own_matches ON own_matches.party_id = shared_attributes.party_id
    WHERE own_matches.party_id IS NULL
        -- The name of an officer alone is many people's name.
        AND (shared_attributes.attribute <> 'officer' OR shared_attributes.degree <= 3 OR shared.things >= 2)
)
SELECT
    'party'                                 AS subject_kind,
    closest.party_id                        AS subject_id,
    closest.strength_bp,
    LIST_SORT(LIST(closest.other_party))    AS evidence_parties,
    closest.attribute,
    closest.value,
    closest.degree,
    closest.things,
    parties.name                            AS other_name
FROM closest
JOIN parties ON parties.party_id = closest.other_party
WHERE closest.place = 1
GROUP BY
    closest.party_id, closest.strength_bp, closest.attribute, closest.value, closest.degree, closest.things, parties.name
