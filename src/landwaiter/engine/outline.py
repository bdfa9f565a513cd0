"""What would a step make? Its columns and types, read from its text and from its tables, without running it."""

from collections.abc import Iterable, Mapping

from sqlglot import exp
from sqlglot.errors import OptimizeError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema

from landwaiter.engine.step import Step, parse
from landwaiter.errors import ContractError
from landwaiter.tables import TABLES

# Column to type, as DuckDB writes it.
Columns = dict[str, str]

_WHOLE = ("BIGINT", "INT", "INTEGER", "SMALLINT", "TINYINT")


def contracts() -> dict[str, Columns]:
    """The columns of every contract."""
    return {table.name: {column.name: column.type for column in table.columns} for table in TABLES.values()}


def outline(step: Step, tables: Mapping[str, Columns]) -> Columns:
    """Columns and types that a step makes; ContractError where it names a column that its tables do not have.

    A type that the text does not tell, such as that of a bound parameter, is UNKNOWN.
    """
    schema = MappingSchema(dict(tables), dialect="duckdb")
    try:
        tree = annotate_types(qualify(parse(step.sql, step.name), schema=schema, dialect="duckdb"), schema=schema)
    except OptimizeError as error:
        raise ContractError(step.name, f"does not fit the tables it reads: {error}") from error
    assert isinstance(tree, exp.Query)
    return {column.alias_or_name: _type_of(column) for column in tree.selects}


def outlines(steps: Iterable[Step]) -> dict[str, Columns]:
    """The columns of every step of which all tables are contracts or made by such steps; the others are left out."""
    known = contracts()
    made: dict[str, Columns] = {}
    waiting = list(steps)
    while ready := [step for step in waiting if all(name in known for name in step.reads)]:
        waiting = [step for step in waiting if step not in ready]
        for step in ready:
            made[step.name] = outline(step, known)
            known.setdefault(step.name, made[step.name])
    return made


def breaches(step: Step, columns: Columns) -> list[str]:
    """In what the columns of a step differ from the contract of the table it makes."""
    contract = contracts().get(step.name)
    if contract is None:
        return []
    found = [f"column '{name}' is missing" for name in contract if name not in columns]
    found += [f"column '{name}' is not in the contract" for name in columns if name not in contract]
    for name, kind in contract.items():
        seen = columns.get(name, kind)
        if seen not in ("UNKNOWN", kind) and not (seen in _WHOLE and kind in _WHOLE):
            found.append(f"column '{name}' is {seen}, not {kind}")
    return found


def _type_of(column: exp.Expr) -> str:
    kind = column.type.sql(dialect="duckdb") if column.type is not None else "UNKNOWN"
    return {"TEXT": "VARCHAR", "TEXT[]": "VARCHAR[]", "INT": "INTEGER"}.get(kind, kind)
