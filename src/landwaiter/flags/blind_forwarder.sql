-- A forwarder by name takes priority goods in its own name, no end user beside it, and sends them on to a destination of concern.
-- id: blind_forwarder
-- title: A forwarder that hides the buyer
-- typology: T18
-- question: 10
-- kind: red flag
-- innocent: Groupage, where a forwarder collects for many customers and the papers of each lot name them.
-- misses: Forwarders whose name does not say so; rows that name an end user who never sees the goods; sales in books that were not given.
-- source: BIS supplement 3 to 15 CFR 732, red flag 7: a freight forwarding firm is the final destination; typology T18 of this program.
-- reason: By its name a {role}, it took {lots_in:lot} of priority goods with no end user named and sent them on to a destination of concern, in {lots:lot} within {most_days:day}.
-- tested: Groupage: then the goods would go to many countries; {share_pct} % of the value of the priority goods that it took so went on to a destination of concern.
WITH users_elsewhere AS (
    -- The other country's record of the same leg may name the user.
    SELECT DISTINCT legs.leg_id
    FROM legs
    JOIN shipments ON shipments.row_id = legs.row_id
    WHERE shipments.end_user_party IS NOT NULL AND shipments.end_user_party <> shipments.consignee_party
),
blind AS (
    SELECT
        lots.row_id,
        first_papers.party_id,
        first_papers.value                           AS role,
        lots.cents
    FROM first_papers
    JOIN party_numbers ON party_numbers.party_id = first_papers.party_id
    JOIN lots          ON lots.buyer_no = party_numbers.party_no
    JOIN shipments     ON shipments.row_id = lots.row_id
    LEFT JOIN users_elsewhere ON users_elsewhere.leg_id = lots.row_id
    WHERE first_papers.kind = 'role' AND first_papers.value = 'forwarder' AND lots.tier <> ''
        AND users_elsewhere.leg_id IS NULL
        AND (shipments.end_user_party IS NULL OR shipments.end_user_party = shipments.consignee_party)
),
taken AS (
    SELECT party_id, role, CAST(SUM(cents) AS BIGINT) AS cents
    FROM blind
    GROUP BY party_id, role
),
sent_on AS (
    SELECT
        relays.party_id,
        COUNT(DISTINCT relays.in_row)            AS lots_in,
        COUNT(DISTINCT relays.out_row)           AS lots,
        CAST(SUM(CAST(FLOOR(
            CAST(blind.cents AS DOUBLE) * CAST(relays.quantity AS DOUBLE) / CAST(relays.in_quantity AS DOUBLE)
        ) AS BIGINT)) AS BIGINT)                 AS cents,
        MIN(relays.in_day)                       AS first_day,
        MAX(relays.out_day)                      AS last_day,
        MAX(relays.days)                         AS most_days,
        LIST_SORT(LIST(DISTINCT relays.in_row))  AS evidence_in,
        LIST_SORT(LIST(DISTINCT relays.out_row)) AS evidence_out
    FROM relays
    JOIN blind ON blind.row_id = relays.in_row
    WHERE relays.in_tainted > 0 AND relays.is_to_target = 1 AND relays.days <= 90
    GROUP BY relays.party_id
)
SELECT
    'party'                                                                  AS subject_kind,
    sent_on.party_id                                                         AS subject_id,
    CAST(LEAST(10000, 10000 * sent_on.cents // taken.cents) AS INTEGER)      AS strength_bp,
    sent_on.evidence_in,
    sent_on.evidence_out,
    sent_on.first_day,
    sent_on.last_day,
    sent_on.lots_in,
    sent_on.lots,
    sent_on.most_days,
    CAST(LEAST(100, 100 * sent_on.cents // taken.cents) AS INTEGER)          AS share_pct,
    taken.role
FROM sent_on
JOIN taken ON taken.party_id = sent_on.party_id
WHERE taken.cents > 0 AND sent_on.lots >= 2 AND 100 * sent_on.cents >= 30 * taken.cents
