"""What does a reader make of a publisher's bytes? Listings, their names, and what was set aside with the reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

import pyarrow as pa

from landwaiter.sources.values import birth_dates, countries, day
from landwaiter.tables import TABLES

KINDS = ("person", "organisation", "vessel", "aircraft", "address", "unknown")


@dataclass(frozen=True, slots=True)
class ListFile:
    """One file of a list: its name, for the rejects, and its bytes, no longer compressed."""

    name: str
    data: bytes


# Files of one list by their role in its source.toml.
Files = Mapping[str, ListFile]


def stem_of(name: str) -> str:
    """Name of a file without its endings, with the folders before it: `a/watch` of `a/watch.csv.gz`."""
    path = PurePath(name)
    return (path.parent / path.name.split(".")[0]).as_posix()


@dataclass(slots=True)
class Entry:
    """What one record of a list says, every cell still as published; `listed` turns it into rows.

    Args:
        key: the publisher's own number, or the whole listing_id where the list is a user's own.
        line: line or record number in the file, for the rejects.
        names: the main name first.
        countries: names or codes; one cell may name several, separated by `;`.
        birth_dates: as YYYY, YYYY-MM, YYYY-MM-DD, `1 Jan 1960`, `circa 1960`, `1960 to 1962`.
        identifiers: already scheme:value, see `identifiers.py`.
        listed_on: a date in one of the unambiguous forms, or empty.
    """

    key: str
    line: int
    kind: str = "unknown"
    names: list[str] = field(default_factory=list)
    weak_names: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    birth_dates: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    reason: str = ""
    listed_on: str = ""
    delisted_on: str = ""
    source_url: str = ""
    list: str = ""


@dataclass(frozen=True, slots=True)
class Reject:
    """A cell or, where `column` is empty, a whole record that was set aside."""

    file: str
    row: str
    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """What a reader made of one list.

    Args:
        rows: records in the file: those listed and those set aside whole.
    """

    listings: pa.Table
    names: pa.Table
    rejects: pa.Table
    rows: int


def listed(list_name: str, file: str, entries: Iterable[Entry], *, rejects: Iterable[Reject] = ()) -> Reading:
    """Turn entries into the tables of the contract; what cannot be understood becomes a reject beside them.

    A record without a name, or with the key of an earlier one, is set aside whole. A country, date or kind that is not
    understood is named among the rejects and the record stays: a listed party is never lost to a typing error.

    Args:
        list_name: short name, and prefix of each listing_id; an entry with a `list` of its own keeps its key as it is.
        file: name of the file, for the rejects.
        rejects: what the reader itself set aside.
    """
    rows: list[tuple[object, ...]] = []
    names: list[tuple[object, ...]] = []
    aside = list(rejects)
    whole = sum(not reject.column for reject in aside)
    seen: set[str] = set()
    for entry in entries:
        listing_id = entry.key if entry.list else f"{list_name}:{entry.key}"
        spellings = _spellings(entry)
        problem = _whole_problem(entry, listing_id, spellings, seen)
        if problem:
            aside.append(Reject(file, entry.key, entry.line, "", " | ".join(entry.names), problem))
            whole += 1
            continue
        seen.add(listing_id)
        cells, notes = _cells(entry, file)
        rows.append((listing_id, entry.list or list_name, cells[0], spellings[0][0], *cells[1:]))
        aside.extend(notes)
        names += [(listing_id, position, name, weak) for position, (name, weak) in enumerate(spellings)]
    return Reading(
        listings=_table("listings", rows),
        names=_table("listing_names", names),
        rejects=reject_table(aside),
        rows=len(seen) + whole,
    )


def reject_table(rejects: Iterable[Reject]) -> pa.Table:
    """The rejects as a table of the contract, each cell cut at 200 characters."""
    return _table(
        "rejects", [(one.file, one.row, one.line, one.column, one.value[:200], one.reason) for one in rejects]
    )


def _whole_problem(entry: Entry, listing_id: str, spellings: list[tuple[str, bool]], seen: set[str]) -> str:
    if not entry.key:
        return "it has no number of the publisher"
    if not spellings:
        return "it has no name"
    if listing_id in seen:
        return f"its number is that of an earlier record: {listing_id}"
    return ""


def _spellings(entry: Entry) -> list[tuple[str, bool]]:
    """Each name once, the main name first, then the others, then the weak ones; runs of white space become one."""
    found: dict[str, bool] = {}
    for is_weak, names in ((False, entry.names), (True, entry.weak_names)):
        for name in names:
            clean = " ".join(name.split())
            if clean:
                found.setdefault(clean, is_weak)
    return list(found.items())


def _cells(entry: Entry, file: str) -> tuple[list[object], list[Reject]]:
    """The cells of a listing but its id, list and name, and what in them was not understood."""
    notes: list[Reject] = []

    def note(column: str, value: str, reason: str) -> None:
        notes.append(Reject(file, entry.key, entry.line, column, value, f"{reason}; the listing is kept"))

    codes, unknown = countries(entry.countries)
    for word in unknown:
        note("country", word, "not a country that we know")
    births, odd = birth_dates(entry.birth_dates)
    for word in odd:
        note("birth_date", word, "not a date that we can read")
    days: list[date | None] = []
    for column, text in (("listed_on", entry.listed_on), ("delisted_on", entry.delisted_on)):
        days.append(day(text))
        if text.strip() and days[-1] is None:
            note(column, text, "not a date that we can read")
    kind = entry.kind
    if kind not in KINDS:
        note("kind", kind, f"not one of {', '.join(KINDS)}")
        kind = "unknown"
    groups = (_distinct(values) for values in (entry.addresses, entry.identifiers, entry.programmes))
    return [kind, codes, births, *groups, entry.reason.strip() or None, *days, entry.source_url.strip() or None], notes


def _table(name: str, rows: Sequence[tuple[object, ...]]) -> pa.Table:
    schema = TABLES[name].schema
    if not rows:
        return schema.empty_table()
    columns = zip(schema, zip(*rows, strict=True), strict=True)
    return pa.Table.from_arrays([pa.array(cells, type=column.type) for column, cells in columns], schema=schema)


def _distinct(values: list[str]) -> list[str]:
    if not values:
        return []
    return list(dict.fromkeys(text for value in values if (text := " ".join(value.split()))))
