-- How the hops of the chains are known: seen or inferred, and how likely.
SELECT hops.in_row, hops.out_row, hops.basis, hops.probability
FROM hops
JOIN chain_pairs ON chain_pairs.in_row = hops.in_row AND chain_pairs.out_row = hops.out_row
