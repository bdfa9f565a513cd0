-- Goods are stated for a trade that does not take such goods, and soon leave again for a destination of concern.
-- id: odd_end_use
-- title: An end use that does not fit the goods
-- typology: T14
-- question: 8
-- kind: red flag
-- innocent: A maker of devices for that trade who buys parts, or a supplier of hospitals or fire brigades abroad.
-- misses: Texts that name no trade, such as production or own use; trades that are not in our list; end uses that no paper states.
-- source: BIS supplement 3 to 15 CFR 732, red flag 2; BIS and FinCEN alert FIN-2022-Alert003, end uses that do not fit the goods.
-- reason: Priority goods stated as for {trade} ({text}), which does not take goods of heading {heading}, went on to a destination of concern in {lots:lot} within {most_days:day}: {share_pct} % of their value, {lots_again:lot} again stated so.
-- tested: A maker that builds such parts into devices of that trade: then the parts would stay; {share_pct} % of the value of what was so stated left again, stated so again by the next buyer in {lots_again:lot}; half, or two lots stated again, are taken as too much.
WITH stated AS (
    -- Of the two records of one leg, either may state the use.
    SELECT DISTINCT
        COALESCE(legs.leg_id, shipments.row_id)    AS row_id,
        unfitting_uses.trade,
        shipments.stated_end_use                   AS text,
        shipments.hs4
    FROM unfitting_uses
    JOIN shipments ON shipments.stated_end_use = unfitting_uses.stated_end_use AND shipments.hs4 = unfitting_uses.hs4
    LEFT JOIN legs ON legs.row_id = shipments.row_id
),
bought AS (
    SELECT buyers.buyer_no, buyers.trade, buyers.hs4, CAST(SUM(buyers.cents) AS BIGINT) AS cents
    FROM (
        SELECT DISTINCT lots.row_no, lots.buyer_no, lots.cents, stated.trade, stated.hs4
        FROM lots
        JOIN stated ON stated.row_id = lots.row_id
        WHERE lots.tier <> '' AND lots.is_to_target = 0
    ) AS buyers
    GROUP BY buyers.buyer_no, buyers.trade, buyers.hs4
),
sent_on AS (
    SELECT
        relays.party_id,
        arrivals.buyer_no,
        stated.trade,
        stated.hs4,
        MIN(stated.text)                         AS text,
        CAST(SUM(CAST(FLOOR(
            CAST(relays.in_cents AS DOUBLE) * CAST(relays.quantity AS DOUBLE) / CAST(relays.in_quantity AS DOUBLE)
        ) AS BIGINT)) AS BIGINT)                 AS cents,
        COUNT(DISTINCT relays.out_row)           AS lots,
        COUNT(DISTINCT again.row_id)             AS lots_again,
        MIN(relays.in_day)                       AS first_day,
        MAX(relays.out_day)                      AS last_day,
        MAX(relays.days)                         AS most_days,
        LIST_SORT(LIST(DISTINCT relays.in_row))  AS evidence_in,
        LIST_SORT(LIST(DISTINCT relays.out_row)) AS evidence_out
    FROM relays
    JOIN stated           ON stated.row_id = relays.in_row
    JOIN lots AS arrivals ON arrivals.row_no = relays.in_no
    LEFT JOIN stated AS again ON again.row_id = relays.out_row AND again.trade = stated.trade
    WHERE relays.in_tainted > 0 AND relays.is_to_target = 1 AND relays.days <= 90
    GROUP BY relays.party_id, arrivals.buyer_no, stated.trade, stated.hs4
)
SELECT
    'party'                                                                AS subject_kind,
    sent_on.party_id                                                       AS subject_id,
    CAST(CASE
        WHEN sent_on.lots_again >= 2 THEN 10000 - 5000 // sent_on.lots_again
        ELSE LEAST(5000, 5000 * sent_on.cents // bought.cents)
    END AS INTEGER)                                                        AS strength_bp,
    sent_on.evidence_in,
    sent_on.evidence_out,
    sent_on.first_day,
    sent_on.last_day,
    sent_on.most_days,
    sent_on.lots,
    sent_on.lots_again,
    sent_on.trade,
    sent_on.text,
    sent_on.hs4                                                            AS heading,
    CAST(LEAST(100, 100 * sent_on.cents // bought.cents) AS INTEGER)       AS share_pct
FROM sent_on
JOIN bought ON bought.buyer_no = sent_on.buyer_no AND bought.trade = sent_on.trade AND bought.hs4 = sent_on.hs4
-- The next buyer states the same trade again, or half of what was so stated did not stay.
WHERE bought.cents > 0 AND sent_on.lots >= 2
    AND (sent_on.lots_again >= 2 OR 2 * sent_on.cents >= bought.cents)
