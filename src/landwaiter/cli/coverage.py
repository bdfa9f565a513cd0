"""`landwaiter coverage`: which lists carry a party, since when, and which do not."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.compute as pc
from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from landwaiter.cli.screen import check_ending, write_answers
from landwaiter.cli.standing import lists_for
from landwaiter.errors import InputError
from landwaiter.screen.coverage import alone_by_month, cover
from landwaiter.screen.coverage_picture import draw_coverage
from landwaiter.screen.index import Asked, NameIndex
from landwaiter.text.evidence import DEFAULT_THRESHOLD


def coverage(
    name: Annotated[str | None, Parameter(name="NAME")] = None,
    /,
    *,
    lists: Path | None = None,
    out: Path | None = None,
    as_of: date | None = None,
    threshold: float = DEFAULT_THRESHOLD,
    programme: str | None = None,
    months: Path | None = None,
    picture: Path | None = None,
    json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Say which lists carry a party, since when, and which do not; of all parties where no name is given.

    Listings of several lists are one party by an identifier, a name with a birth date, or a distinctive name with a
    country. A list that carries the party under facts too different to be linked is not seen, so `not_on` is to be
    checked before anybody acts on it. Exit status 1 where no listing has the name.

    Args:
        name: of the party; every listing that it could be is shown.
        lists: folder or file of lists; those that `landwaiter update` keeps if not given.
        out: file for one line per listing, .parquet, .csv or .jsonl.
        as_of: only listings in force on this day count; today if not given.
        threshold: the least score of the name, 0 to 1.
        programme: only parties that some list carries under a programme with this word, such as Russia.
        months: file for the parties on one list only, by list and month of listing; .parquet, .csv or .jsonl.
        picture: file for a page that draws the same, .html.
        json_: print JSON lines instead of a table.
    """
    for file in filter(None, (out, months)):
        check_ending(file)
    if picture is not None and picture.suffix != ".html":
        raise InputError(str(picture), "is drawn as a page", "end it in .html")
    day = as_of or date.today()
    kept = lists_for(lists, day)
    covered = cover(kept.listings, kept.listing_names, as_of=day)
    if name is not None:
        index = NameIndex(kept.listings, kept.listing_names, as_of=day)
        matches = index.screen([Asked([name])], threshold=threshold, most=50)[0]
        ids = pa.array([match.listing_id for match in matches], pa.string())
        parties = covered.filter(pc.is_in(covered.column("listing_id"), ids)).column("party")
        covered = covered.filter(pc.is_in(covered.column("party"), parties.combine_chunks()))
        if not covered.num_rows:
            sys.stdout.write(f"{name}: no listing reached {threshold:.2f}\n")
    if programme is not None:
        covered = _of_programme(covered, programme)
    if out is not None:
        write_answers(covered, out)
    _write_months(alone_by_month(covered), months, picture, day)
    if json_:
        for row in covered.to_pylist():
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    elif name is not None and covered.num_rows:
        _show(covered)
    elif name is None:
        _summarise(covered)
    return 0 if covered.num_rows else 1


def _of_programme(covered: pa.Table, word: str) -> pa.Table:
    """All lines of the parties that have the word in a programme of some list, whatever its case."""
    named = pc.match_substring(covered.column("programmes"), word, ignore_case=True)
    return covered.filter(pc.is_in(covered.column("party"), covered.filter(named).column("party").combine_chunks()))


def _write_months(alone: pa.Table, months: Path | None, picture: Path | None, day: date) -> None:
    if months is not None:
        write_answers(alone, months)
    if picture is not None:
        aside = picture.with_name(f".{picture.name}.part")
        try:
            aside.write_text(draw_coverage(alone, as_of=day.isoformat()), encoding="utf-8")
            aside.replace(picture)
        except OSError as error:
            aside.unlink(missing_ok=True)
            raise InputError(str(picture), f"cannot be written: {error.strerror}") from error


def _show(covered: pa.Table) -> None:
    console = Console()
    rows = covered.to_pylist()
    for party in dict.fromkeys(row["party"] for row in rows):
        members = [row for row in rows if row["party"] == party]
        columns = ("list", "since", "programmes", "listed as", "listing", "linked by")
        table = Table(*columns, title=members[0]["name"], title_justify="left")
        for row in members:
            since = str(row["listed_on"] or "unknown")
            said = (row[name] for name in ("programmes", "name_listed", "listing_id", "linked_by"))
            table.add_row(row["list"], since, *said)
        console.print(table)
        console.print(f"not on: {members[0]['not_on'].replace(';', ', ') or 'no other list'}\n", markup=False)


def _summarise(covered: pa.Table) -> None:
    """For each list how many parties it carries, and how many of them no other list does."""
    table = Table("list", "parties", "on no other list")
    for name in sorted(set(covered.column("list").to_pylist())):
        mine = covered.filter(pc.equal(covered.column("list"), name))
        parties = set(mine.column("party").to_pylist())
        alone = set(mine.filter(pc.equal(mine.column("lists"), 1)).column("party").to_pylist())
        table.add_row(name, f"{len(parties):,}", f"{len(alone):,}")
    Console().print(table)
