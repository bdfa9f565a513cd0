-- The parties that relayed each chain: who received one of its lots and sent the next.
SELECT DISTINCT chains.chain_id, shipments.consignee_party AS party_id
FROM chains
JOIN chains AS next_legs ON next_legs.chain_id = chains.chain_id AND next_legs.position = chains.position + 1
JOIN shipments ON shipments.row_id = chains.row_id
