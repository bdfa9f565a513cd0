"""Is an order called total only where no two rows can tie?"""

import pytest

from landwaiter.engine.lint import complaints
from landwaiter.engine.order import known_keys
from landwaiter.engine.step import Step


def step_of(sql, name="made"):
    return Step(name, "A step.", {}, sql, (), ())


# A stored table that another step makes, known by its GROUP BY.
KEYS = known_keys([step_of("SELECT a, b, SUM(n) AS n FROM t GROUP BY a, b", "grouped")])


def is_total(sql):
    return not any("rows may tie" in complaint for complaint in complaints(step_of(sql), KEYS))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) AS c FROM grouped",
        "WITH g AS (SELECT a, b, COUNT(*) AS n FROM t GROUP BY a, b) "
        "SELECT LAG(n) OVER (PARTITION BY a ORDER BY b) AS c FROM g",
        "SELECT ROW_NUMBER() OVER (ORDER BY n, a) AS c FROM (SELECT a, COUNT(*) AS n FROM t GROUP BY a) AS g",
        "WITH d AS (SELECT DISTINCT a, b FROM t) SELECT ROW_NUMBER() OVER (ORDER BY a, b) AS c FROM d",
        "WITH u AS (SELECT a, b FROM t UNION ALL SELECT a, b FROM v) SELECT LAG(a) OVER (ORDER BY a, b) AS c FROM u",
        "SELECT a, ROW_NUMBER() OVER (ORDER BY a) AS c FROM t GROUP BY a",
        "SELECT ROW_NUMBER() OVER (PARTITION BY g.a ORDER BY g.b) AS c FROM grouped AS g "
        "JOIN hops ON hops.in_row = g.a AND hops.out_row = g.b",
        "SELECT ROW_NUMBER() OVER (PARTITION BY g.a ORDER BY g.b) AS c FROM grouped AS g "
        "LEFT JOIN t ON t.a = g.a WHERE t.a IS NULL",
    ],
)
def test_all_that_identifies_a_row_is_enough(sql):
    assert is_total(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT ROW_NUMBER() OVER (ORDER BY a) AS c FROM grouped",
        "SELECT ROW_NUMBER() OVER (ORDER BY b) AS c FROM t",
        "SELECT ROW_NUMBER() OVER (PARTITION BY g.a ORDER BY g.b) AS c FROM grouped AS g "
        "JOIN hops ON hops.in_row = g.a",
        "SELECT ROW_NUMBER() OVER (PARTITION BY h.a ORDER BY h.b) AS c FROM grouped AS g JOIN t AS h ON h.a = g.a",
        "SELECT ROW_NUMBER() OVER (PARTITION BY g.a ORDER BY g.b) AS c FROM grouped AS g "
        "LEFT JOIN t ON t.a = g.a WHERE t.a IS NOT NULL",
        "WITH s AS (SELECT * FROM t) SELECT ROW_NUMBER() OVER (ORDER BY a, b) AS c FROM s",
    ],
)
def test_anything_less_is_not(sql):
    assert not is_total(sql)
