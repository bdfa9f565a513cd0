-- One buyer at a destination of concern takes goods under controls in many small lots from several firms.
-- id: parcels
-- title: Many small lots from several hubs
-- typology: T15
-- kind: red flag
-- innocent: A web shop or repair trade whose customers order single pieces.
-- misses: Parcels that are declared by post and stand in no book; buyers that use several names.
-- source: SH Brothers and SN Electronics of Brooklyn, denied export privileges on 14 November 2023 (88 FR 77955): some 300 shipments through five hubs.
-- reason: {lots:lot} worth under 1,000 dollars each reached one buyer in {country} through {hubs} firms.
-- tested: A web shop whose customers order single pieces: then many buyers would take them; one buyer took {lots:lot} from {hubs} firms.
WITH small AS (
    SELECT relays.party_id, relays.customer_no, relays.to_country, relays.in_row, relays.out_row, relays.in_day,
        relays.out_day
    FROM relays
    JOIN lots AS departures ON departures.row_no = relays.out_no
    WHERE relays.in_tainted > 0 AND relays.is_to_target = 1 AND departures.cents BETWEEN 1 AND 99999
),
buyers AS (
    SELECT
        customer_no,
        to_country,
        COUNT(DISTINCT party_id)          AS hubs,
        COUNT(DISTINCT out_row)           AS lots,
        MIN(in_day)                       AS first_day,
        MAX(out_day)                      AS last_day,
        LIST_SORT(LIST(DISTINCT in_row))  AS evidence_in,
        LIST_SORT(LIST(DISTINCT out_row)) AS evidence_out
    FROM small
    GROUP BY customer_no, to_country
)
SELECT
    'party'                                                  AS subject_kind,
    party_numbers.party_id                                   AS subject_id,
    CAST(10000 - 30000 // (buyers.lots + 1) AS INTEGER)      AS strength_bp,
    buyers.evidence_in,
    buyers.evidence_out,
    buyers.first_day,
    buyers.last_day,
    buyers.lots,
    buyers.hubs,
    buyers.to_country                                        AS country
FROM buyers
JOIN party_numbers ON party_numbers.party_no = buyers.customer_no
WHERE buyers.hubs >= 3 AND buyers.lots >= 8
