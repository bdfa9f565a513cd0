"""`landwaiter mirror`: aggregate trade statistics in; gaps, breaks, substitution and hub shares out."""

import json
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from cyclopts import Parameter

from landwaiter.cli.progress import shown
from landwaiter.engine.duck import open_duck
from landwaiter.engine.spreadsheet import write_csv
from landwaiter.errors import InputError
from landwaiter.load.loading import Loaded, load
from landwaiter.load.mapping import read_mapping
from landwaiter.mirror.asked import Terms
from landwaiter.mirror.cells import NotRun
from landwaiter.mirror.dates import month_number
from landwaiter.mirror.gaps import compare_books
from landwaiter.settings import Settings, read_settings

ENDINGS = (".csv", ".parquet", ".jsonl")
KINDS = {
    "mirror_gap": "exported and not imported",
    "break": "breaks at control dates",
    "triple_difference": "hubs where controlled goods grew beyond all others, and beyond the same elsewhere",
    "hub_share": "jumps of a partner's share",
    "substitution": "bought by neighbours instead",
}
WINDOW = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))\.\.(\d{4}-(?:0[1-9]|1[0-2]))")
TOP = 5


def mirror(
    *,
    flows: Annotated[list[Path], Parameter(consume_multiple=True)],
    out: Path,
    map_: Annotated[Path | None, Parameter(name="--map")] = None,
    as_of: date | None = None,
    targets: str = "",
    neighbours: str = "",
    window: Annotated[list[str] | None, Parameter(consume_multiple=True)] = None,
    control_on: Annotated[list[date] | None, Parameter(consume_multiple=True)] = None,
    treated: str = "",
    money: str = "USD",
    json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Find mirror gaps, breaks, substitution and hub shares in aggregate trade statistics.

    Writes one line for each, with what was expected, what was seen, a score from 0 to 1 and the reason. Says what could
    not be compared and why; a code that is only new in an HS revision is never a break.

    Args:
        flows: statistics by period, reporter, partner, flow and code: CSV, TSV, XLSX, Parquet, JSON lines; .gz or .zst.
        out: file for the result, .csv, .parquet or .jsonl.
        map_: TOML file that maps the headers of the files to our columns; `landwaiter map FILE` proposes one.
        as_of: months not over on this day are not looked at; today if not given.
        targets: destinations of concern in place of the built-in ones, such as RU,BY.
        neighbours: countries through which goods could go instead, in place of the built-in ones, such as AM,KG,KZ.
        window: months of substitution against the same months a year before, such as 2022-05..2022-11.
        control_on: days on which controls began, for every origin, in place of the built-in ones.
        treated: beginnings of the codes whose export is controlled, such as 8542,880730, for the triple difference; the
            priority list as it stood on the day if not given.
        money: what value_usd holds where the mapping put another currency there; it is only said, nothing is converted.
        json_: print one JSON object instead of a summary.
    """
    if out.suffix not in ENDINGS:
        raise InputError(str(out), "has no ending that we write", f"end it in {', '.join(ENDINGS)}")
    mapping = read_mapping(map_).get("trade_flows") if map_ else None
    question = _Question(
        as_of or date.today(),
        _codes(targets),
        _codes(neighbours),
        _windows(window or []),
        control_on or [],
        _codes(treated),
        money,
    )
    with tempfile.TemporaryDirectory() as folder, shown(quiet=json_) as progress:
        loads = []
        for file in flows:
            progress.begin(f"load {file.name}")
            loads.append(load("trade_flows", file, Path(folder), mapping=mapping))
            progress.say(loads[-1].line)
        progress.begin("compare")
        found = _compare(loads, Path(folder), read_settings(), question)
        rejected = _rejects(loads)
        _write(found.gaps, out)
    text = _as_json(found, loads, out) if json_ else _as_text(found, rejected, out)
    sys.stdout.write(text + "\n")
    return 0


@dataclass(frozen=True)
class _Question:
    """What the command line asked."""

    as_of: date
    targets: Sequence[str]
    neighbours: Sequence[str]
    windows: Sequence[tuple[int, int]]
    controls: Sequence[date]
    treated: Sequence[str]
    money: str


@dataclass(frozen=True)
class _Found:
    """What came out: gaps, what did not run, codes by how much a target wants them, and how far books differ."""

    gaps: pa.Table
    not_run: list[NotRun]
    wanted: list[dict[str, str | float]]
    books: list[dict[str, str | float]]


def _compare(loads: Sequence[Loaded], folder: Path, settings: Settings, asked: _Question) -> "_Found":
    if not any(loaded.loaded for loaded in loads):
        why = "; ".join(_rejects(loads)) or "it has no rows"
        what = f"has no row that can be understood: {why}"
        raise InputError(loads[0].file, what, "`landwaiter map FILE --kind flows` proposes a mapping")
    work = folder / "engine"
    work.mkdir()
    with open_duck(work, memory_mb=settings.memory_mb, threads=settings.threads) as corridor:
        corridor.put_parquet("trade_flows", [loaded.paths[0] for loaded in loads])
        not_run = compare_books(
            corridor,
            as_of=asked.as_of,
            targets=asked.targets,
            neighbours=asked.neighbours,
            windows=asked.windows,
            controls=asked.controls,
            treated=asked.treated,
            terms=Terms(money=asked.money),
        )
        return _Found(
            corridor.get("gaps"),
            not_run,
            corridor.get("mirror_wanted").to_pylist(),
            corridor.get("mirror_books").to_pylist(),
        )


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in text.split(",") if code.strip())


def _windows(texts: Sequence[str]) -> list[tuple[int, int]]:
    windows = set()
    for text in texts:
        match = WINDOW.fullmatch(text)
        first, last = (month_number(match[1]), month_number(match[2])) if match else (1, 0)
        if not first <= last < first + 12:
            raise InputError("--window", f"'{text}' is not one to twelve months", "write it as 2022-05..2022-11")
        windows.add((first, last))
    return sorted(windows)


def _rejects(loads: Sequence[Loaded]) -> list[str]:
    """The commonest reasons for which rows were set aside."""
    tables = [pq.read_table(loaded.paths[1], columns=["column", "reason"]) for loaded in loads if loaded.rejected]
    if not tables:
        return []
    counts = pa.concat_tables(tables).group_by(["column", "reason"]).aggregate([([], "count_all")])
    order = [("count_all", "descending"), ("column", "ascending"), ("reason", "ascending")]
    return [
        f"{row['count_all']:,} rows rejected: {row['column']} {row['reason']}"
        for row in counts.sort_by(order).slice(0, TOP).to_pylist()
    ]


def _write(gaps: pa.Table, out: Path) -> None:
    """Write aside, then rename: a half-written file never has the name that was asked for."""
    aside = out.with_name(f".{out.name}.part")
    try:
        if out.suffix == ".csv":
            write_csv(gaps, aside)
        elif out.suffix == ".parquet":
            pq.write_table(gaps, aside, compression="zstd")
        else:
            lines = (json.dumps(row, ensure_ascii=False) for row in gaps.to_pylist())
            aside.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        aside.replace(out)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise InputError(str(out), f"cannot be written: {error.strerror or error}", "does its folder exist?") from error


def _top(gaps: pa.Table, kind: str) -> list[dict[str, str | float]]:
    """The lines to look at first: the totals, then by score."""
    mine: list[dict[str, str | float]] = gaps.filter(pc.equal(gaps.column("kind"), kind)).to_pylist()
    order = sorted(mine, key=lambda row: (row["hs_code"] != "TOTAL", -float(row["score"]), -float(row["seen"])))
    return order[:TOP]


def _as_text(found: _Found, rejected: Sequence[str], out: Path) -> str:
    gaps, lines = found.gaps, list(rejected)
    for kind, sentence in KINDS.items():
        count = pc.sum(pc.equal(gaps.column("kind"), kind)).as_py() or 0
        lines.append(f"{kind}: {count:,} lines, {sentence}")
        lines += [f"  {row['score']:.2f}  {row['reason']}" for row in _top(gaps, kind)]
    lines += _wanted_lines(found.wanted)
    lines += [
        f"books of {row['country']}, {row['side']}: differ {float(row['differs']):.0%} over {row['pairs']} pairs "
        "and years before the controls"
        for row in found.books[:TOP]
    ]
    lines += [f"did not run: {name}: {reason}" for name, reason in found.not_run]
    return "\n".join([*lines, f"{gaps.num_rows:,} lines: {out}"])


def _wanted_lines(wanted: Sequence[dict[str, str | float]]) -> list[str]:
    """The first codes of each window; a forecast of what will be listed next, not a finding."""
    lines = []
    for row in wanted:
        if row["rank"] == 1:
            mine = [one for one in wanted if all(one[key] == row[key] for key in ("origin", "target", "period"))]
            codes = ", ".join(str(one["hs6"]) for one in mine[:TOP])
            lines.append(
                f"most wanted by {row['target']} of {row['origin']}, {row['period']}: {codes} of {len(mine)} codes"
            )
    return lines


def _as_json(found: _Found, loads: Sequence[Loaded], out: Path) -> str:
    gaps = found.gaps
    whole = {
        "out": str(out),
        "rows": gaps.num_rows,
        "inputs": [
            {
                "file": loaded.file,
                "sha256": loaded.sha256,
                "rows": loaded.rows,
                "loaded": loaded.loaded,
                "rejected": loaded.rejected,
            }
            for loaded in loads
        ],
        "not_run": [{"name": name, "reason": reason} for name, reason in found.not_run],
        "wanted": [row for row in found.wanted if float(row["rank"]) <= 50],
        "books": found.books,
        "top": {kind: _top(gaps, kind) for kind in KINDS},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)
