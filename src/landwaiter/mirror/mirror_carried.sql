-- Which codes the books of an importer carry at all, from any partner and in any period.
SELECT names.name AS importer, cells.hs6
FROM mirror_cells AS cells
JOIN mirror_names AS names ON names.country = cells.reporter AND names.side = 'reporter'
WHERE cells.flow = 'import' AND cells.cents > 0
GROUP BY names.name, cells.hs6
