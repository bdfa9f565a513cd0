"""Does the lint let every step through, and stop each known way in which engines differ?"""

import pytest
from sqlglot import exp

from engine.recording import all_steps
from landwaiter.engine.functions import FUNCTIONS, REFUSED, SHAPES
from landwaiter.engine.lint import complaints
from landwaiter.engine.order import known_keys
from landwaiter.engine.step import Step

STEPS = {step.name: step for step in all_steps()}
KEYS = known_keys(STEPS.values())


def step_of(sql, name="made"):
    return Step(name, "A step.", {}, sql, (), ())


@pytest.mark.parametrize("name", STEPS)
def test_a_step_keeps_every_rule(name):
    assert complaints(STEPS[name], KEYS) == []


@pytest.mark.parametrize(
    ("sql", "advice"),
    [
        ("SELECT CAST(a / CAST(b AS DOUBLE) AS INTEGER) AS c FROM t", "say FLOOR, CEIL or ROUND"),
        ("SELECT CAST(2.5e0 * a AS BIGINT) AS c FROM t", "say FLOOR, CEIL or ROUND"),
        ("SELECT CAST(CASE WHEN a > 1 THEN CAST(b AS DOUBLE) ELSE 0 END AS BIGINT) AS c FROM t", "say FLOOR"),
        ("SELECT a / b AS c FROM t", "write // or cast one to DOUBLE"),
        ("SELECT a / 365.0 AS c FROM t", "write 365.0e0, a DOUBLE"),
        ("SELECT CAST(a AS DECIMAL(10, 2)) AS c FROM t", "no cast to DECIMAL(10, 2)"),
        ("SELECT CAST(a AS VARCHAR) AS c FROM t", "make text in Python"),
        ("SELECT CAST(a AS DATE) AS c FROM t", "only a literal is certain"),
        ("SELECT TRY_CAST(a AS INTEGER) AS c FROM t", "set aside by the loader"),
        ("SELECT SUM(CAST(a AS DOUBLE)) AS c FROM t", "sum integers"),
        ("SELECT AVG(a) AS c FROM t", "sum integers"),
        ("SELECT ROUND(a, 2) AS c FROM t", "rounding to decimals differs"),
        ("SELECT DATE_DIFF('month', a, b) AS c FROM t", "count days"),
        ("SELECT DATE_DIFF('year', a, b) AS c FROM t", "count days"),
        ("SELECT a + INTERVAL 3 DAY AS c FROM t", "DuckDB gives a timestamp"),
        ("SELECT DATE '2024-01-01' - DATE '2023-01-01' AS c", "use DATE_DIFF"),
        ("SELECT DATE_TRUNC('month', a) AS c FROM t", "engines differ in months"),
        ("SELECT YEAR(a) AS c FROM t", "engines differ in months"),
        ("SELECT LIST(a ORDER BY b) AS c FROM t", "Spark knows no order inside a list"),
        ("SELECT LIST(a) AS c FROM t", "write LIST_SORT(LIST(x))"),
        ("SELECT a[1] AS c FROM t", "counted from 1 or 0"),
        ("SELECT UNNEST(a) AS c FROM t", "unfold it in Python"),
        ("SELECT u.c FROM t, UNNEST(t.a) AS u(c)", "unfold it in Python"),
        ("SELECT LOWER(a) AS c FROM t", "text work is Python over Arrow"),
        ("SELECT UPPER(a) AS c FROM t", "text work is Python over Arrow"),
        ("SELECT a || b AS c FROM t", "text work is Python over Arrow"),
        ("SELECT a FROM t WHERE a LIKE 'x%'", "text work is Python over Arrow"),
        ("SELECT LEVENSHTEIN(a, b) AS c FROM t", "wrong on Chinese and Cyrillic"),
        ("SELECT JARO_WINKLER_SIMILARITY(a, b) AS c FROM t", "not on the list"),
        ("SELECT MD5(a) AS c FROM t", "make digests in Python"),
        ("SELECT HASH(a) AS c FROM t", "not on the list"),
        ("SELECT RANDOM() AS c FROM t", "the same tables in"),
        ("SELECT UUID() AS c FROM t", "the same tables in"),
        ("SELECT a FROM t USING SAMPLE 5", "the same tables in"),
        ("SELECT CURRENT_DATE AS c FROM t", "reads no clock"),
        ("SELECT TODAY() AS c FROM t", "reads no clock"),
        ("SELECT NOW() AS c FROM t", "not on the list"),
        ("SELECT ARG_MAX(a, b) AS c FROM t", "which of several rows it takes is chance"),
        ("SELECT FIRST(a) AS c FROM t", "which of several rows it takes is chance"),
        ("SELECT ANY_VALUE(a) AS c FROM t", "which of several rows it takes is chance"),
        ("SELECT ROW_NUMBER() OVER (ORDER BY a) AS c FROM t", "rows may tie"),
        ("SELECT ROW_NUMBER() OVER () AS c FROM t", "rows may tie"),
        ("SELECT LAG(a) OVER (PARTITION BY b ORDER BY day) AS c FROM t", "rows may tie"),
        ("SELECT SUM(a) OVER (ORDER BY day ROWS UNBOUNDED PRECEDING) AS c FROM t", "rows may tie"),
        ("SELECT a FROM t LIMIT 3", "rows may tie"),
        ("SELECT a, b FROM t ORDER BY b DESC LIMIT 3", "rows may tie"),
        ("SELECT SUM(a) FILTER (WHERE b > 1) OVER (PARTITION BY d) AS c FROM t", "Sail has no FILTER in a window"),
        ("SELECT a, COUNT(*) AS c FROM t GROUP BY ALL", "Sail does not know it"),
        ("SELECT a, COUNT(*) AS c FROM t GROUP BY ROLLUP (a)", "separate selects"),
        ("SELECT a FROM t ORDER BY ALL", "say the columns"),
        ("SELECT DISTINCT ON (a) b FROM t", "which row it keeps is chance"),
        ("SELECT * EXCLUDE (a) FROM t", "Spark does not know it"),
        ("SELECT COLUMNS('a.*') FROM t", "say the columns"),
        ("SELECT a FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY row_id) = 1", "number the rows in a common table"),
        ("SELECT a FROM t ASOF JOIN u ON t.a >= u.a", "not every engine has it"),
        ("WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r WHERE a < 3) SELECT a FROM r", "loop over"),
    ],
)
def test_a_known_difference_is_stopped_with_advice(sql, advice):
    assert any(advice in complaint for complaint in complaints(step_of(sql))), complaints(step_of(sql))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT CAST(FLOOR(a / CAST(b AS DOUBLE)) AS BIGINT) AS c FROM t",
        "SELECT CAST(SUM(CASE WHEN a > 1 THEN b ELSE 0 END) AS BIGINT) AS c FROM t",
        "SELECT 10000 * a // b AS c FROM t",
        "SELECT DATE_DIFF('day', DATE '1970-01-01', day) AS c FROM t",
        "SELECT LIST_SORT(LIST(DISTINCT a)) AS c FROM t",
        "SELECT LIST_SORT(LIST(a) FILTER (WHERE b > 1)) AS c FROM t",
        "SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY day, row_id) AS c FROM t",
        "SELECT ROW_NUMBER() OVER (PARTITION BY in_row ORDER BY out_row) AS c FROM hops",
        "SELECT DENSE_RANK() OVER (ORDER BY a) AS c FROM t",
        "SELECT SUM(a) OVER (PARTITION BY b) AS c FROM t",
        "SELECT CAST(NULL AS VARCHAR) AS c FROM t WHERE day >= $as_of",
        "SELECT a FROM t ORDER BY b DESC, a_id LIMIT 3",
    ],
)
def test_what_engines_agree_on_passes(sql):
    assert complaints(step_of(sql)) == []


def test_no_word_is_both_allowed_and_refused():
    assert not set(REFUSED) & (set(FUNCTIONS) | SHAPES)


def test_every_word_on_the_lists_is_one_that_the_parser_knows():
    for name in [*FUNCTIONS, *REFUSED, *SHAPES]:
        assert issubclass(getattr(exp, name), exp.Expr), name
