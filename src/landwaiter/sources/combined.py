"""What do all lists say together? Their tables one under the other, and of each list its day, rows and digest."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.sources.editions import Edition, Failure
from landwaiter.sources.reading import Reading, Reject, reject_table
from landwaiter.sources.source import Source
from landwaiter.tables import TABLES


@dataclass(frozen=True, slots=True)
class ListRecord:
    """One list that was read.

    Args:
        as_of: the publisher's own day, or None where nothing says it.
        rows: parties listed; `set_aside` are those that could not be read.
        note: what a reader of the report must know of it; empty where there is nothing.
    """

    list: str
    title: str
    publisher: str
    page: str
    as_of: date | None
    age_days: int | None
    rows: int
    set_aside: int
    sha256: str
    files: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class ListsRead:
    """All lists of one folder together, and what was not read."""

    listings: pa.Table
    listing_names: pa.Table
    rejects: pa.Table
    lists: tuple[ListRecord, ...]
    failures: tuple[Failure, ...]


def combined(readings: Sequence[tuple[Edition, Reading]], failures: Sequence[Failure], as_of: date) -> ListsRead:
    """One table of each kind; a listing_id that an earlier list has already is left out and named.

    Args:
        as_of: the day from which the age of each list is counted.
    """
    seen: set[str] = set()
    listings, names, rejects, records = [], [], [], []
    for edition, reading in readings:
        ids = reading.listings.column("listing_id").to_pylist()
        twice = [listing_id for listing_id in ids if listing_id in seen]
        if twice:
            rejects.append(reject_table(_twins(edition, twice)))
            reading = _without(reading, twice)
        seen.update(ids)
        listings.append(reading.listings)
        names.append(reading.names)
        rejects.append(reading.rejects)
        records.append(_record(edition, reading, as_of))
    return ListsRead(
        listings=_stacked("listings", listings),
        listing_names=_stacked("listing_names", names),
        rejects=_stacked("rejects", rejects),
        lists=tuple(records),
        failures=tuple(failures),
    )


def _stacked(name: str, tables: list[pa.Table]) -> pa.Table:
    return pa.concat_tables([TABLES[name].schema.empty_table(), *tables]).combine_chunks()


def _twins(edition: Edition, listing_ids: list[str]) -> list[Reject]:
    file = next(iter(edition.files.values())).name
    reason = f"another list has this listing_id already: the record of {edition.name} is left out"
    return [Reject(file, listing_id, 0, "", listing_id, reason) for listing_id in listing_ids]


def _without(reading: Reading, listing_ids: list[str]) -> Reading:
    gone = pa.array(listing_ids)

    def rest(table: pa.Table) -> pa.Table:
        return table.filter(pc.invert(pc.is_in(table.column("listing_id"), value_set=gone)))

    return replace(reading, listings=rest(reading.listings), names=rest(reading.names))


def _record(edition: Edition, reading: Reading, as_of: date) -> ListRecord:
    source = edition.source
    rows = reading.listings.num_rows
    age = (as_of - edition.dated).days if edition.dated else None
    return ListRecord(
        list=edition.name,
        title=source.title,
        publisher=source.publisher,
        page=source.page,
        as_of=edition.dated,
        age_days=age,
        rows=rows,
        set_aside=reading.rows - rows,
        sha256=digest_of({role: digest(file.data) for role, file in edition.files.items()}),
        files=tuple(file.name for file in edition.files.values()),
        note="; ".join(filter(None, (range_problem(source, reading.rows), _age_problem(source, age)))),
    )


def range_problem(source: Source, rows: int) -> str:
    """What is wrong with a number of records, empty where it is as expected of the whole list."""
    if source.rows_min <= rows <= source.rows_max:
        return ""
    return f"{rows:,} records, {source.rows_min:,} to {source.rows_max:,} expected"


def _age_problem(source: Source, age: int | None) -> str:
    if age is None:
        return "" if source.general else "nothing says of which day it is"
    if age < 0:
        return "it is newer than the day asked for: parties listed since are in it"
    return f"{age:,} days old, renewed about every {source.cadence_days}" if age > source.cadence_days else ""


def digest(data: bytes) -> str:
    """SHA-256 of bytes, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def digest_of(digests: Mapping[str, str]) -> str:
    """Digest of a list: that of its one file, or of the lines `role digest` of several."""
    if len(digests) == 1:
        return next(iter(digests.values()))
    return digest("".join(f"{role} {digests[role]}\n" for role in sorted(digests)).encode())
