-- What each partner bought of each comparable code in the months of a test and in the same months a year before.
SELECT
    tests.test_no,
    exports.partner,
    units.unit,
    units.is_heading,
    CAST(SUM(CASE WHEN exports.month < tests.start THEN exports.cents ELSE 0 END) AS BIGINT)  AS before_cents,
    CAST(SUM(CASE WHEN exports.month >= tests.start THEN exports.cents ELSE 0 END) AS BIGINT) AS after_cents
FROM mirror_tests AS tests
JOIN mirror_exports AS exports
    ON exports.origin = tests.origin
    AND exports.month >= tests.start - 12
    AND exports.month < tests.start + tests.months
    AND (exports.month < tests.start - 12 + tests.months OR exports.month >= tests.start)
JOIN mirror_units AS units ON units.test_no = tests.test_no AND units.code = exports.code
GROUP BY tests.test_no, exports.partner, units.unit, units.is_heading
