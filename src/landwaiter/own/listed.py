"""Which owners are listed on a day? A user's own list, laid beside the parties that holdings name."""

from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa

from landwaiter.errors import InputError
from landwaiter.own.graph import Graph
from landwaiter.text.fold import fold


def read_listed(rows: pa.Table, graph: Graph, as_of: date, where: str) -> dict[str, str]:
    """Each listed party that is in force on the day, by its id in the graph, to what the listing says.

    A row with an id stands for that id alone. One without stands for every party of the graph that bears one of its
    names, letter for letter after folding: an officer's own list is meant as written; a near miss is for `screen`.

    Args:
        rows: texts; name, and optional id, other_names, listed_on, delisted_on, reason.
    """
    if not {"id", "name"} & set(rows.column_names):
        has = ", ".join(rows.column_names) or "none"
        raise InputError(where, "has neither a column 'id' nor a column 'name'", f"its columns are: {has}")
    cells = {
        name: [value or "" for value in rows.column(name).to_pylist()]
        if name in rows.column_names
        else [""] * len(rows)
        for name in ("id", "name", "other_names", "listed_on", "delisted_on", "reason")
    }
    listed: dict[str, str] = {}
    by_name: dict[str, list[str]] | None = None
    for number in range(len(rows)):
        row = {name: values[number] for name, values in cells.items()}
        if not _holds(row, as_of, f"{where}, row {number + 1}"):
            continue
        if row["id"].strip():
            listed.setdefault(row["id"].strip(), row["reason"])
            continue
        by_name = _by_name(graph) if by_name is None else by_name
        for name in fold([row["name"], *filter(None, row["other_names"].split(";"))]):
            for one in by_name.get(name, ()):
                listed.setdefault(one, row["reason"])
    return listed


def _by_name(graph: Graph) -> dict[str, list[str]]:
    names: Mapping[str, str] = graph.names
    spelt: Sequence[str] = fold([names.get(one, one) for one in graph.ids])
    found: dict[str, list[str]] = {}
    for one, name in zip(graph.ids, spelt, strict=True):
        found.setdefault(name, []).append(one)
    return found


def _holds(row: dict[str, str], as_of: date, where: str) -> bool:
    """Whether a listing is in force on the day; a day that cannot be read refuses the list, for it may hide one."""
    days = []
    for name in ("listed_on", "delisted_on"):
        try:
            days.append(date.fromisoformat(row[name].strip()) if row[name].strip() else None)
        except ValueError as error:
            raise InputError(where, f"{name} '{row[name]}' is not a day", "write it as 2022-02-24") from error
    return not ((days[0] and days[0] > as_of) or (days[1] and days[1] <= as_of))
