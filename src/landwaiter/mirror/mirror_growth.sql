-- Year-on-year growth of each series at control and placebo dates, beside series that were as large before.
-- What was under 1,000 before has no ratio worth the name: there the amount itself is compared.
SELECT
    tests.origin,
    tests.role,
    tests.test_no,
    windows.partner,
    windows.unit,
    windows.is_heading,
    windows.before_cents,
    windows.after_cents,
    CASE
        WHEN windows.before_cents < 100000     THEN 0
        WHEN windows.before_cents < 1000000    THEN 1
        WHEN windows.before_cents < 10000000   THEN 2
        WHEN windows.before_cents < 100000000  THEN 3
        WHEN windows.before_cents < 1000000000 THEN 4
        ELSE 5
    END AS size,
    CASE
        WHEN windows.before_cents < 100000 THEN windows.after_cents
        ELSE windows.after_cents * 10000 // NULLIF(windows.before_cents, 0)
    END AS growth
FROM mirror_windows AS windows
JOIN mirror_tests AS tests          ON tests.test_no = windows.test_no
LEFT JOIN mirror_targets AS targets ON targets.country = windows.partner
WHERE targets.country IS NULL AND tests.role <> 'window'
