-- What an origin sends of a priority code to a third country jumps in the half year in which its controls begin, as hardly any route does on other dates, and goes on.
-- id: ramp_at_control
-- title: A ramp when the controls began
-- typology: T19
-- question: 7
-- kind: red flag
-- innocent: A project or a factory that uses the goods, a season, a shortage elsewhere; a code that a new nomenclature made.
-- misses: Ramps that begin months later; routes without trade beforehand in the goods compared; hubs whose sales stand in no book; many routes that each take a little.
-- source: EBRD working paper on sanctions and trade diversion, 2023: triple differences around the control dates, with placebo dates.
-- reason: {hub} took {growth_pct} % as much of {code} from {origin} in the half year after its controls as before; other goods on that route {route_pct} %, the code to the rest of the world {code_pct} %; {onward_pct} % of it went on to a destination of concern.
-- tested: A season or chance: of {placebos:test} of all routes on two dates when nothing began, {above} gave as much; a shortage: the code to the rest of the world gives {code_pct} %; a factory: {onward_pct} % went on.
WITH sales AS (
    SELECT
        lots.from_country,
        lots.to_country,
        lots.hs6,
        lots.row_id,
        lots.day,
        lots.cents,
        CASE WHEN lots.tier <> '' THEN 1 ELSE 0 END                                                    AS is_listed,
        CASE WHEN targets.country IS NULL THEN 0 ELSE 1 END                                            AS is_target,
        CAST(FLOOR((lots.day - DATE_DIFF('day', DATE '1970-01-01', origins.since)) / 182e0) AS INTEGER) AS half_no
    FROM lots
    JOIN origins ON origins.country = lots.from_country
    -- As the origin's own books have them, where there are any: a leg whose two records were not unified counts once.
    JOIN books ON books.from_country = lots.from_country AND books.to_country = lots.to_country
    LEFT JOIN targets ON targets.country = lots.to_country
    WHERE lots.from_country <> lots.to_country AND (lots.is_sent_seen = 1 OR books.has_exports = 0)
),
halves AS (
    SELECT
        from_country, to_country, hs6, is_listed, is_target, half_no,
        CAST(SUM(cents) AS BIGINT)    AS cents,
        COUNT(*)                      AS lots
    FROM sales
    WHERE half_no BETWEEN -2 AND 2
    GROUP BY from_country, to_country, hs6, is_listed, is_target, half_no
),
other_goods AS (
    SELECT from_country, to_country, half_no, CAST(SUM(cents) AS BIGINT) AS cents
    FROM halves
    WHERE is_listed = 0
    GROUP BY from_country, to_country, half_no
),
whole_code AS (
    SELECT from_country, hs6, half_no, CAST(SUM(cents) AS BIGINT) AS cents
    FROM halves
    WHERE is_target = 0
    GROUP BY from_country, hs6, half_no
),
-- Every route on the date of its origin's controls, and on one half a year earlier and one a year later.
changes AS (
    SELECT
        now.from_country,
        now.to_country,
        now.hs6,
        now.half_no,
        now.cents,
        CASE WHEN now.half_no = 0 THEN 0 ELSE 1 END                                                       AS is_placebo,
        100 * now.cents // past.cents                                                                     AS growth_pct,
        100 * COALESCE(other_now.cents, 0) // other_past.cents                                            AS route_pct,
        100 * (code_now.cents - now.cents) // (code_past.cents - past.cents)                              AS code_pct
    FROM halves AS now
    JOIN halves AS past
        ON past.from_country = now.from_country AND past.to_country = now.to_country AND past.hs6 = now.hs6
        AND past.is_listed = now.is_listed AND past.half_no = now.half_no - 1
    JOIN other_goods AS other_past
        ON other_past.from_country = now.from_country AND other_past.to_country = now.to_country
        AND other_past.half_no = now.half_no - 1
    LEFT JOIN other_goods AS other_now
        ON other_now.from_country = now.from_country AND other_now.to_country = now.to_country
        AND other_now.half_no = now.half_no
    JOIN whole_code AS code_now
        ON code_now.from_country = now.from_country AND code_now.hs6 = now.hs6 AND code_now.half_no = now.half_no
    JOIN whole_code AS code_past
        ON code_past.from_country = now.from_country AND code_past.hs6 = now.hs6 AND code_past.half_no = now.half_no - 1
    WHERE now.is_listed = 1 AND now.is_target = 0 AND now.half_no IN (-1, 0, 2) AND now.lots >= 5
        AND past.cents > 0 AND other_past.cents > 0 AND code_past.cents > past.cents
),
weighed AS (
    SELECT changes.*, 100 * growth_pct // GREATEST(100, route_pct, code_pct) AS excess_pct
    FROM changes
),
ranked AS (
    SELECT
        weighed.*,
        SUM(is_placebo) OVER (
            ORDER BY excess_pct DESC, is_placebo DESC, from_country, to_country, hs6, half_no
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        )                                 AS above,
        SUM(is_placebo) OVER ()           AS placebos
    FROM weighed
),
onward AS (
    SELECT
        relays.from_country,
        relays.in_hs6 AS hs6,
        relays.hub_country,
        CAST(SUM(CAST(FLOOR(
            CAST(relays.in_cents AS DOUBLE) * CAST(relays.quantity AS DOUBLE) / CAST(relays.in_quantity AS DOUBLE)
        ) AS BIGINT)) AS BIGINT) AS cents
    FROM relays
    JOIN origins ON origins.country = relays.from_country
    WHERE relays.is_to_target = 1
        AND relays.in_day >= DATE_DIFF('day', DATE '1970-01-01', origins.since)
        AND relays.in_day < DATE_DIFF('day', DATE '1970-01-01', origins.since) + 182
    GROUP BY relays.from_country, relays.in_hs6, relays.hub_country
),
ramps AS (
    SELECT
        ranked.from_country, ranked.to_country, ranked.hs6, ranked.growth_pct, ranked.route_pct, ranked.code_pct,
        CAST(ranked.above AS BIGINT)                                     AS above,
        CAST(ranked.placebos AS BIGINT)                                  AS placebos,
        CAST(LEAST(100, 100 * onward.cents // ranked.cents) AS INTEGER)  AS onward_pct
    FROM ranked
    JOIN onward
        ON onward.from_country = ranked.from_country AND onward.hs6 = ranked.hs6
        AND onward.hub_country = ranked.to_country
    -- Twice what the other goods and the other countries explain, one route in twenty by chance, and a third seen to go on.
    WHERE ranked.is_placebo = 0 AND ranked.excess_pct >= 200 AND ranked.placebos >= 2
        AND 20 * ranked.above <= ranked.placebos
        AND 3 * onward.cents >= ranked.cents
),
largest AS (
    SELECT
        sales.from_country,
        sales.to_country,
        sales.hs6,
        sales.row_id,
        sales.day,
        ROW_NUMBER() OVER (
            PARTITION BY sales.from_country, sales.to_country, sales.hs6 ORDER BY sales.cents DESC, sales.row_id
        ) AS place
    FROM sales
    JOIN ramps
        ON ramps.from_country = sales.from_country AND ramps.to_country = sales.to_country AND ramps.hs6 = sales.hs6
    WHERE sales.half_no = 0
)
SELECT
    'route'                                                                    AS subject_kind,
    ramps.from_country                                                         AS origin,
    ramps.to_country                                                           AS hub,
    ramps.hs6                                                                  AS code,
    CAST(10000 * (ramps.placebos - ramps.above) // ramps.placebos * ramps.onward_pct // 100 AS INTEGER) AS strength_bp,
    LIST_SORT(LIST(largest.row_id))                                            AS evidence,
    MIN(largest.day)                                                           AS first_day,
    MAX(largest.day)                                                           AS last_day,
    ramps.growth_pct,
    ramps.route_pct,
    ramps.code_pct,
    ramps.above,
    ramps.placebos,
    ramps.onward_pct
FROM ramps
JOIN largest
    ON largest.from_country = ramps.from_country AND largest.to_country = ramps.to_country AND largest.hs6 = ramps.hs6
WHERE largest.place <= 50
GROUP BY
    ramps.from_country, ramps.to_country, ramps.hs6, ramps.growth_pct, ramps.route_pct, ramps.code_pct, ramps.above,
    ramps.placebos, ramps.onward_pct
