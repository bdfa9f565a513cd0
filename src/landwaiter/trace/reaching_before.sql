-- The reaching amounts of the hops before the one that is now added.
SELECT row_no, amount
FROM reaching
