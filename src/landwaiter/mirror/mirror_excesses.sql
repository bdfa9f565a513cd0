-- Gaps beyond what the pair usually shows before the controls and what honest books differ by.
WITH dated AS (
    SELECT
        pairs.*,
        CASE WHEN pairs.year < controls.year THEN 1 ELSE 0 END AS is_history
    FROM mirror_pairs AS pairs
    JOIN mirror_controls AS controls ON controls.exporter = pairs.exporter
),
beside AS (
    SELECT
        dated.*,
        SUM(is_history) OVER (PARTITION BY exporter, importer, hs6) - is_history                   AS other_years,
        SUM(is_history * gap_bp) OVER (PARTITION BY exporter, importer, hs6) - is_history * gap_bp AS other_gaps
    FROM dated
),
allowed AS (
    SELECT
        exporter,
        importer,
        hs6,
        year,
        is_yearly,
        first_month,
        last_month,
        imports_cents,
        landed_cents,
        gap_bp,
        CAST(other_years AS BIGINT)                                                                AS other_years,
        CAST(CASE WHEN other_gaps > 0 THEN other_gaps // other_years ELSE 0 END AS BIGINT)         AS usual_bp
    FROM beside
)
SELECT *
FROM allowed
WHERE gap_bp > usual_bp + $benign_bp AND usual_bp + $benign_bp < 10000
