"""How does a step read on a cluster? The same tree, written as Spark's SQL."""

from functools import cache

from sqlglot import exp

from landwaiter.engine.step import parse


@cache
def to_spark(sql: str, name: str) -> str:
    """The step's SELECT in Spark SQL, its bound parameters as `:name`.

    Args:
        sql: one SELECT in DuckDB's dialect that keeps the rules of `lint.py`.
        name: what to call the step in an error.
    """
    return parse(sql, name).transform(_spoken_by_spark).sql(dialect="spark")


def _spoken_by_spark(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.Length):
        # Steps have no string functions, so LEN is always that of a list; Spark's LENGTH takes only strings.
        return exp.ArraySize(this=node.this)
    return node
