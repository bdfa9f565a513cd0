-- A whole number for every party, in the order of party_id: ledgers are sorted by numbers, not by text.
SELECT
    party_id,
    CAST(ROW_NUMBER() OVER (ORDER BY party_id) AS INTEGER) AS party_no
FROM parties
