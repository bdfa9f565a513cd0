-- A whole number for every part number that was declared for goods of a family.
SELECT part_number, family_no, CAST(ROW_NUMBER() OVER (ORDER BY family_no, part_number) AS INTEGER) AS part_no
FROM (
    SELECT DISTINCT shipments.part_number, goods_numbers.family_no
    FROM shipments
    LEFT JOIN goods_families ON goods_families.hs4 = shipments.hs4
    JOIN goods_numbers
        ON goods_numbers.hs6 = COALESCE(shipments.hs6, '')
        AND goods_numbers.family = COALESCE(goods_families.family, shipments.hs4, '')
    WHERE shipments.part_number IS NOT NULL
) AS declared_parts
