-- The arrivals that could have left in a departure which no book of its hub shows, the likeliest first, at most eight and what the ledger chose.
SELECT
    arrivals.row_id                            AS in_row,
    departures.row_id                          AS out_row,
    party_numbers.party_id,
    CAST(10000 * rivals.weight // (rivals.weights + $unseen_weight) AS DOUBLE) / 10000 AS probability,
    CASE WHEN chosen.in_no IS NOT NULL THEN TRUE ELSE FALSE END AS is_chosen
FROM rivals
JOIN lots AS arrivals   ON arrivals.row_no = rivals.in_no
JOIN lots AS departures ON departures.row_no = rivals.out_no
JOIN party_numbers      ON party_numbers.party_no = departures.seller_no
LEFT JOIN (SELECT DISTINCT in_no, out_no FROM all_links) AS chosen
    ON chosen.in_no = rivals.in_no AND chosen.out_no = rivals.out_no
WHERE rivals.place <= 8 OR chosen.in_no IS NOT NULL
