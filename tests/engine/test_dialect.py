"""Does a step keep its meaning when it is written as Spark's SQL?"""

import pytest

from engine.recording import all_steps
from landwaiter.engine.dialect import to_spark

STEPS = {step.name: step for step in all_steps()}


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("SELECT LEN(l) AS n FROM t", "SELECT SIZE(l) AS n FROM t"),
        ("SELECT a // b AS c FROM t", "SELECT a DIV b AS c FROM t"),
        ("SELECT LIST_SORT(LIST(DISTINCT a)) AS c FROM t", "SELECT ARRAY_SORT(COLLECT_LIST(DISTINCT a)) AS c FROM t"),
        ("SELECT [a, b] AS c FROM t", "SELECT ARRAY(a, b) AS c FROM t"),
        ("SELECT a FROM t WHERE b >= $as_of", "SELECT a FROM t WHERE b >= :as_of"),
        ("SELECT DATE_DIFF('day', a, b) AS c FROM t", "SELECT DATEDIFF(DAY, a, b) AS c FROM t"),
        (
            "SELECT ROW_NUMBER() OVER (ORDER BY a, b DESC) AS c FROM t",
            "SELECT ROW_NUMBER() OVER (ORDER BY a NULLS LAST, b DESC) AS c FROM t",
        ),
    ],
)
def test_what_engines_say_differently(written, spoken):
    assert to_spark(written, "made") == spoken


@pytest.mark.parametrize("name", STEPS)
def test_every_parameter_of_a_step_survives(name):
    spoken = to_spark(STEPS[name].sql, name)
    assert all(f":{parameter}" in spoken for parameter in STEPS[name].parameters)
    assert "$" not in spoken
