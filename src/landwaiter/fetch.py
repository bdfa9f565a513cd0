"""How do the lists come here, and how old are they? Fetches them from their publishers, keeps them, reads them back."""

import gzip
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath
from typing import IO

import pyarrow as pa
import zstandard

from landwaiter.errors import InputError, ListError
from landwaiter.sources.editions import Edition, Failure, editions
from landwaiter.sources.kept import MANIFEST, KeptFile, KeptList, read_manifest
from landwaiter.sources.reading import ListFile, Reading, Reject, reject_table
from landwaiter.sources.source import Source, find_sources
from landwaiter.tables import TABLES

# The largest list is OFAC's Advanced XML with about 130 MB; whatever unpacks to more than this is an attack.
_MOST_BYTES = 600_000_000
_SECONDS = 60
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `update` did with one list; `done` is false where the list or file is not as fresh as was asked for."""

    list: str
    done: bool
    state: str
    rows: int | None = None
    as_of: date | None = None
    age_days: int | None = None
    sha256: str = ""


# ---- Reading -------------------------------------------------------------------------------------------------------


def read_lists(path: Path, *, as_of: date) -> ListsRead:
    """Read kept lists, or a folder of list files recognised by what they hold, or one such file.

    Args:
        path: a folder that `update` filled, any folder, or a file; .gz and .zst are unpacked.
        as_of: the day from which the age of each list is counted.
    """
    if not path.exists():
        raise InputError(
            str(path), "there is no such file or folder", "run `landwaiter update`, or give --lists another"
        )
    if (path / MANIFEST).is_file():
        found, failures = _kept_editions(path)
    else:
        files, failures = _files_under(path)
        found, unread = editions(files)
        failures += unread
    readings: list[tuple[Edition, Reading]] = []
    for edition in found:
        try:
            readings.append((edition, edition.source.read(edition.files)))
        except ListError as error:
            failures.append(Failure(edition.name, str(error)))
    return _combined(readings, sorted(failures, key=lambda failure: failure.name), as_of)


def _combined(readings: list[tuple[Edition, Reading]], failures: list[Failure], as_of: date) -> ListsRead:
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
        return table.filter(pa.compute.invert(pa.compute.is_in(table.column("listing_id"), value_set=gone)))

    return replace(reading, listings=rest(reading.listings), names=rest(reading.names))


def _record(edition: Edition, reading: Reading, as_of: date) -> ListRecord:
    source = edition.source
    rows = reading.listings.num_rows
    return ListRecord(
        list=edition.name,
        title=source.title,
        publisher=source.publisher,
        page=source.page,
        as_of=edition.dated,
        age_days=(as_of - edition.dated).days if edition.dated else None,
        rows=rows,
        set_aside=reading.rows - rows,
        sha256=_digest_of({role: _digest(file.data) for role, file in edition.files.items()}),
        files=tuple(file.name for file in edition.files.values()),
        note=_range_problem(source, reading.rows),
    )


def _range_problem(source: Source, rows: int) -> str:
    if source.rows_min <= rows <= source.rows_max:
        return ""
    return f"{rows:,} records, {source.rows_min:,} to {source.rows_max:,} expected"


def _kept_editions(folder: Path) -> tuple[list[Edition], list[Failure]]:
    """The kept lists; one whose bytes are no longer those that were kept is named instead."""
    sources = {source.name: source for source in find_sources()}
    found: list[Edition] = []
    failures: list[Failure] = []
    for kept in _manifest(folder).values():
        try:
            files = {file.role: ListFile(file.name, _kept_bytes(folder, file)) for file in kept.files}
        except ListError as error:
            failures.append(Failure(kept.list, str(error)))
            continue
        dated = date.fromisoformat(kept.as_of) if kept.as_of else None
        found.append(Edition(kept.list, sources[kept.source], kept.form, files, dated))
    return found, failures


def _kept_bytes(folder: Path, file: KeptFile) -> bytes:
    hint = "run `landwaiter update` again"
    try:
        data = (folder / file.path).read_bytes()
    except OSError as error:
        raise ListError(file.path, f"it cannot be read: {error.strerror}", hint) from error
    if _digest(data) != file.sha256:
        raise ListError(file.path, "its bytes are not those that were kept", hint)
    return data


def _manifest(folder: Path) -> dict[str, KeptList]:
    path = folder / MANIFEST
    return read_manifest(path.read_text(encoding="utf-8")) if path.exists() else {}


def _files_under(path: Path) -> tuple[list[ListFile], list[Failure]]:
    """Every plain file, unpacked; links, pipes, hidden and empty files are named or, if hidden, passed over."""
    files: list[ListFile] = []
    failures: list[Failure] = []
    for member in [path] if path.is_file() else sorted(path.rglob("*")):
        name = member.name if path.is_file() else member.relative_to(path).as_posix()
        if member.is_dir() or any(part.startswith(".") for part in PurePath(name).parts):
            continue
        if member.is_symlink() or not member.is_file():
            failures.append(Failure(name, "not a plain file"))
            continue
        try:
            files.append(ListFile(name, _unpacked(name, member)))
        except OSError as error:
            failures.append(Failure(name, f"it cannot be read: {error.strerror or error}"))
        except ListError as error:
            failures.append(Failure(name, error.what))
    return files, failures


def _unpacked(name: str, path: Path) -> bytes:
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        stream: IO[bytes] = file
        if start[:2] == b"\x1f\x8b":
            stream = io.BufferedReader(gzip.GzipFile(fileobj=file))
        elif start == b"\x28\xb5\x2f\xfd":
            stream = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        try:
            return _at_most(stream, name)
        except (EOFError, zstandard.ZstdError, gzip.BadGzipFile) as error:
            raise ListError(name, f"it cannot be unpacked: {error}") from error


def _at_most(stream: IO[bytes], name: str) -> bytes:
    data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ListError(name, f"it holds more than {_MOST_BYTES:,} bytes")
    return data


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_of(digests: Mapping[str, str]) -> str:
    """The digest of one file, or of the lines `role digest` of several."""
    if len(digests) == 1:
        return next(iter(digests.values()))
    return _digest("".join(f"{role} {digests[role]}\n" for role in sorted(digests)).encode())
