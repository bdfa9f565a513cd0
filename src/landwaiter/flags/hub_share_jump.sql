-- A third country's share of an origin's exports of a priority code jumps when the controls begin.
-- id: hub_share_jump
-- title: Hub share jump
-- typology: T13
-- kind: red flag
-- innocent: A large project or a factory opened in the hub, a seasonal order, a new revision of the nomenclature.
-- misses: Hubs whose own exports stand in no book; origins with less than a year of rows before; many hubs that each take a little.
-- source: EBRD working paper on sanctions and trade diversion, 2023; the test of a break against a placebo year.
-- reason: {hub} took {before_pct} % of what {origin} exported of {code} in the year before the controls and {after_pct} % in the year after (a year earlier the change was {placebo_pct} points), and {onward_pct} % of that went on to a destination of concern.
-- tested: A season or a growing market: the same test a year earlier gives {placebo_pct} points; a factory that uses the goods: {onward_pct} % of them were seen to go on to a destination of concern.
WITH windows AS (
    SELECT
        lots.from_country,
        lots.to_country,
        lots.hs6,
        lots.row_id,
        lots.day,
        lots.cents,
        FLOOR((lots.day - DATE_DIFF('day', DATE '1970-01-01', origins.since)) / 365e0) AS year_no
    FROM lots
    JOIN origins ON origins.country = lots.from_country
    -- As the origin's own books have them, where there are any: a leg whose two records were not unified counts once.
    JOIN books ON books.from_country = lots.from_country AND books.to_country = lots.to_country
    WHERE lots.tier <> '' AND lots.from_country <> lots.to_country AND (lots.is_sent_seen = 1 OR books.has_exports = 0)
),
totals AS (
    SELECT
        from_country,
        hs6,
        CAST(SUM(CASE WHEN year_no = -2 THEN cents ELSE 0 END) AS BIGINT) AS placebo_cents,
        CAST(SUM(CASE WHEN year_no = -1 THEN cents ELSE 0 END) AS BIGINT) AS before_cents,
        CAST(SUM(CASE WHEN year_no = 0 THEN cents ELSE 0 END) AS BIGINT)  AS after_cents
    FROM windows
    GROUP BY from_country, hs6
),
hubs AS (
    SELECT
        windows.from_country,
        windows.hs6,
        windows.to_country,
        CAST(SUM(CASE WHEN windows.year_no = -2 THEN windows.cents ELSE 0 END) AS BIGINT) AS placebo_cents,
        CAST(SUM(CASE WHEN windows.year_no = -1 THEN windows.cents ELSE 0 END) AS BIGINT) AS before_cents,
        CAST(SUM(CASE WHEN windows.year_no = 0 THEN windows.cents ELSE 0 END) AS BIGINT)  AS after_cents,
        SUM(CASE WHEN windows.year_no = 0 THEN 1 ELSE 0 END)                              AS after_lots
    FROM windows
    LEFT JOIN targets ON targets.country = windows.to_country
    WHERE targets.country IS NULL
    GROUP BY windows.from_country, windows.hs6, windows.to_country
),
shares AS (
    SELECT
        hubs.from_country,
        hubs.hs6,
        hubs.to_country,
        hubs.after_lots,
        hubs.after_cents,
        100 * hubs.before_cents // totals.before_cents AS before_pct,
        100 * hubs.after_cents // totals.after_cents   AS after_pct,
        CASE
            WHEN totals.placebo_cents > 0
            THEN 100 * hubs.before_cents // totals.before_cents - 100 * hubs.placebo_cents // totals.placebo_cents
        END                                            AS placebo_pct
    FROM hubs
    JOIN totals ON totals.from_country = hubs.from_country AND totals.hs6 = hubs.hs6
    WHERE totals.before_cents > 0 AND totals.after_cents > 0
),
onward AS (
    SELECT
        relays.from_country,
        relays.in_hs6 AS hs6,
        relays.hub_country,
        CAST(SUM(CAST(FLOOR(
            CAST(relays.in_cents AS DOUBLE) * CAST(relays.quantity AS DOUBLE) / CAST(relays.in_quantity AS DOUBLE)
        ) AS BIGINT)) AS BIGINT) AS onward_cents
    FROM relays
    JOIN origins ON origins.country = relays.from_country
    WHERE relays.is_to_target = 1
        AND relays.in_day >= DATE_DIFF('day', DATE '1970-01-01', origins.since)
        AND relays.in_day < DATE_DIFF('day', DATE '1970-01-01', origins.since) + 365
    GROUP BY relays.from_country, relays.in_hs6, relays.hub_country
),
jumps AS (
    SELECT
        shares.from_country, shares.hs6, shares.to_country, shares.before_pct, shares.after_pct,
        COALESCE(shares.placebo_pct, 0)                  AS placebo_pct,
        100 * onward.onward_cents // shares.after_cents  AS onward_pct
    FROM shares
    JOIN onward
        ON onward.from_country = shares.from_country
        AND onward.hs6 = shares.hs6
        AND onward.hub_country = shares.to_country
    -- Twenty points, three times the change of the year before, enough lots that no single order makes it, and a third of
    -- it seen to leave for a destination of concern: a factory that uses the goods is no hub.
    WHERE shares.after_pct - shares.before_pct >= 20
        AND shares.after_pct - shares.before_pct >= 3 * ABS(COALESCE(shares.placebo_pct, 0))
        AND shares.after_lots >= 10
        AND 3 * onward.onward_cents >= shares.after_cents
),
largest AS (
    SELECT
        windows.from_country,
        windows.hs6,
        windows.to_country,
        windows.row_id,
        windows.day,
        ROW_NUMBER() OVER (
            PARTITION BY windows.from_country, windows.hs6, windows.to_country ORDER BY windows.cents DESC, windows.row_id
        ) AS place
    FROM windows
    JOIN jumps
        ON jumps.from_country = windows.from_country
        AND jumps.hs6 = windows.hs6
        AND jumps.to_country = windows.to_country
    WHERE windows.year_no = 0
)
SELECT
    'route'                                                            AS subject_kind,
    jumps.from_country                                                 AS origin,
    jumps.to_country                                                   AS hub,
    jumps.hs6                                                          AS code,
    CAST(LEAST(10000, 100 * (jumps.after_pct - jumps.before_pct)) AS INTEGER) AS strength_bp,
    LIST_SORT(LIST(largest.row_id))                                    AS evidence,
    MIN(largest.day)                                                   AS first_day,
    MAX(largest.day)                                                   AS last_day,
    jumps.before_pct,
    jumps.after_pct,
    jumps.placebo_pct,
    jumps.onward_pct
FROM jumps
JOIN largest
    ON largest.from_country = jumps.from_country
    AND largest.hs6 = jumps.hs6
    AND largest.to_country = jumps.to_country
WHERE largest.place <= 50
GROUP BY
    jumps.from_country, jumps.to_country, jumps.hs6, jumps.before_pct, jumps.after_pct, jumps.placebo_pct,
    jumps.onward_pct
