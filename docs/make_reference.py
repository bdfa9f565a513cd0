"""Writes the reference pages from what the program itself says: tables, commands, red flags, sources, errors, SQL.

`./run docs` writes them; with --check it writes nothing, and fails where a page is not what it would write.
"""

import csv
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from landwaiter import errors
from landwaiter.cli.app import build_app
from landwaiter.cli.main import built_commands, help_page
from landwaiter.engine.functions import CASTS, FUNCTIONS, REFUSED
from landwaiter.flags import judge
from landwaiter.flags.judge import find_flags
from landwaiter.tables import TABLES, Table

REFERENCE = Path(__file__).resolve().parent / "reference"
SOURCES = Path(errors.__file__).parent / "sources"
MADE = "<!-- Made by ./run docs from the program itself; changes made here are lost. -->\n\n"


def tables() -> str:
    """Every table of the corridor, first those that a run writes."""
    intro = """# Tables

What `landwaiter run` writes to its output folder, one Parquet file each, and what the rooms of the program hand each
other while it runs. `key` columns identify a row, and rows are written in their order: the same input gives the same
bytes. A column that may be empty says so.
"""
    public = [_table(table) for table in TABLES.values() if table.public]
    working = [_table(table) for table in TABLES.values() if not table.public]
    return "\n".join([intro, "# Written by a run\n", *public, "# Used while it runs\n", *working])


