-- Firms that another country's books write in a way which no name joins to the firm at home, by three unified legs or more.
-- Nine in ten of all their unified legs must say the same.
WITH written AS (
    SELECT sent.consignee_party AS party_id, came.consignee_party AS home_party
    FROM legs
    JOIN shipments AS came ON came.row_id = legs.row_id
    JOIN shipments AS sent ON sent.row_id = legs.other_row
    WHERE legs.kind = 'both books'
    UNION ALL
    SELECT came.exporter_party AS party_id, sent.exporter_party AS home_party
    FROM legs
    JOIN shipments AS came ON came.row_id = legs.row_id
    JOIN shipments AS sent ON sent.row_id = legs.other_row
    WHERE legs.kind = 'both books'
),
counted AS (
    SELECT party_id, home_party, COUNT(*) AS legs
    FROM written
    GROUP BY party_id, home_party
),
of_party AS (
    SELECT party_id, CAST(SUM(legs) AS BIGINT) AS legs, MAX(CASE WHEN party_id = home_party THEN 1 ELSE 0 END) AS is_home
    FROM counted
    GROUP BY party_id
),
homes AS (
    SELECT DISTINCT home_party
    FROM counted
)
SELECT counted.party_id, counted.home_party, counted.legs
FROM counted
JOIN of_party   ON of_party.party_id = counted.party_id
LEFT JOIN homes ON homes.home_party = counted.party_id
-- A party that stands at home anywhere is nobody else.
WHERE homes.home_party IS NULL AND of_party.is_home = 0 AND counted.legs >= 3 AND counted.legs * 10 >= of_party.legs * 9
