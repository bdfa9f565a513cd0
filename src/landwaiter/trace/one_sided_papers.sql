-- What papers say of the one-sided firms: their addresses, each once.
SELECT one_sided.party_no, shipments.consignee_address AS address
FROM one_sided
JOIN shipments ON shipments.consignee_party = one_sided.party_id
WHERE one_sided.is_buyer = 1 AND shipments.consignee_address IS NOT NULL
UNION
SELECT one_sided.party_no, shipments.exporter_address AS address
FROM one_sided
JOIN shipments ON shipments.exporter_party = one_sided.party_id
WHERE one_sided.is_buyer = 0 AND shipments.exporter_address IS NOT NULL
