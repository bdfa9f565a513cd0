"""`landwaiter update`: the public lists from their publishers, or from files, and how old each of them is."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landwaiter.fetch import update as update_lists
from landwaiter.settings import read_settings
from landwaiter.sources.kept import Outcome

COLUMNS = ("list", "rows", "as of", "age in days", "sha256", "state")


def update(
    *,
    from_: Annotated[Path | None, Parameter(name="--from")] = None,
    lists: Path | None = None,
    only: Annotated[list[str] | None, Parameter(consume_multiple=True)] = None,
    json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Fetch the public lists from their publishers, or take them from files, and keep bytes, digest and day of each.

    A list whose number of records is outside of its expected range, that cannot be read, or that is older than the one
    kept, is refused, and the one kept stays. Exit status 1 where any list or file failed; the others are kept.

    Args:
        from_: a folder or file to take lists from, each recognised by what it holds; .gz and .zst are unpacked.
        lists: folder of the kept lists; that of this installation if not given.
        only: short names of the lists to bring up to date, such as un_sc.
        json_: print one JSON array instead of a table.
    """
    folder = lists or read_settings().home / "lists"
    outcomes = update_lists(folder, today=date.today(), only=only or (), from_path=from_)
    sys.stdout.write(as_json(outcomes) if json_ else as_table(outcomes))
    return 0 if all(outcome.done for outcome in outcomes) else 1


def as_json(outcomes: Sequence[Outcome]) -> str:
    """One object for each list, days as text."""
    return json.dumps([asdict(outcome) for outcome in outcomes], ensure_ascii=False, indent=2, default=str) + "\n"


def as_table(outcomes: Sequence[Outcome]) -> str:
    """One line for each list, columns aligned; `!` before what needs attention."""
    rows = [COLUMNS, *(_cells(outcome) for outcome in outcomes)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS) - 1)]
    lines = (
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in rows
    )
    return "\n".join(lines) + "\n"


def _cells(outcome: Outcome) -> tuple[str, ...]:
    return (
        outcome.list,
        "" if outcome.rows is None else f"{outcome.rows:,}",
        "" if outcome.rows is None else str(outcome.as_of or "unknown"),
        "" if outcome.age_days is None else str(outcome.age_days),
        outcome.sha256[:12],
        outcome.state if outcome.done else f"! {outcome.state}",
    )
