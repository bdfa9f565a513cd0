-- Links between lots of different codes of one family that are the same goods by weight: the unit masses differ by a tenth at most.
SELECT links.ledger_no, links.units_from, links.in_no, links.out_no, links.quantity, links.days
FROM links
JOIN lots AS arrivals   ON arrivals.row_no = links.in_no
JOIN lots AS departures ON departures.row_no = links.out_no
WHERE arrivals.hs6 <> departures.hs6
    AND ABS(
        CAST(arrivals.mass_g AS DOUBLE) * CAST(departures.quantity AS DOUBLE)
        - CAST(departures.mass_g AS DOUBLE) * CAST(arrivals.quantity AS DOUBLE)
    ) * 10 <= CAST(arrivals.mass_g AS DOUBLE) * CAST(departures.quantity AS DOUBLE)
