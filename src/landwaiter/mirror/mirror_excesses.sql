-- Gaps beyond what the pair usually shows before the controls and what honest books differ by.
-- After the controls the pair's own spread is allowed, at least half of what is benign; a year before them, or a pair with
-- less than two years of history, is allowed all that is benign on top of the usual.
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
        SUM(is_history * gap_bp) OVER (PARTITION BY exporter, importer, hs6) - is_history * gap_bp AS other_gaps,
        MAX(CASE WHEN is_history = 1 THEN gap_bp END) OVER (PARTITION BY exporter, importer, hs6)  AS widest,
        MIN(CASE WHEN is_history = 1 THEN gap_bp END) OVER (PARTITION BY exporter, importer, hs6)  AS narrowest
    FROM dated
),
usual AS (
    SELECT
        beside.*,
        CASE WHEN other_gaps > 0 THEN other_gaps // other_years ELSE 0 END AS usual_bp
    FROM beside
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
        CAST(other_years AS BIGINT) AS other_years,
        CAST(usual_bp AS BIGINT)    AS usual_bp,
        CAST(
            CASE
                WHEN is_history = 1 OR other_years < 2 THEN usual_bp + $benign_bp
                ELSE GREATEST($benign_bp, usual_bp + GREATEST(widest - narrowest, $benign_bp // 2))
            END AS BIGINT
        )                           AS allowed_bp
    FROM usual
)
SELECT *
FROM allowed
WHERE gap_bp > allowed_bp AND allowed_bp < 10000
