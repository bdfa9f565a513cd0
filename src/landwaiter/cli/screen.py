"""`landwaiter screen`: the listed parties that a name, or each name of a file, could be."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from landwaiter.cli.deciding import Marks, Word, keep_word, marks_for
from landwaiter.cli.standing import Asking, index_for
from landwaiter.errors import InputError
from landwaiter.load.loading import read_rows
from landwaiter.screen.asking import asked_of, asked_of_parties, parse_asked, row_names
from landwaiter.screen.index import Asked, Match, NameIndex
from landwaiter.screen.since import Change, changes_since
from landwaiter.settings import read_settings
from landwaiter.text.evidence import DEFAULT_THRESHOLD

# What a batch writes down to: below this two names are two names, and `match` is false well above it already.
LEAST_WRITTEN = 0.5
ANSWER = pa.schema([
    ("row", pa.string()), ("rank", pa.int64()), ("listing_id", pa.string()), ("list", pa.string()),
    ("name_matched", pa.string()), ("score", pa.float64()), ("match", pa.bool_()), ("reason", pa.string()),
    ("decision", pa.string()),
])  # fmt: skip
DIFFERENCE = pa.schema([*ANSWER, ("change", pa.string()), ("score_before", pa.float64())])
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
    since_lists: Path | None = None,
    run: Path | None = None,
    party: str | None = None,
    decide: str | None = None,
    as_: Annotated[str | None, Parameter(name="--as")] = None,
    reason: str | None = None,
    by: str | None = None,
    until: date | None = None,
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
        since_lists: lists as they were: --out gets only what is new, gone or changed since then.
        run: folder of a finished run, with --party: its party is screened with all that the run knows of it.
        party: the party's id in that run, such as p-0123456789ab.
        decide: id of the listing on which an officer decides for this name, with --as, --reason and --by.
        as_: the decision: cleared, confirmed, or reopened to take an earlier one back.
        reason: why the officer decides so.
        by: the officer.
        until: the last day of the decision; without end if not given.
        json_: print JSON lines instead of a table.
    """
    if [name, batch, party].count(None) != 2:
        raise InputError("screen", "takes one NAME, --batch FILE, or --run DIR with --party ID", "give one of them")
    if (run is None) != (party is None):
        raise InputError("--party", "needs --run, and --run needs --party", "give the run's folder and the party's id")
    if not 0 < threshold <= 1 or limit < 1:
        raise InputError("screen", "--threshold lies between 0 and 1, and --limit is 1 or more")
    if batch is not None and out is None:
        raise InputError("--batch", "needs --out", f"name a file that ends in {', '.join(ENDINGS)}")
    if out is not None:
        check_ending(out)
    if since_lists is not None and batch is None:
        raise InputError("--since-lists", "needs --batch", "give the file of names that was screened then")
    rows = read_rows(batch) if batch is not None else None
    day = as_of or date.today()
    asking = index_for(lists, day)
    if rows is not None and batch is not None and out is not None:
        before = index_for(since_lists, day).index if since_lists is not None else None
        file = _Batch(batch, row_names(rows), asked_of(rows, str(batch)), out)
        if before is not None:
            return _write_changes(file, before, asking.index, limit=limit, threshold=threshold)
        return _screen_batch(asking.index, file, limit=limit, threshold=threshold)
    if run is not None:
        asked = _party_of_run(run, party or "")
    else:
        asked = parse_asked(name or "", kind=kind, country=country, birth_date=birth_date, identifiers=identifiers)
    if decide is not None:
        keep_word(asking.index, asked, Word(decide, as_, reason, by, until))
        return 0
    matches = asking.index.screen([asked], threshold=threshold, most=limit)[0]
    _show(matches, asked, asking, threshold, as_json=json_)
    return 0 if matches else 1


def _party_of_run(run: Path, party: str) -> Asked:
    """A party as the run screened it, so that an officer's word on it stands for the next run too."""
    path = run / "parties.parquet"
    try:
        found = pq.read_table(path, filters=[("party_id", "=", party)])
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(str(path), f"cannot be read: {error}", "give --run the folder of a finished run") from error
    if not found.num_rows:
        raise InputError("--party", f"the run has no party '{party}'", "matches.parquet and the report name them")
    return asked_of_parties(found)[0]


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


