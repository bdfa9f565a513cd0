-- Every link as a hop of the party that received one lot and sent the other.
SELECT
    arrivals.row_id                          AS in_row,
    departures.row_id                        AS out_row,
    party_numbers.party_id,
    CASE WHEN all_links.is_relabelled = 1 THEN arrivals.family ELSE arrivals.hs6 END AS family,
    CAST(all_links.quantity AS DOUBLE) / 1000 AS quantity,
    all_links.days                           AS days_between
FROM all_links
JOIN lots AS arrivals   ON arrivals.row_no = all_links.in_no
JOIN lots AS departures ON departures.row_no = all_links.out_no
JOIN party_numbers      ON party_numbers.party_no = arrivals.buyer_no
