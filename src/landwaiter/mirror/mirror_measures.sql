-- What is tested at control and placebo dates, in one form: how much a series grew, and how far a partner's share moved.
-- A change is a ratio of its base, or an amount on top of it: what was too small before has no ratio worth the name.
SELECT
    'break'                                         AS kind,
    origin,
    role,
    test_no,
    partner,
    unit,
    is_heading,
    size,
    CASE WHEN size = 0 THEN 0 ELSE before_cents END AS base,
    CASE WHEN size = 0 THEN 0 ELSE 1 END            AS is_ratio,
    growth                                          AS change,
    before_cents                                    AS level_before,
    after_cents                                     AS level_after,
    after_cents                                     AS amount_cents,
    $least_cents                                    AS least_beyond
FROM mirror_growth
UNION ALL
SELECT
    'hub_share'          AS kind,
    origin,
    role,
    test_no,
    partner,
    unit,
    is_heading,
    size,
    before_bp            AS base,
    0                    AS is_ratio,
    after_bp - before_bp AS change,
    before_bp            AS level_before,
    after_bp             AS level_after,
    after_cents          AS amount_cents,
    1                    AS least_beyond
FROM mirror_shares