def _table(table: Table) -> str:
    lines = [f"## {table.name}\n", f"{table.sentence}\n", "| column | type | what a cell says |", "| --- | --- | --- |"]
    for column in table.columns:
        marks = ["key"] * (column.name in table.key) + ["may be empty"] * column.nullable
        kind = f"{column.type}, {', '.join(marks)}" if marks else column.type
        lines.append(f"| {column.name} | {kind} | {_cell(column.sentence)} |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Every command with its arguments."""
    parts = [f"# Commands\n\n```text\n{help_page()}\n```\n"]
    app = build_app()
    # Subcommands are written as this process was called, which is not how anybody calls them.
    called, sys.argv = sys.argv, ["landwaiter"]
    try:
        for name in built_commands():
            page = app[name].generate_docs(heading_level=2, usage_name=f"landwaiter {name}")
            parts.append(page.strip() + "\n")
    finally:
        sys.argv = called
    return "\n".join(parts)


def flags() -> str:
    """Every red flag with its card."""
    intro = """# Red flags

Each is one SQL file in `src/landwaiter/flags/`: the rule, its reason and its innocent twin stand in that file. Small
worlds in which it fires and in which it stays silent are in `tests/flags/`. `typology` names the scheme.

The figures under each were measured on made worlds by `./run bench quality/transshipment --flags-to
src/landwaiter/flags/measured.csv`, by view: (a) exports of the countries of origin, (b) and imports of the targets,
(c) the books of both sides. *Right* is whoever is part of any scheme; *found* is of those whose scheme has the flag's
own typology. Where no scheme of its own is planted, the figures say how often it was silent or wrong over so many
lines. Schemes are rare and few there: read a share with its count, and do not carry it over to real books.
"""
    parts = [intro]
    measured = _measured()
    for flag in sorted(find_flags(), key=lambda flag: (flag.card["typology"], flag.name)):
        card = flag.card
        lines = [f"## {card['title']}\n", f"{flag.sentence}\n"]
        lines += [f"- {label}: {card[key]}" for key, label in CARD.items() if key in card]
        lines.append(f"- reads: {', '.join(f'`{name}`' for name in flag.reads)}")
        lines += [f"- measured, view ({row['view']}): {_figures(row)}" for row in measured[flag.name]]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _measured() -> dict[str, list[dict[str, str]]]:
    """What the bench found of each flag, a row for each view."""
    found: dict[str, list[dict[str, str]]] = {}
    with (Path(judge.__file__).parent / "measured.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            found.setdefault(row["flag"], []).append(row)
    return found


def _figures(row: dict[str, str]) -> str:
    lines, pointed, right, meant, found = (int(row[key]) for key in MEASURED)
    precision = f"right in {right} of {pointed} ({right / pointed:.0%})" if pointed else "silent"
    recall = f"found {found} of {meant} of its typology ({found / meant:.0%})" if meant else "none of its own planted"
    return f"{precision} over {lines:,} made lines; {recall}"


MEASURED = ("lines", "pointed_at", "right", "meant", "found")
CARD = {
    "id": "id",
    "typology": "typology",
    "kind": "kind",
    "innocent": "innocent twin",
    "misses": "misses",
    "source": "source",
    "reason": "what a finding says",
}


def sources() -> str:
    """Every list that can be read, with its publisher and terms."""
    intro = """# Sources

The lists of parties that `landwaiter update` keeps and `landwaiter run --lists` reads. A list whose number of rows is
outside the expected range is refused and the one kept before stays. Addresses, and the marks by which a file is
recognised, are in `source.toml` of each folder of `src/landwaiter/sources/`.

| list | title | publisher | terms | fresh for | rows expected |
| --- | --- | --- | --- | --- | --- |"""
    lines = [intro]
    for path in sorted(SOURCES.glob("*/source.toml")):
        card = tomllib.loads(path.read_text(encoding="utf-8"))
        days = f"{card['cadence_days']} days" if card.get("cadence_days") else "as you say"
        rows = " to ".join(f"{number:,}" for number in card.get("rows", []))
        cells = [path.parent.name, card["title"], card.get("publisher", ""), card.get("licence", ""), days, rows]
        lines.append(f"| {' | '.join(_cell(str(cell)) for cell in cells)} |")
    return "\n".join(lines) + "\n"


def error_tree() -> str:
    """The tree of errors, and what each means."""
    tree = (errors.__doc__ or "").split("\n", 2)[2]
    drawn, _, after = tree.partition("\n\n")
    lines = ["# Errors\n", "A command that fails ends with exit status 1 and one sentence: where, what, what to do.\n"]
    lines += ["```text", *[line.removeprefix("    ") for line in drawn.splitlines()], "```\n", after.strip() + "\n"]
    for name, kind in vars(errors).items():
        if isinstance(kind, type) and issubclass(kind, errors.LandwaiterError):
            lines.append(f"- `{name}`: {(kind.__doc__ or '').splitlines()[0]}")
    return "\n".join(lines) + "\n"


def sql() -> str:
    """What a step may say."""
    lines = [
        "# The SQL of a step\n",
        "A step is one SELECT in DuckDB's dialect. It must give the same rows on DuckDB, Sail and Spark, so a lint",
        "lets through only what they agree on. Casts may be to " + ", ".join(sorted(CASTS)) + ".\n",
        "## Functions that a step may use\n",
        *[f"- `{name}`: {reason}" for name, reason in sorted(FUNCTIONS.items())],
        "\n## What is refused, and why\n",
        *[f"- `{name}`: {reason}" for name, reason in sorted(REFUSED.items())],
    ]
    return "\n".join(lines) + "\n\nNames are those of sqlglot's tree.\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


PAGES: dict[str, Callable[[], str]] = {
    "tables": tables,
    "commands": commands,
    "flags": flags,
    "sources": sources,
    "errors": error_tree,
    "sql": sql,
}


def stale() -> list[str]:
    """Pages that are not what the program says now, and pages that nothing makes."""
    found = []
    for name, make in PAGES.items():
        path = REFERENCE / f"{name}.md"
        if not path.exists() or path.read_text(encoding="utf-8") != MADE + make():
            found.append(path.name)
    return found + [path.name for path in REFERENCE.glob("*.md") if path.stem not in PAGES]


def main() -> int:
    """Write the pages, or with --check say which are stale."""
    if "--check" in sys.argv[1:]:
        pages = stale()
        if pages:
            print(f"docs/reference is stale: {', '.join(pages)}. `./run docs` writes it anew.", file=sys.stderr)
        return 1 if pages else 0
    REFERENCE.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        (REFERENCE / f"{name}.md").write_text(MADE + make(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
