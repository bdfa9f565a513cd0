-- Three firms or more of one address, telephone or officer each pass priority goods on to a destination of concern.
-- id: nominee_cluster
-- title: Several firms of one address or officer
-- typology: T16
-- question: 5
-- kind: red flag
-- innocent: A company service that gives many small firms its address, or a group of sister firms with customers of their own.
-- misses: Firms that share nothing which a register gives; addresses and officers of more than twenty companies.
-- source: FinCEN FIN-2022-Alert003 on shell companies at one address; typology T16 of this program.
-- reason: With {others:other firm} it shares the {attribute} {value}, and each of them sent priority goods on to a destination of concern; {degree:company} in the register have it.
-- tested: A company service: then most firms at its address would have no such trade; of {degree:company} that have it, {sending} do.
WITH sent_on AS (
    SELECT
        party_id,
        COUNT(DISTINCT out_row)           AS lots,
        MIN(in_day)                       AS first_day,
        MAX(out_day)                      AS last_day,
        LIST_SORT(LIST(DISTINCT in_row))  AS evidence_in,
        LIST_SORT(LIST(DISTINCT out_row)) AS evidence_out
    FROM relays
    WHERE in_tainted > 0 AND is_to_target = 1
    GROUP BY party_id
),
clusters AS (
    SELECT
        shared_attributes.party_id,
        shared_attributes.attribute,
        shared_attributes.value,
        shared_attributes.degree,
        COUNT(DISTINCT shared_attributes.other_party)              AS others,
        LIST_SORT(LIST(DISTINCT shared_attributes.other_party))    AS evidence_parties
    FROM shared_attributes
    JOIN sent_on                 ON sent_on.party_id = shared_attributes.party_id
    JOIN sent_on AS other_senders ON other_senders.party_id = shared_attributes.other_party
    WHERE shared_attributes.attribute IN ('address', 'phone', 'officer')
    GROUP BY shared_attributes.party_id, shared_attributes.attribute, shared_attributes.value, shared_attributes.degree
),
ranked AS (
    SELECT
        clusters.*,
        ROW_NUMBER() OVER (PARTITION BY party_id ORDER BY others DESC, degree, attribute, value) AS place
    FROM clusters
    WHERE others >= 2 AND 2 * (others + 1) >= degree
)
SELECT
    'party'                                                            AS subject_kind,
    ranked.party_id                                                    AS subject_id,
    CAST(10000 - 10000 // (ranked.others + 1) AS INTEGER)              AS strength_bp,
    sent_on.evidence_in,
    sent_on.evidence_out,
    ranked.evidence_parties,
    sent_on.first_day,
    sent_on.last_day,
    ranked.attribute,
    ranked.value,
    ranked.degree,
    ranked.others,
    ranked.others + 1                                                  AS sending
FROM ranked
JOIN sent_on ON sent_on.party_id = ranked.party_id
WHERE ranked.place = 1
