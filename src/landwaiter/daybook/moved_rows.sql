-- The rows of the book that name a moved mention.
SELECT shipments.row_no
FROM shipments
JOIN moved_mentions
    ON moved_mentions.reporter = shipments.reporter
    AND moved_mentions.name = shipments.exporter_name
    AND moved_mentions.country = COALESCE(shipments.exporter_country, '')
    AND moved_mentions.id = COALESCE(shipments.exporter_id, '')
UNION
SELECT shipments.row_no
FROM shipments
JOIN moved_mentions
    ON moved_mentions.reporter = shipments.reporter
    AND moved_mentions.name = shipments.consignee_name
    AND moved_mentions.country = COALESCE(shipments.consignee_country, '')
    AND moved_mentions.id = COALESCE(shipments.consignee_id, '')
UNION
SELECT shipments.row_no
FROM shipments
JOIN moved_mentions
    ON moved_mentions.reporter = shipments.reporter
    AND moved_mentions.name = shipments.end_user_name
    AND moved_mentions.country = COALESCE(shipments.end_user_country, '')
    AND moved_mentions.id = ''
