"""`landwaiter backtest`: lists and rows frozen at a day of the past, and what would have been flagged, and when."""

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import pyarrow as pa
from cyclopts import Parameter

from landwaiter.backtest.hindsight import ANSWERS, NO_LISTS, Given, Row, look_back
from landwaiter.backtest.stories import read_stories
from landwaiter.cli.progress import Shown, shown
from landwaiter.cli.screen import check_ending, write_answers
from landwaiter.cli.standing import lists_for
from landwaiter.errors import InputError
from landwaiter.load.loading import Loaded, load
from landwaiter.load.mapping import read_mapping
from landwaiter.record import Options
from landwaiter.settings import read_settings

Files = Annotated[list[Path] | None, Parameter(consume_multiple=True, negative="")]


def backtest(
    *,
    cases: Path,
    out: Path,
    shipments: Files = None,
    companies: Files = None,
    ownership: Files = None,
    flows: Files = None,
    lists: Path | None = None,
    map_: Annotated[Path | None, Parameter(name="--map")] = None,
    case: Annotated[list[str] | None, Parameter(consume_multiple=True)] = None,
    every: int = 0,
    keep: Path | None = None,
    json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Freeze lists and rows at a day of the past, and say what would have been flagged, and when.

    For each actor of each case: which lists had it on the day, which took it up later and after how many days, and,
    where customs rows are given, whether a run on the rows up to that day flagged it, by which red flags, at which
    rank. Rows and listings without a day are left out and counted, since nobody can show that they are older. Where no
    rows are given, that part of each answer says "did not run".

    Args:
        cases: YAML or JSON with `cases`: id, actors (name, country, role, listed), typologies and backtest (as_of,
            expect).
        out: file for the answers, .csv, .parquet or .jsonl: one line for each actor.
        shipments: customs rows of any time; those after each case's day are kept away from the run.
        companies: what registers say; of firms without a day of incorporation nothing is used.
        ownership: who owns whom; interests without a first day are not used.
        flows: aggregate trade statistics; months and years not over on the day are not used.
        lists: folder or file of lists of parties; those that `landwaiter update` keeps if not given.
        map_: TOML file that maps the headers of the files to our columns.
        case: ids of the cases to look at; all if not given.
        every: also run on every so many days before, back to the first row, to say since when an actor was flagged.
        keep: new or empty folder in which the frozen rows and the full result of every run are kept.
        json_: print JSON lines instead of a summary.
    """
    check_ending(out)
    if every < 0:
        raise InputError("--every", f"'{every}' is no number of days", "write it as --every 30")
    stories = [one for one in read_stories(cases) if not case or one.id in case]
    if unknown := sorted(set(case or []) - {one.id for one in stories}):
        raise InputError(str(cases), f"has no case '{unknown[0]}'", "leave --case away for all")
    settings = read_settings()
    asked = {"declarations": shipments, "companies": companies, "ownership": ownership, "trade_flows": flows}
    kept = lists or (settings.home / "lists" if (settings.home / "lists").is_dir() else None)
    options = Options(as_of=stories[0].as_of, memory_mb=settings.memory_mb, threads=settings.threads)
    with _folder(keep) as work, shown(quiet=json_) as progress:
        loads = _loaded(asked, map_, work, progress)
        read = lists_for(kept, max(one.as_of for one in stories)) if kept else None
        answers: list[Row] = []
        for story, rows, notes in look_back(stories, Given(read, loads, options, every), work, progress):
            answers += rows
            for line in (f"{story.id}, as of {story.as_of}: {story.title}", *(f"  {one}" for one in notes)):
                progress.say(line)
            for row in rows:
                progress.say(f"  {row['actor']}: {row['reason']}")
    write_answers(pa.Table.from_pylist(answers, schema=ANSWERS), out)
    lines = [json.dumps(row, ensure_ascii=False, default=str) for row in answers] if json_ else [_summary(answers, out)]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
        return
    if keep.exists() and (not keep.is_dir() or any(keep.iterdir())):
        raise InputError(str(keep), "is not an empty folder", "give --keep a new one")
    keep.mkdir(parents=True, exist_ok=True)
    yield keep


def _loaded(
    asked: dict[str, list[Path] | None], map_: Path | None, work: Path, progress: Shown
) -> dict[str, list[Loaded]]:
    """Every file read once; each case then takes of it what was known on its day."""
    mappings = read_mapping(map_) if map_ else {}
    loads: dict[str, list[Loaded]] = {}
    for kind, files in asked.items():
        for file in files or []:
            into = work / "loaded" / f"{kind}-{len(loads.get(kind, []))}"
            into.mkdir(parents=True)
            loaded = load(kind, file, into, mapping=mappings.get(kind))
            progress.say(loaded.line)
            loads.setdefault(kind, []).append(loaded)
    return loads


def _summary(answers: Sequence[Row], out: Path) -> str:
    """How many actors lists had on the day, how many later, how many rows flagged; what did not run is counted too."""
    listed = sum(bool(row["on_lists"]) and row["on_lists"] != NO_LISTS for row in answers)
    later = sum(row["lead_days"] is not None for row in answers)
    by_flag: dict[str, int] = {}
    for row in answers:
        by_flag[str(row["flagged"])] = by_flag.get(str(row["flagged"]), 0) + 1
    said = ", ".join(f"{count} {word}" for word, count in sorted(by_flag.items()))
    return f"{len(answers)} actors: {listed} on a list on the day, {later} listed later; flagged by rows: {said}; {out}"
