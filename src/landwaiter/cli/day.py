"""`landwaiter day`: one more day of customs rows into a book, and the hops and chains that it changes."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landwaiter.daybook.book import Day, Report, add_files
from landwaiter.load.mapping import read_mapping
from landwaiter.settings import read_settings


def day(
    *,
    shipments: Annotated[list[Path], Parameter(consume_multiple=True)],
    book: Path,
    out: Path,
    map_: Annotated[Path | None, Parameter(name="--map")] = None,
    threads: int | None = None,
    json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Add a day's customs rows to a book that `landwaiter run --book` founded, and tell what they change.

    Only the ledgers of the day's firms and goods are opened. Links, taint, hops and chains are then those that a run
    over all rows would give; the hops and chains that the day made, ended or changed are written, with the rows and
    parties they name, as tables of a run, so that `landwaiter trace ID --out` reads them. Where a day reaches further
    than its own rows, all rows are looked at, and a line says why. Lists, registers, red flags and scores are not in a
    book: they wait for the next whole run.

    Args:
        shipments: customs declarations of the day, in any form that `landwaiter run` reads; late rows too.
        book: folder of the book; it is changed when all went well, and else stays as it was.
        out: folder for what the day changed: new, empty, or with an earlier result.
        map_: TOML file that maps the headers of the files to our columns.
        threads: how many threads a step may use; all cores if not given. The result is the same.
        json_: print run.json instead of a summary.
    """
    settings = read_settings()
    mapping = read_mapping(map_).get("declarations") if map_ else None
    report = add_files(
        book, Day(shipments, mapping, out), memory_mb=settings.memory_mb, threads=threads or settings.threads
    )
    sys.stdout.write(report.as_json() if json_ else summary(report, out))
    return 0


def summary(report: Report, out: Path) -> str:
    """What a person wants to know of the day, a few lines."""
    lines = [
        f"{one['file']}: {one['rows']} rows = {one['loaded']} loaded + {one['rejected']} rejected"
        for one in report.inputs
    ]
    if report.added.spellings:
        lines.append(f"{report.added.spellings:,} new spellings or addresses: all spellings were resolved again")
    lines += [f"all records were unified again: {why}" for why in report.added.whole]
    opened = report.added.opened
    lines.append(
        f"{opened['ledgers']:,} ledgers with {opened['lots']:,} lots opened, {opened['links']:,} links changed; "
        f"{report.counts['hops']:,} hops and {report.chains:,} chains may be new or other than before: {out}"
    )
    lines.append(f"the book has {report.book_rows:,} rows; {report.seconds['whole']:.1f} s")
    lines.append("did not run: lists, registers, red flags and scores: they wait for the next whole run")
    return "\n".join(lines) + "\n"
