-- Every link with what a red flag asks of its two lots: who supplied, who relayed, who received, which goods, how much, when.
SELECT
    all_links.ledger_no,
    all_links.units_from,
    all_links.in_no,
    all_links.out_no,
    arrivals.row_id                AS in_row,
    departures.row_id              AS out_row,
    party_numbers.party_id,
    arrivals.seller_no             AS supplier_no,
    departures.buyer_no            AS customer_no,
    all_links.quantity,
    all_links.days,
    all_links.is_relabelled,
    arrivals.quantity              AS in_quantity,
    departures.quantity            AS out_quantity,
    arrivals.day                   AS in_day,
    departures.day                 AS out_day,
    arrivals.hs6                   AS in_hs6,
    arrivals.cents                 AS in_cents,
    arrivals.from_country,
    departures.from_country        AS hub_country,
    departures.to_country,
    departures.is_to_target,
    COALESCE(tainted.amount, 0)    AS in_tainted,
    COALESCE(reaching.amount, 0)   AS out_reaching
FROM all_links
JOIN lots AS arrivals   ON arrivals.row_no = all_links.in_no
JOIN lots AS departures ON departures.row_no = all_links.out_no
JOIN party_numbers      ON party_numbers.party_no = arrivals.buyer_no
LEFT JOIN tainted       ON tainted.row_no = all_links.in_no
LEFT JOIN reaching      ON reaching.row_no = all_links.out_no
