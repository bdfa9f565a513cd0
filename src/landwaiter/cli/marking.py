"""`landwaiter marking`: what a chip's marking says of maker, part, date, lot and country of assembly."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import pyarrow as pa
from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from landwaiter.classify.marking import ANSWERED, MarkingAnswer, read_marking, read_markings
from landwaiter.cli.screen import ENDINGS, check_ending, write_answers
from landwaiter.errors import InputError
from landwaiter.load.loading import read_rows

ANSWER = pa.schema([
    ("row", pa.string()), ("rank", pa.int64()), ("maker", pa.string()), ("maker_family", pa.string()),
    ("part", pa.string()), ("package", pa.string()), ("date_code", pa.string()), ("made_from", pa.date32()),
    ("made_to", pa.date32()), ("lot", pa.string()), ("assembled_in", pa.string()), ("component_type", pa.string()),
    ("hs6", pa.string()), ("eccn", pa.string()), ("probability", pa.float64()), ("reason", pa.string()),
    ("part_family", pa.string()), ("part_base", pa.string()),
])  # fmt: skip


def marking(
    text: Annotated[str | None, Parameter(name="TEXT")] = None,
    /,
    *,
    batch: Path | None = None,
    out: Path | None = None,
    as_of: date | None = None,
    limit: int = 3,
    json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Read the marking of a chip or another part: maker, part number, package, date code, lot, country of assembly.

    The maker is the one whose name or whose way of numbering stands on the part; the family is the house that sells its
    parts today. Where it was assembled is read from the marking alone, never from where the maker sits. eccn names
    paragraphs to look at and is no answer. A probability under 0.5 is a suggestion. Exit status 1 where nothing is
    known; that a marking is not known says nothing about the part.

    Args:
        text: the marking, in one or several lines, as engraved or as typed; Latin or Cyrillic letters.
        batch: a file of markings: column text; optional row. .parquet, .csv or .jsonl.
        out: file for the answers to a batch, .parquet, .csv or .jsonl; at least one line for each row.
        as_of: no date code is read as later than this day, and makers belong to their owner of this day; today if not
            given.
        limit: the most readings for each marking.
        json_: print JSON lines instead of a table.
    """
    if (text is None) == (batch is None):
        raise InputError("marking", "takes one TEXT, or --batch FILE", "give one of them")
    if limit < 1:
        raise InputError("--limit", "is 1 or more")
    day = as_of or date.today()
    if text is not None:
        answers = read_marking(text, as_of=day, most=limit)
        _show(list(lines_of(["0"], [answers])), as_json=json_)
        return 0 if answers[0].rank else 1
    if batch is None or out is None:
        raise InputError("--batch", "needs --out", f"name a file that ends in {', '.join(ENDINGS)}")
    check_ending(out)
    table = read_rows(batch)
    if "text" not in table.column_names:
        raise InputError(str(batch), "has no column 'text'", f"its columns are: {', '.join(table.column_names)}")
    texts = [cell or "" for cell in table.column("text").to_pylist()]
    named = "row" in table.column_names
    names = [str(cell) for cell in table.column("row").to_pylist()] if named else [str(n) for n in range(len(texts))]
    found = read_markings(texts, as_of=day, most=limit)
    write_answers(pa.Table.from_pylist(list(lines_of(names, found)), schema=ANSWER), out)
    sure = sum(one[0].probability >= ANSWERED for one in found)
    sys.stdout.write(f"{batch}: {len(texts):,} rows, {sure:,} with a maker at 0.50 or more; {out}\n")
    return 0


def lines_of(names: Sequence[str], found: Sequence[Sequence[MarkingAnswer]]) -> Iterator[dict[str, object]]:
    """The lines of an answer file."""
    for name, answers in zip(names, found, strict=True):
        for one in answers:
            yield {"row": name, **asdict(one)}


def _show(lines: Sequence[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        for line in lines:
            sys.stdout.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
        return
    console = Console(width=None if sys.stdout.isatty() else 160)
    for line in lines:
        if not line["rank"]:
            console.print(f"nothing could be read: {line['reason']}", markup=False)
            continue
        table = Table(show_header=False, title=f"reading {line['rank']}, probability {line['probability']:.2f}")
        for name in ANSWER.names[2:]:
            value = line[name]
            if name not in ("probability", "part_family", "part_base") and value not in (None, ""):
                table.add_row(name, str(value))
        console.print(table)
