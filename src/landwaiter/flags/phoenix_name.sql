-- A party of a shipment was founded soon after a firm of its name was struck off or listed.
-- id: phoenix_name
-- title: A new firm under the name of one that is gone
-- typology: T03
-- question: 18
-- kind: red flag
-- innocent: A family that founds its firm anew, a reorganisation, or a namesake; a listed firm has namesakes too.
-- misses: New names; registers without days; firms that change their name after they were founded.
-- source: BIS guidance of 10 July 2024 on parties that replace a listed one; EU guidance of 7 September 2023, newly founded counterparties.
-- reason: Founded on {founded_on}, {gap_days:day} after {former_name} was {kind} on {gone_on}, whose name it bears.
-- rows: all of the party
WITH nearest AS (
    SELECT
        phoenix_names.*,
        ROW_NUMBER() OVER (PARTITION BY party_id ORDER BY kind, ABS(gap_days), former_id) AS place
    FROM phoenix_names
)
SELECT
    'party'                                       AS subject_kind,
    party_id                                      AS subject_id,
    CAST(CASE WHEN kind = 'listed' THEN 6000 ELSE 4000 END AS INTEGER) AS strength_bp,
    [COALESCE(former_party, former_id)]           AS evidence_former,
    former_name,
    kind,
    founded_day,
    gone_day,
    GREATEST(gap_days, 0)                         AS gap_days
FROM nearest
WHERE place = 1
