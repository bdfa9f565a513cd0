-- Where reach begins: lots that go to a destination of concern.
SELECT row_no, quantity AS amount
FROM lots
WHERE is_to_target = 1
