"""What is a step? One SQL file: its name is the table it makes, its FROM names what it reads, its comment its card."""

from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path

import sqlglot
from sqlglot import exp

from landwaiter.errors import ContractError


@dataclass(frozen=True)
class Step:
    """One relational step, written in DuckDB's dialect.

    Args:
        name: the table it makes, which is the file's stem.
        sentence: the first comment line.
        card: the comment lines `-- key: value` that follow, for red flags.
        sql: the text as it stands.
        reads: names of the tables in its FROM, without its own common table expressions, sorted.
        parameters: names of its bound parameters, sorted.
    """

    name: str
    sentence: str
    card: dict[str, str]
    sql: str
    reads: tuple[str, ...]
    parameters: tuple[str, ...]


@cache
def read_step(path: Path) -> Step:
    """Read a step from its file; raise ContractError where it is not one SELECT with a card."""
    text = path.read_text(encoding="utf-8")
    head = takewhile(lambda line: line.startswith("--"), text.splitlines())
    comments = [line[2:].strip() for line in head]
    if not comments:
        raise ContractError(path.name, "a step begins with a comment that says what it makes")
    tree = parse(text, path.name)
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    reads = {table.name for table in tree.find_all(exp.Table)} - own
    parameters = {node.name for node in tree.find_all(exp.Placeholder)}
    return Step(path.stem, comments[0], _card(comments[1:]), text, tuple(sorted(reads)), tuple(sorted(parameters)))


def parse(sql: str, name: str) -> exp.Expr:
    """Parse one SELECT of DuckDB's dialect; anything else raises ContractError."""
    trees = sqlglot.parse(sql, read="duckdb")
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise ContractError(name, "a step is one SELECT")
    return trees[0]


def _card(comments: list[str]) -> dict[str, str]:
    """`key: value` lines; a line without a key goes on with the one before."""
    card: dict[str, str] = {}
    last = ""
    for line in comments:
        key, colon, value = line.partition(": ")
        if colon and key.isidentifier():
            last = key
            card[last] = value.strip()
        elif last:
            card[last] = f"{card[last]} {line}"
    return card
