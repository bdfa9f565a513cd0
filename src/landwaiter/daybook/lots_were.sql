-- Every lot of the book as it was.
SELECT * FROM lots
