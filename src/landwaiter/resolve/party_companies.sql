-- The day on which a register says that a party was founded; the earliest where several records are the same party.
SELECT
    party_id,
    CAST(MIN(DATE_DIFF('day', DATE '1970-01-01', incorporated_on)) AS INTEGER) AS born_day
FROM company_parties
WHERE incorporated_on IS NOT NULL
GROUP BY party_id
