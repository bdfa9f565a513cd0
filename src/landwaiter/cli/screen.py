"""`landwaiter screen`: the listed parties that a name, or each name of a file, could be."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from landwaiter.cli.standing import Asking, index_for
from landwaiter.errors import InputError
from landwaiter.load.loading import read_rows
from landwaiter.screen.asking import asked_of, parse_asked, row_names
from landwaiter.screen.index import Asked, Match, NameIndex
from landwaiter.settings import read_settings
from landwaiter.text.evidence import DEFAULT_THRESHOLD

# What a batch writes down to: below this two names are two names, and `match` is false well above it already.
LEAST_WRITTEN = 0.5
ANSWER = pa.schema([
    ("row", pa.string()), ("rank", pa.int64()), ("listing_id", pa.string()), ("list", pa.string()),
    ("name_matched", pa.string()), ("score", pa.float64()), ("match", pa.bool_()), ("reason", pa.string()),
])  # fmt: skip
ENDINGS = (".parquet", ".csv", ".jsonl")


def screen(
    name: Annotated[str | None, Parameter(name="NAME")] = None,
    /,
    *,
    batch: Path | None = None,
    out: Path | None = None,
    lists: Path | None = None,
    as_of: date | None = None,
    limit: int = 10,
    threshold: float = DEFAULT_THRESHOLD,
    kind: str = "",
    country: str = "",
    birth_date: str = "",
    identifiers: str = "",
    json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Name the listed parties that a name, or each name of a file, could be, with a score and what it rests on.

    Exit status 1 where nothing reached the threshold: that clears nobody, it only says what was not found.

    Args:
        name: the name to screen, in any script.
        batch: a file of names: columns name; optional row, kind, country, birth_date, other_names, identifiers.
        out: file for the answers to a batch, .parquet, .csv or .jsonl; at least one line for each row.
        lists: folder or file of lists; those that `landwaiter update` keeps if not given.
        as_of: only listings in force on this day count; today if not given.
        limit: the most listings for each name.
        threshold: the least score of a match, 0 to 1.
        kind: person, organisation, vessel or aircraft.
        country: ISO alpha-2 codes, separated by ;.
        birth_date: YYYY, YYYY-MM or YYYY-MM-DD, separated by ;.
        identifiers: numbers such as imo:9123456, separated by ;.
        json_: print JSON lines instead of a table.
    """
    if (name is None) == (batch is None):
        raise InputError("screen", "takes one NAME, or --batch FILE", "give one of them")
    if not 0 < threshold <= 1 or limit < 1:
        raise InputError("screen", "--threshold lies between 0 and 1, and --limit is 1 or more")
    if batch is not None and out is None:
        raise InputError("--batch", "needs --out", f"name a file that ends in {', '.join(ENDINGS)}")
    if out is not None:
        check_ending(out)
    rows = read_rows(batch) if batch is not None else None
    day = as_of or date.today()
    asking = index_for(lists, day)
    if rows is not None and batch is not None and out is not None:
        return _screen_batch(asking.index, rows, batch, out, limit=limit, threshold=threshold)
    asked = parse_asked(name or "", kind=kind, country=country, birth_date=birth_date, identifiers=identifiers)
    matches = asking.index.screen([asked], threshold=threshold, most=limit)[0]
    _show(matches, asked, asking, threshold, as_json=json_)
    return 0 if matches else 1


def check_ending(out: Path) -> None:
    """Refuse a file that we would not know how to write, before any work is done."""
    if out.suffix not in ENDINGS:
        raise InputError(str(out), "has no ending that we write", f"end it in {', '.join(ENDINGS)}")


def write_answers(table: pa.Table, out: Path) -> None:
    """Write a table aside and put it in place whole, in the form that the ending says."""
    aside = out.with_name(f".{out.name}.part")
    try:
        if out.suffix == ".parquet":
            pq.write_table(table, aside, compression="zstd")
        elif out.suffix == ".csv":
            pa_csv.write_csv(table, aside)
        else:
            lines = (json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in table.to_pylist())
            aside.write_text("".join(lines), encoding="utf-8")
        aside.replace(out)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise InputError(str(out), f"cannot be written: {error.strerror}") from error


def _screen_batch(index: NameIndex, rows: pa.Table, batch: Path, out: Path, *, limit: int, threshold: float) -> int:
    asked = asked_of(rows, str(batch))
    least = min(LEAST_WRITTEN, threshold)
    found = index.screen(asked, threshold=least, most=limit, threads=read_settings().threads)
    lines = list(_lines(row_names(rows), asked, found, threshold))
    write_answers(pa.Table.from_pylist(lines, schema=ANSWER), out)
    matched = sum(any(match.score >= threshold for match in matches) for matches in found)
    sys.stdout.write(f"{batch}: {len(asked):,} rows, {matched:,} with a match in {len(index):,} listings; {out}\n")
    return 0


def _lines(
    names: Sequence[str], asked: Sequence[Asked], found: Sequence[Sequence[Match]], threshold: float
) -> Iterator[dict[str, object]]:
    for row, one, matches in zip(names, asked, found, strict=True):
        for rank, match in enumerate(matches, 1):
            yield {"row": row, "rank": rank, **asdict(match), "match": match.score >= threshold}
        if not matches:
            reason = "no listed name is near" if one.names else "the row has no name"
            yield {"row": row, "rank": 0, "score": 0.0, "match": False, "reason": reason}


def _show(matches: Sequence[Match], asked: Asked, asking: Asking, threshold: float, *, as_json: bool) -> None:
    if as_json:
        for rank, match in enumerate(matches, 1):
            sys.stdout.write(json.dumps({"rank": rank, **asdict(match)}, ensure_ascii=False) + "\n")
        return
    console = Console()
    if not matches:
        rows = f"{asking.listings:,} listings of {asking.lists} lists"
        said = f"{asked.names[0] if asked.names else 'an empty name'}: nothing in {rows} reached {threshold:.2f}"
        console.print(said, markup=False, highlight=False, soft_wrap=True)
        return
    table = Table("score", "name listed", "list", "listing", "reason")
    for match in matches:
        table.add_row(f"{match.score:.2f}", match.name_matched, match.list, match.listing_id, match.reason)
    console.print(table)
