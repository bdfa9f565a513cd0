"""`landwaiter run`: customs rows and lists in, ranked and explained leads out."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landwaiter.cli.deciding import decisions_file
from landwaiter.cli.progress import shown
from landwaiter.cli.standing import kept_standing
from landwaiter.errors import InputError
from landwaiter.flags.judge import Count
from landwaiter.flow import Inputs
from landwaiter.flow import run as run_flow
from landwaiter.load.mapping import read_mapping
from landwaiter.record import Options, Record
from landwaiter.settings import parse_memory, read_settings

Files = Annotated[list[Path] | None, Parameter(consume_multiple=True, negative="")]


def run(
    *,
    out: Path | None = None,
    add_to: Path | None = None,
    book: Path | None = None,
    shipments: Files = None,
    companies: Files = None,
    ownership: Files = None,
    statements: Files = None,
    flows: Files = None,
    components: Files = None,
    lists: Path | None = None,
    as_of: date | None = None,
    map_: Annotated[Path | None, Parameter(name="--map")] = None,
    targets: str = "",
    origins: str = "",
    window: int = 180,
    hops: int = 6,
    threshold: float | None = None,
    memory: str | None = None,
    threads: int | None = None,
    engine: str = "duckdb",
    spark_url: str | None = None,
    json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Load customs rows and lists, run every engine and red flag, write the tables and report.html.

    Rows that cannot be understood are set aside in rejects.parquet with file, row, column and reason; for every file
    rows in = rows loaded + rows rejected is printed. What could not run is named in run.json and in the report.

    Args:
        out: folder for the result: new, empty, or with an earlier result, which is replaced when all is written.
        add_to: folder of an earlier result, to whose customs rows the new ones are added; it is replaced if --out is
            not given. The result is that of a run on all rows; registers and statistics are given again.
        book: folder for a book of all rows, to which `landwaiter day` adds a day in seconds.
        shipments: customs declarations, bills of lading or orders: CSV, TSV, XLSX, Parquet, JSON lines; .gz or .zst.
            Without them only aggregate statistics are read.
        companies: what registers say of companies.
        ownership: who owns whom.
        statements: end-user statements and certificates as fields: who signed what, when, for which goods.
        flows: aggregate trade statistics.
        components: components found in weapons.
        lists: folder of lists of parties, or one file; the lists kept by `landwaiter update` if not given.
        as_of: day for which lists and control lists are read; today if not given.
        map_: TOML file that maps the headers of the files to our columns; `landwaiter map FILE` proposes one.
        targets: destinations of concern in place of the built-in ones, such as RU,BY:2022-03-02.
        origins: countries whose exports are controlled, in place of the built-in ones.
        window: how many days an arrival may explain a departure.
        hops: how many hops a chain may have.
        threshold: score from which a listed party counts as a possible match, 0 to 1.
        memory: how much memory the run may use, such as 4GB; half of the machine's if not given.
        threads: how many threads a step may use; all cores if not given. The result is the same.
        engine: duckdb, sail or spark.
        spark_url: of the cluster, with --engine spark.
        json_: print run.json instead of a summary.
    """
    result = _result(out, add_to)
    settings = read_settings()
    options = Options(
        as_of=as_of or date.today(),
        targets=_codes(targets),
        origins=_codes(origins),
        window_days=window,
        max_hops=hops,
        threshold=threshold,
        memory_mb=_memory(memory) if memory else settings.memory_mb,
        threads=threads or settings.threads,
        engine=engine,
        spark_url=spark_url,
    )
    folder = _lists(lists, settings.home / "lists")
    inputs = Inputs(
        files={
            "declarations": shipments or [],
            "companies": companies or [],
            "ownership": ownership or [],
            "end_use_statements": statements or [],
            "trade_flows": flows or [],
            "components": components or [],
        },
        lists=folder,
        decisions=decisions_file(),
        standing=kept_standing(folder, options.as_of) if folder and shipments else None,
        mappings=read_mapping(map_) if map_ else {},
        earlier=add_to,
        book=book,
    )
    with shown(quiet=json_) as progress:
        record = run_flow(inputs, result, options, progress)
    return _say(record.as_json() if json_ else summary(record, result))


def _say(text: str) -> int:
    sys.stdout.write(text)
    return 0


def _lists(given: Path | None, kept: Path) -> Path | None:
    return given or (kept if kept.is_dir() else None)


def _result(out: Path | None, add_to: Path | None) -> Path:
    if out is None and add_to is None:
        raise InputError(
            "--out", "no folder for the result was given", "give --out, or --add-to with an earlier result"
        )
    return out or add_to or Path()


def summary(record: Record, out: Path) -> str:
    """What a person wants to know when the run is over, a few lines."""
    counts = record.counts
    lines = []
    if "shipments" in counts:
        lines.append(
            f"{counts['shipments']:,} shipments between {counts['parties']:,} parties, {counts['hops']:,} hops, "
            f"{counts.get('matches', 0):,} possible list matches"
        )
    if "gaps" in counts:
        lines.append(f"{counts['gaps']:,} gaps in aggregate statistics")
    lines += [f"{one['list']}: {_age(one)}, {one['rows']:,} parties" for one in record.lists]
    lines += _not_run(record)
    lines += [f"note: {note}" for note in record.notes]
    lines.append(
        f"{counts['findings']:,} findings, {counts.get('assessments', 0):,} ranked leads: {out / 'report.html'}"
    )
    return "\n".join(lines) + "\n"


def _age(one: dict[str, object]) -> str:
    """The day of a list and how long ago that was; an old list is silent about the newly listed."""
    if one["as_of"] is None:
        return "as of an unknown day"
    return f"as of {one['as_of']}, {Count(int(str(one['age_days']))):day} old"


def _not_run(record: Record) -> list[str]:
    """What did not run, many parts of one engine in one line; run.json and the report hold each reason."""
    by_engine: dict[str, list[dict[str, str]]] = {}
    for one in record.not_run:
        by_engine.setdefault(one["name"].split()[0], []).append(one)
    lines = []
    for engine, parts in by_engine.items():
        if len(parts) > 3:
            lines.append(
                f"did not run: {len(parts)} parts of {engine}; each with its reason in run.json and the report"
            )
        else:
            lines += [f"did not run: {one['name']}: {one['reason']}" for one in parts]
    return lines


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in text.split(",") if code.strip())


def _memory(text: str) -> int:
    try:
        return parse_memory(text)
    except ValueError as error:
        raise InputError("--memory", str(error), "write it as 4GB or 500MB") from error
