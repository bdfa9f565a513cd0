"""A book in a folder: a run founds it, and each day's files are added to it, whole or not at all."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from landwaiter.daybook.adding import Added, Terms, add_rows, name_rows
from landwaiter.daybook.founding import found_book
from landwaiter.engine.corridor import Corridor
from landwaiter.engine.duck import DuckCorridor, open_duck
from landwaiter.engine.folder import MARK, new_folder
from landwaiter.errors import InputError, RefusedError
from landwaiter.load.loading import Loaded, load
from landwaiter.load.mapping import Mapping as FileMapping
from landwaiter.record import Options, rules_digest

TABLES_FILE, BOOK_MARK = "book.duckdb", "book.json"
# What a day's result holds, all in the form of a run's.
TOLD = ("shipments", "parties", "legs", "hops", "chains", "rejects")
INPUTS = pa.schema(
    [
        ("file", pa.string()),
        ("sha256", pa.string()),
        ("rows", pa.int64()),
        ("loaded", pa.int64()),
        ("rejected", pa.int64()),
    ]
)
AGAIN = "run all files anew with --book"


@dataclass(frozen=True)
class Day:
    """A day's files, and where its result goes.

    Args:
        files: customs rows.
        mapping: of their headers; None where they have our names.
        out: folder of the result.
    """

    files: Sequence[Path]
    mapping: FileMapping | None
    out: Path


@dataclass
class Report:
    """What adding a day did, for a person and for run.json."""

    rows: int
    rejected: int
    book_rows: int
    added: Added
    counts: dict[str, int]
    chains: int
    inputs: list[dict[str, object]]
    seconds: dict[str, float]

    def as_json(self) -> str:
        """The text of run.json of a day's result."""
        return json.dumps({"program": "landwaiter day", **asdict(self)}, ensure_ascii=False, indent=2) + "\n"


def keep_book(corridor: Corridor, folder: Path, options: Options, inputs: Sequence[Mapping[str, object]]) -> None:
    """Found a book in a new folder, or in place of an earlier one, out of the corridor of a traced run."""
    with new_folder(folder, BOOK_MARK) as aside:
        spill = aside / "engine"
        spill.mkdir()
        limits = {"memory_mb": max(500, options.memory_mb // 5), "threads": options.threads}
        with open_duck(spill, **limits, file=aside / TABLES_FILE) as store:
            found_book(store, corridor)
            known = [_known(one) for one in inputs if one["kind"] == "declarations"]
            store.put("book_inputs", pa.Table.from_pylist(known, schema=INPUTS))
        _remove(spill)
        terms = Terms(options.as_of, options.window_days, options.max_hops)
        _write_mark(aside, terms)


def add_files(folder: Path, day: Day, *, memory_mb: int, threads: int) -> Report:
    """Add a day's files to a book, and write what the day made or changed; an error leaves the book as it was."""
    terms = _terms_of(folder)
    begun = time.monotonic()
    with new_folder(day.out) as out:
        work_dir, spill = out / "work", out / "engine"
        for one in (work_dir, spill, spill / "book", spill / "work"):
            one.mkdir()
        with (
            open_duck(spill / "book", memory_mb=memory_mb // 2, threads=threads, file=folder / TABLES_FILE) as store,
            open_duck(spill / "work", memory_mb=memory_mb // 4, threads=threads) as work,
        ):
            first = store.count("shipments")
            loads = _load(day, work_dir, first, store.get("book_inputs").to_pylist())
            inputs = [_of_load(loaded) for loaded in loads]
            rows = pa.concat_tables([pq.read_table(loaded.paths[0]) for loaded in loads])
            loaded_in = time.monotonic() - begun
            with store.whole():
                added = add_rows(store, work, rows, terms, threads=threads)
                counts, chains = _tell(store, work, rows, loads, out)
                added_in = time.monotonic() - begun - loaded_in
                # In the same file as the rows: no crash can leave rows whose file the book does not know.
                store.put("day_inputs", pa.Table.from_pylist(inputs, schema=INPUTS))
                store.add("book_inputs", "day_inputs")
                store.drop("day_inputs")
            book_rows = store.count("shipments")
        for one in (work_dir, spill):
            _remove(one)
        seconds = {"load": loaded_in, "add": added_in, "whole": time.monotonic() - begun}
        rejected = sum(loaded.rejected for loaded in loads)
        report = Report(rows.num_rows, rejected, book_rows, added, counts, chains, inputs, seconds)
        (out / MARK).write_text(report.as_json(), encoding="utf-8")
    return report


def _load(day: Day, into: Path, first: int, known: Sequence[Mapping[str, object]]) -> list[Loaded]:
    """Every file of the day, rows numbered from where the book ends; the same file twice is refused."""
    digests = {str(one["sha256"]): str(one["file"]) for one in known}
    loads: list[Loaded] = []
    for file in day.files:
        at = first + sum(one.loaded for one in loads)
        loaded = load("declarations", file, into, mapping=day.mapping, first_row_no=at)
        if loaded.sha256 in digests:
            what = f"has the same content as {digests[loaded.sha256]}, which the book has"
            raise InputError(loaded.file, what, "give every file once")
        digests[loaded.sha256] = loaded.file
        loads.append(loaded)
    return loads


def _tell(
    store: DuckCorridor, work: DuckCorridor, day: pa.Table, loads: Sequence[Loaded], out: Path
) -> tuple[dict[str, int], int]:
    """Write what the day changed; give how many rows of each table, and how many chains."""
    name_rows(store, work, day)
    work.put_parquet("rejects", [loaded.paths[1] for loaded in loads])
    counts = {name: work.write(name, out / f"{name}.parquet") for name in TOLD}
    return counts, len(set(work.get("chains")["chain_id"].to_pylist()))


def _terms_of(folder: Path) -> Terms:
    try:
        mark = json.loads((folder / BOOK_MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(str(folder), f"is no book: {error}", "`landwaiter run --book` founds one") from error
    if mark["rules"] != rules_digest():
        raise RefusedError(str(folder), "was founded under other rules than this program's", AGAIN)
    return Terms(date.fromisoformat(mark["as_of"]), mark["window_days"], mark["max_hops"])


def _write_mark(folder: Path, terms: Terms) -> None:
    mark = {
        "as_of": terms.as_of.isoformat(),
        "window_days": terms.window_days,
        "max_hops": terms.max_hops,
        "rules": rules_digest(),
    }
    (folder / BOOK_MARK).write_text(json.dumps(mark, indent=2) + "\n", encoding="utf-8")


def _known(one: Mapping[str, object]) -> dict[str, object]:
    return {name: one[name] for name in INPUTS.names}


def _of_load(loaded: Loaded) -> dict[str, object]:
    return _known({name: getattr(loaded, name) for name in INPUTS.names})


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()
