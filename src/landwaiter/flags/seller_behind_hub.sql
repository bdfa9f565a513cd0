-- A seller that stopped selling directly at the control date now reaches the same buyer through a firm in between.
-- id: seller_behind_hub
-- title: Direct seller moves behind a hub
-- typology: T02
-- question: 19
-- kind: red flag
-- innocent: A genuine change of distributor, where the goods are not controlled or the new firm also serves others.
-- misses: Sellers that change their own name; buyers replaced at the same moment (see phoenix_importer).
-- source: FinCEN and BIS joint alert FIN-2022-Alert003, orders placed for a former customer in Russia.
-- reason: {lots:lot} went from a supplier to a buyer in {country} that the supplier had itself served in {direct_lots:lot}, the last on {direct_until_on}.
-- tested: A distributor of old who was kept on: all {lots:lot} came to the firm in between after {direct_until_on}, the day of the last direct sale.
WITH sales_to_targets AS (
    SELECT
        lots.seller_no,
        lots.buyer_no,
        lots.to_country,
        lots.day,
        lots.row_id,
        ROW_NUMBER() OVER (
            PARTITION BY lots.seller_no, lots.buyer_no, lots.to_country ORDER BY lots.day DESC, lots.row_no
        ) AS place_from_last
    FROM lots
    JOIN targets ON targets.country = lots.to_country
),
direct_before AS (
    SELECT
        lots.seller_no,
        lots.buyer_no,
        lots.to_country,
        MAX(lots.day)                        AS direct_until_day,
        COUNT(*)                             AS direct_lots,
        MAX(CASE WHEN lots.place_from_last = 1 THEN lots.row_id END) AS last_direct_row,
        DATE_DIFF('day', DATE '1970-01-01', MIN(targets.since)) AS since_day
    FROM sales_to_targets AS lots
    JOIN targets ON targets.country = lots.to_country
    GROUP BY lots.seller_no, lots.buyer_no, lots.to_country
    HAVING MAX(lots.day) < DATE_DIFF('day', DATE '1970-01-01', MIN(targets.since)) + 60
        AND MIN(lots.day) < DATE_DIFF('day', DATE '1970-01-01', MIN(targets.since))
),
behind AS (
    SELECT
        relays.party_id,
        relays.supplier_no,
        relays.customer_no,
        relays.to_country                        AS country,
        direct_before.direct_until_day,
        direct_before.direct_lots,
        direct_before.last_direct_row,
        MIN(relays.in_day)                       AS first_day,
        MAX(relays.out_day)                      AS last_day,
        COUNT(DISTINCT relays.out_row)           AS lots,
        LIST_SORT(LIST(DISTINCT relays.in_row))  AS evidence_in,
        LIST_SORT(LIST(DISTINCT relays.out_row)) AS evidence_out
    FROM relays
    JOIN direct_before
        ON direct_before.seller_no = relays.supplier_no
        AND direct_before.buyer_no = relays.customer_no
        AND direct_before.to_country = relays.to_country
    WHERE relays.in_tainted > 0 AND relays.is_to_target = 1
        AND relays.in_day > direct_before.direct_until_day
        AND relays.out_day >= direct_before.since_day
    GROUP BY
        relays.party_id, relays.supplier_no, relays.customer_no, relays.to_country,
        direct_before.direct_until_day, direct_before.direct_lots, direct_before.last_direct_row
)
SELECT
    'party'                                                      AS subject_kind,
    party_id                                                     AS subject_id,
    CAST(10000 - 7000 // (lots + 1) AS INTEGER)                  AS strength_bp,
    evidence_in,
    evidence_out,
    [last_direct_row]                                            AS evidence_direct,
    first_day,
    last_day,
    direct_until_day,
    direct_lots,
    lots,
    country
FROM behind
