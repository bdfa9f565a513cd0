-- Every link as a hop of the party that received one lot and sent the other: seen where the hub's own country declares one of the two, else inferred.
-- Converted says that one of the two lots was weighed, and counted here by the usual weight of a piece.
SELECT
    arrivals.row_id                          AS in_row,
    departures.row_id                        AS out_row,
    party_numbers.party_id,
    CASE WHEN all_links.is_relabelled = 1 THEN arrivals.family ELSE arrivals.hs6 END AS family,
    CAST(all_links.quantity AS DOUBLE) / 1000 AS quantity,
    all_links.days                           AS days_between,
    CASE
        WHEN arrivals.is_received_seen = 1 OR departures.is_sent_seen = 1 THEN CASE
            WHEN arrivals.is_converted = 1 OR departures.is_converted = 1 THEN 'seen, converted'
            ELSE 'seen'
        END
        WHEN arrivals.is_converted = 1 OR departures.is_converted = 1 THEN 'inferred, converted'
        ELSE 'inferred'
    END                                      AS basis,
    CASE
        WHEN arrivals.is_received_seen = 1 OR departures.is_sent_seen = 1 THEN NULL
        ELSE alternatives.probability
    END                                      AS probability
FROM all_links
JOIN lots AS arrivals   ON arrivals.row_no = all_links.in_no
JOIN lots AS departures ON departures.row_no = all_links.out_no
JOIN party_numbers      ON party_numbers.party_no = arrivals.buyer_no
LEFT JOIN alternatives  ON alternatives.in_row = arrivals.row_id AND alternatives.out_row = departures.row_id
