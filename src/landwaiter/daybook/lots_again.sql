-- Every lot as it was before all were made again, so that what changed can be told.
SELECT * FROM lots_were