@dataclass(frozen=True)
class _Batch:
    """A file of names: what its rows are called, what they ask, and where the answers go."""

    path: Path
    rows: list[str]
    asked: list[Asked]
    out: Path


def _screen_batch(index: NameIndex, file: _Batch, *, limit: int, threshold: float) -> int:
    least = min(LEAST_WRITTEN, threshold)
    found = index.screen(file.asked, threshold=least, most=limit, threads=read_settings().threads)
    lines = list(_lines(file, found, marks_for(index), threshold))
    write_answers(pa.Table.from_pylist(lines, schema=ANSWER), file.out)
    matched = sum(any(match.score >= threshold for match in matches) for matches in found)
    decided = sum(bool(line.get("decision")) for line in lines)
    said = f", {decided:,} pairs with a decision" if decided else ""
    counted = f"{len(file.asked):,} rows, {matched:,} with a match in {len(index):,} listings{said}"
    sys.stdout.write(f"{file.path}: {counted}; {file.out}\n")
    return 0


def _lines(
    file: _Batch, found: Sequence[Sequence[Match]], marks: Marks, threshold: float
) -> Iterator[dict[str, object]]:
    for row, one, matches in zip(file.rows, file.asked, found, strict=True):
        for rank, match in enumerate(matches, 1):
            is_match = match.score >= threshold
            yield {"row": row, "rank": rank, **asdict(match), "match": is_match, "decision": marks.on(one, match)}
        if not matches:
            yield _no_line(row, "no listed name is near" if one.names else "the row has no name")


def _no_line(row: str, reason: str) -> dict[str, object]:
    return {"row": row, "rank": 0, "score": 0.0, "match": False, "reason": reason, "decision": ""}


def _write_changes(file: _Batch, before: NameIndex, index: NameIndex, *, limit: int, threshold: float) -> int:
    """Write what two editions of the lists answer otherwise; every row has a line, if only to say that nothing did."""
    least = min(LEAST_WRITTEN, threshold)
    changes = changes_since(before, index, file.asked, threshold=least, threads=read_settings().threads)
    of_row: dict[int, list[Change]] = {}
    for change in sorted(changes, key=lambda one: (one.place, -one.match.score, one.match.listing_id)):
        of_row.setdefault(change.place, []).append(change)
    marks, lines = marks_for(index), []
    for place, (row, asked) in enumerate(zip(file.rows, file.asked, strict=True)):
        for rank, one in enumerate(of_row.get(place, [])[:limit], 1):
            is_match = one.change != "gone" and one.match.score >= threshold
            lines.append({"row": row, "rank": rank, **asdict(one.match), "match": is_match,
                          "decision": marks.on(asked, one.match), "change": one.change,
                          "score_before": one.before})  # fmt: skip
        if place not in of_row:
            lines.append({**_no_line(row, "nothing has changed"), "change": ""})
    write_answers(pa.Table.from_pylist(lines, schema=DIFFERENCE), file.out)
    counts = Counter(one.change for one in changes)
    said = ", ".join(f"{counts[change]:,} {change}" for change in ("new", "gone", "changed"))
    sys.stdout.write(f"{file.path}: {len(file.asked):,} rows, {said}; {file.out}\n")
    return 0


def _show(matches: Sequence[Match], asked: Asked, asking: Asking, threshold: float, *, as_json: bool) -> None:
    marks = marks_for(asking.index)
    if as_json:
        for rank, match in enumerate(matches, 1):
            line = {"rank": rank, **asdict(match), "decision": marks.on(asked, match)}
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        return
    console = Console()
    if not matches:
        rows = f"{asking.listings:,} listings of {asking.lists} lists"
        said = f"{asked.names[0] if asked.names else 'an empty name'}: nothing in {rows} reached {threshold:.2f}"
        console.print(said, markup=False, highlight=False, soft_wrap=True)
        return
    decisions = [marks.on(asked, match) for match in matches]
    table = Table("score", "name listed", "list", "listing", "reason", *(["decision"] if any(decisions) else []))
    for match, decision in zip(matches, decisions, strict=True):
        cells = [f"{match.score:.2f}", match.name_matched, match.list, match.listing_id, match.reason]
        table.add_row(*cells, *([decision] if any(decisions) else []))
    console.print(table)
