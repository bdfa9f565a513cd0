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
from landwaiter.screen.coverage import cover
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
        json_: print JSON lines instead of a table.
    """
    if out is not None:
        check_ending(out)
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
    if out is not None:
        write_answers(covered, out)
    if json_:
        for row in covered.to_pylist():
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    elif name is not None and covered.num_rows:
        _show(covered)
    elif name is None:
        _summarise(covered)
    return 0 if covered.num_rows else 1


def _show(covered: pa.Table) -> None:
    console = Console()
    rows = covered.to_pylist()
    for party in dict.fromkeys(row["party"] for row in rows):
        members = [row for row in rows if row["party"] == party]
        table = Table(
            "list", "since", "listed as", "listing", "linked by", title=members[0]["name"], title_justify="left"
        )
        for row in members:
            since = str(row["listed_on"] or "unknown")
            table.add_row(row["list"], since, row["name_listed"], row["listing_id"], row["linked_by"])
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
