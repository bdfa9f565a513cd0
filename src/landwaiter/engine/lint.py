"""Would this step give the same rows on every engine? Says what is not certain to, and what to write instead.

A lint over sqlglot's tree: it lets through only what is listed in `functions.py`, and refuses the known ways in which
the same words mean different things to DuckDB, Sail and Spark without an error.
"""

from collections.abc import Iterator, Mapping

from sqlglot import exp

from landwaiter.engine.functions import CASTS, FUNCTIONS, REFUSED, SHAPES
from landwaiter.engine.order import Keys, has_total_order
from landwaiter.engine.step import Step, parse

_RANKED = (exp.RowNumber, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue)
_WHOLE = (exp.Floor, exp.Ceil, exp.Round)


def complaints(step: Step, keys: Mapping[str, Keys] | None = None) -> list[str]:
    """One sentence for each rule that the step breaks, in the order of its text; empty where it keeps them all.

    Args:
        step: the step.
        keys: what identifies a row of the tables it reads, from `order.known_keys`; without, only the contracts'.
    """
    tree = parse(step.sql, step.name)
    found: list[str] = []
    for node in tree.walk():
        found += _words(node)
        found += _casts(node)
        found += _arithmetic(node)
        found += _lists(node)
        found += _windows(node)
        found += _order(node, keys or {})
        found += _selects(node)
    return list(dict.fromkeys(found))


def _words(node: exp.Expr) -> Iterator[str]:
    kind = type(node).__name__
    if isinstance(node, exp.Anonymous):
        yield f"{node.name.upper()} is not on the list of functions that every engine agrees on"
    elif kind not in SHAPES and kind not in FUNCTIONS:
        reason = REFUSED.get(kind, "not on the list of functions that every engine agrees on")
        yield f"{_said(node)}: {reason}"
    if isinstance(node, exp.DateDiff) and (node.unit is None or node.unit.name.upper() != "DAY"):
        yield f"{_said(node)}: engines count months and years differently; count days"
    if isinstance(node, exp.Round) and node.args.get("decimals") is not None:
        yield f"{_said(node)}: rounding to decimals differs; round a whole number of the smaller unit"


def _casts(node: exp.Expr) -> Iterator[str]:
    if not isinstance(node, exp.Cast):
        return
    kind = node.to.sql(dialect="duckdb")
    if kind not in CASTS:
        yield f"{_said(node)}: no cast to {kind}; integers, DOUBLE, DATE, and NULL as text are"
    elif kind in ("BIGINT", "INT") and _is_float(node.this):
        yield f"{_said(node)}: DuckDB rounds and Spark truncates; say FLOOR, CEIL or ROUND"
    elif kind in ("TEXT", "TEXT[]") and not isinstance(node.this, exp.Null | exp.Array):
        yield f"{_said(node)}: engines write numbers and days differently; make text in Python"
    elif kind == "DATE" and not isinstance(node.this, exp.Literal | exp.Null | exp.Placeholder):
        yield f"{_said(node)}: engines read days from text differently; only a literal is certain"


def _arithmetic(node: exp.Expr) -> Iterator[str]:
    if isinstance(node, exp.Literal) and not node.is_string and "." in node.this and "e" not in node.this.lower():
        yield f"{node.this}: a decimal, which engines divide to other digits; write {node.this}e0, a DOUBLE"
    if isinstance(node, exp.Div) and not (_is_float(node.left) or _is_float(node.right)):
        yield f"{_said(node)}: of whole numbers; write // or cast one to DOUBLE"
    if isinstance(node, exp.Sum) and _is_float(node.this):
        yield f"{_said(node)}: {REFUSED['Avg']}"
    if isinstance(node, exp.Add | exp.Sub) and any(_is_day(side) for side in (node.left, node.right)):
        yield f"{_said(node)}: engines give days, an interval or a timestamp; use DATE_DIFF('day', from, to)"


def _lists(node: exp.Expr) -> Iterator[str]:
    if not isinstance(node, exp.ArrayAgg):
        return
    if isinstance(node.this, exp.Order):
        yield f"{_said(node)}: Spark knows no order inside a list; write LIST_SORT(LIST(x))"
    held_by = node.parent.parent if isinstance(node.parent, exp.Filter) else node.parent
    if not isinstance(held_by, exp.ArraySort):
        yield f"{_said(node)}: the order of its items is chance; write LIST_SORT(LIST(x))"


def _windows(node: exp.Expr) -> Iterator[str]:
    if isinstance(node, exp.Window) and isinstance(node.this, exp.Filter):
        yield f"{_said(node)}: Sail has no FILTER in a window; use CASE inside the aggregate"


def _order(node: exp.Expr, keys: Mapping[str, Keys]) -> Iterator[str]:
    """Rows that are numbered, cut or looked back at need an order without ties."""
    if isinstance(node, exp.Window):
        frame = node.args.get("spec")
        by_rows = frame is not None and frame.args.get("kind") == "ROWS"
        named = isinstance(node.this, exp.Identifier) or node.args.get("alias")
        if not (by_rows or isinstance(node.this, _RANKED) or (named and node.args.get("order"))):
            return
        if node.args.get("order") is None and node.args.get("alias"):
            return  # OVER name: the definition itself is looked at where it stands
        partition = node.args.get("partition_by") or []
    elif isinstance(node, exp.Limit):
        node, partition = node.parent_select or node, []
    else:
        return
    if not has_total_order(node, partition, keys):
        yield f"{_said(node)}: rows may tie; let ORDER BY end in a key: *_id, *_no, or all that identifies a row"


def _selects(node: exp.Expr) -> Iterator[str]:
    if isinstance(node, exp.Group) and (node.args.get("all") or node.args.get("totals")):
        yield "GROUP BY ALL: Sail does not know it; say the columns"
    if isinstance(node, exp.Rollup | exp.Cube | exp.GroupingSets):
        yield "grouping sets: number the levels in separate selects"
    if isinstance(node, exp.Ordered) and isinstance(node.this, exp.Var):
        yield "ORDER BY ALL: say the columns"
    if isinstance(node, exp.Distinct) and node.args.get("on"):
        yield "DISTINCT ON: which row it keeps is chance; number the rows and take the first"
    if isinstance(node, exp.Star) and (node.args.get("except_") or node.args.get("replace") or node.args.get("rename")):
        yield f"{node.sql(dialect='duckdb')}: Spark does not know it; say the columns"
    if isinstance(node, exp.With) and node.args.get("recursive"):
        yield "WITH RECURSIVE: not every engine has it; loop over steps in Python"
    if isinstance(node, exp.Join) and node.method:
        yield f"{node.method} JOIN: not every engine has it"


def _is_float(node: exp.Expr) -> bool:
    """Whether the tree says that a value is a floating number; a bare column says nothing."""
    if isinstance(node, exp.Div | exp.Sqrt):
        return True
    if isinstance(node, exp.Cast):
        return node.to.sql(dialect="duckdb") == "DOUBLE"
    if isinstance(node, exp.Literal):
        return not node.is_string and not node.this.isdigit()
    if isinstance(node, (*_WHOLE, exp.IntDiv, exp.Count, exp.DateDiff, exp.Predicate)):
        return False
    return any(_is_float(child) for child in node.iter_expressions() if not isinstance(child, exp.Predicate))


def _is_day(node: exp.Expr) -> bool:
    return isinstance(node, exp.Cast) and node.to.sql(dialect="duckdb") == "DATE"


def _said(node: exp.Expr) -> str:
    text = node.sql(dialect="duckdb")
    return text if len(text) <= 80 else f"{text[:77]}..."
