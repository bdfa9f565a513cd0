"""Is an order total? It is when its columns, with those of the partition, leave no two different rows tied."""

from collections.abc import Iterable, Mapping

from sqlglot import exp

from landwaiter.engine.step import Step, parse
from landwaiter.tables import TABLES

# Sets of columns of which each identifies a row.
Keys = frozenset[frozenset[str]]

_KEY_ENDINGS = ("_id", "_no", "_row")


def known_keys(steps: Iterable[Step]) -> dict[str, Keys]:
    """What identifies a row of each contract and of each table that a step makes, where its text tells."""
    keys = {table.name: frozenset({frozenset(table.key)}) for table in TABLES.values()}
    for step in steps:
        tree = parse(step.sql, step.name)
        made = _keys_of_query(tree) | keys.get(step.name, frozenset())
        if made:
            keys[step.name] = made
    return keys


def has_total_order(node: exp.Expr, partition: list[exp.Expr], keys: Mapping[str, Keys]) -> bool:
    """Whether the ORDER BY of a window or of a SELECT leaves no ties that show.

    Args:
        node: the window, or the SELECT that has a LIMIT.
        partition: the expressions of PARTITION BY.
        keys: of the tables read, from `known_keys`.
    """
    order = node.args.get("order")
    if order is None:
        return False
    terms = [term.this for term in order.expressions]
    last = terms[-1]
    if isinstance(last, exp.Column) and last.name.endswith(_KEY_ENDINGS):
        return True
    select = node if isinstance(node, exp.Select) else node.find_ancestor(exp.Select)
    if not isinstance(select, exp.Select):
        return False
    source = select.args.get("from_")
    of_source = ("", source.this.alias_or_name) if source is not None else ("",)
    named = {term.name for term in [*partition, *terms] if isinstance(term, exp.Column) and term.table in of_source}
    return any(key <= named for key in _keys_of_source(select, keys))


def _keys_of_source(select: exp.Select, keys: Mapping[str, Keys]) -> Keys:
    """Keys of the rows over which the windows of a SELECT run."""
    group = select.args.get("group")
    if group is not None:
        return frozenset({frozenset(term.name for term in group.expressions)})
    source = select.args.get("from_")
    joins = select.args.get("joins") or []
    if source is None or not all(_finds_one_at_most(join, select, keys) for join in joins):
        return frozenset()
    return _keys_of_relation(source.this, keys)


def _keys_of_relation(relation: exp.Expr, keys: Mapping[str, Keys]) -> Keys:
    """Keys of what stands in FROM or JOIN: a subquery, a common table expression around it, or a stored table."""
    if isinstance(relation, exp.Subquery):
        return _keys_of_query(relation.this)
    scope: exp.Expr | None = relation
    while scope is not None:
        with_ = scope.args.get("with_")
        for cte in with_.expressions if with_ is not None else []:
            if cte.alias == relation.name:
                return _keys_of_query(cte.this)
        scope = scope.parent
    return keys.get(relation.name, frozenset())


def _finds_one_at_most(join: exp.Join, select: exp.Select, keys: Mapping[str, Keys]) -> bool:
    """Whether a join leaves rows as they are or drops them: it asks for a whole key, or for what is not there."""
    name = join.this.alias_or_name
    condition, where = join.args.get("on"), select.args.get("where")
    asked = {
        column.name
        for term in (condition.flatten() if isinstance(condition, exp.And) else [condition])
        if isinstance(term, exp.EQ)
        for column in (term.left, term.right)
        if isinstance(column, exp.Column) and column.table == name
    }
    absent = where is not None and any(
        isinstance(term.this, exp.Column) and term.this.table == name and isinstance(term.expression, exp.Null)
        for term in where.find_all(exp.Is)
        if not isinstance(term.parent, exp.Not)
    )
    return absent or any(key <= asked for key in _keys_of_relation(join.this, keys))


def _keys_of_query(query: exp.Expr) -> Keys:
    """All columns together identify a row, or rows so alike that their order does not show; fewer after GROUP BY."""
    while isinstance(query, exp.SetOperation):
        query = query.left
    if not isinstance(query, exp.Select):
        return frozenset()
    group = query.args.get("group")
    if group is None:
        return _all_columns(query)
    outputs = {_plain(output): output.alias_or_name for output in query.expressions}
    grouped = [outputs.get(term.sql()) for term in group.expressions]
    whole = frozenset({frozenset(name for name in grouped if name)}) if all(grouped) else frozenset()
    return whole | _all_columns(query)


def _plain(output: exp.Expr) -> str:
    return (output.this if isinstance(output, exp.Alias) else output).sql()


def _all_columns(query: exp.Expr) -> Keys:
    names = [output.alias_or_name for output in query.expressions] if isinstance(query, exp.Select) else []
    if not names or "*" in names or "" in names:
        return frozenset()
    return frozenset({frozenset(names)})
