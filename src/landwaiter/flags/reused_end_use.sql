-- Several unrelated buyers of priority goods state the same end use word for word.
-- id: reused_end_use
-- title: The same stated end use of unrelated buyers
-- typology: none
-- question: 8
-- kind: red flag
-- innocent: A form of words that the exporter or its authority prescribes; branches of one firm.
-- misses: Texts that were changed by a word; end uses that no book states; a dealer whose goods keep the text of their maker.
-- source: METI check lists and EU guidance of September 2023: end-use statements that are copied; FinCEN FIN-2023-Alert004.
-- reason: Its end use is stated word for word as that of {others:other buyer}, by {sellers:seller}: {text}.
-- tested: One trade, whose papers keep the text from dealer to dealer: then the sellers would have bought under it too; {sellers:seller} did not.
WITH stated AS (
    SELECT DISTINCT end_use_texts.text, lots.row_id, lots.seller_no, lots.buyer_no, lots.day
    FROM end_use_texts
    LEFT JOIN legs ON legs.row_id = end_use_texts.row_id
    JOIN lots ON lots.row_id = COALESCE(legs.leg_id, end_use_texts.row_id)
    WHERE lots.tier <> ''
),
buyers_of_text AS (
    SELECT DISTINCT text, buyer_no
    FROM stated
),
-- Who bought under a text and sells under it passes goods on: that is one trade. Its customers are not asked.
first_hand AS (
    SELECT stated.*
    FROM stated
    LEFT JOIN buyers_of_text ON buyers_of_text.text = stated.text AND buyers_of_text.buyer_no = stated.seller_no
    WHERE buyers_of_text.buyer_no IS NULL
),
counted AS (
    SELECT text, COUNT(DISTINCT buyer_no) AS buyers, COUNT(DISTINCT seller_no) AS sellers
    FROM first_hand
    GROUP BY text
)
SELECT
    'party'                                                AS subject_kind,
    party_numbers.party_id                                 AS subject_id,
    CAST(LEAST(5000, 1000 * counted.buyers) AS INTEGER)    AS strength_bp,
    LIST_SORT(LIST(DISTINCT first_hand.row_id))                AS evidence_rows,
    MIN(first_hand.day)                                        AS first_day,
    MAX(first_hand.day)                                        AS last_day,
    counted.buyers - 1                                     AS others,
    counted.sellers,
    first_hand.text
FROM counted
JOIN first_hand    ON first_hand.text = counted.text
JOIN party_numbers ON party_numbers.party_no = first_hand.buyer_no
-- More buyers than ten use a form; two may be one firm.
WHERE counted.buyers >= 3 AND counted.buyers <= 10 AND counted.sellers >= 2
GROUP BY party_numbers.party_id, counted.buyers, counted.sellers, first_hand.text
