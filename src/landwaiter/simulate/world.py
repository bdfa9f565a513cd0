"""How is a world made? Chunk by chunk into a folder aside, which takes its name only when it is complete."""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from landwaiter.errors import InputError, RefusedError
from landwaiter.simulate.chunk import make_chunk
from landwaiter.simulate.found import components_of
from landwaiter.simulate.owners import LISTINGS, OWNERSHIP, listings_of, ownership_of, unrelated_listings
from landwaiter.simulate.plan import Parameters, draw_parameters, plan_schemes
from landwaiter.simulate.published import Flows
from landwaiter.simulate.registers import companies_of, told_by_registers
from landwaiter.simulate.rows import write_book
from landwaiter.simulate.sinks import Sinks
from landwaiter.simulate.statements import statements_of
from landwaiter.simulate.truth import FirmTruth, truth_of

MARK = "world.json"
CSV_UP_TO = 200_000
OTHER_FILES = ("companies", "ownership", "listings", "trade_flows", "truth", "firms", "components", "statements")


@dataclass(frozen=True)
class World:
    """A world that was made.

    Args:
        paths: the files by what they hold: shipments, companies, ownership, listings, trade_flows, truth, firms,
            components, statements (of end users).
        counts: rows of each file, and how many schemes and look-alikes there are.
        parameters: what was asked for and what was drawn from the seed.
    """

    paths: dict[str, Path]
    counts: dict[str, int]
    parameters: Parameters


def make_world(
    rows: int,
    seed: int,
    into: Path,
    *,
    start: date = date(2021, 1, 1),
    months: int = 36,
    null: bool = False,
    view: str = "all",
    file_format: str | None = None,
    prevalence: float = 1e-3,
    progress: Callable[[int, int], None] | None = None,
) -> World:
    """Make customs books with planted schemes, and beside them the truth; the same seed gives the same bytes.

    Args:
        rows: legs of the world; the books of a view hold those that it sees, some of them twice.
        null: a world with the look-alikes alone, where every alert is false; before 2021 it has none of them either.
        view: all (each leg once, in its sender's book), a (exports of origin), b (and imports of the targets),
            c (the books of both sides of every leg) or d (statistics only).
        file_format: csv or parquet for the shipments; None takes CSV up to 200,000 rows.
        prevalence: about which part of the rows belongs to schemes; small worlds have more, two of each typology.
        progress: called with the chunks made and their number.
    """
    parameters = draw_parameters(rows, seed, start=start, months=months, null=null, view=view, prevalence=prevalence)
    ending = file_format or ("csv" if rows <= CSV_UP_TO else "parquet")
    if ending not in ("csv", "parquet"):
        raise InputError("--format", f"'{ending}' is neither csv nor parquet")
    aside = _room_for(into)
    try:
        counts = _make(parameters, aside, ending, progress)
        told = {"parameters": {**asdict(parameters), "start": parameters.start.isoformat()}, "counts": counts}
        (aside / MARK).write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        if into.exists():
            shutil.rmtree(into)
        aside.rename(into)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        raise RefusedError(str(into), f"cannot be written: {error}", "is the disk full or read-only?") from error
    names = {"shipments": f"shipments.{ending}"} | {name: f"{name}.csv" for name in OTHER_FILES}
    return World({name: into / file for name, file in names.items()}, counts, parameters)


def _make(
    parameters: Parameters, folder: Path, ending: str, progress: Callable[[int, int], None] | None
) -> dict[str, int]:
    schemes, flows, told = plan_schemes(parameters), Flows(parameters), FirmTruth()
    owned: list[dict[str, object]] = []
    listed: list[dict[str, object]] = []
    paths = {"shipments": folder / f"shipments.{ending}"} | {name: folder / f"{name}.csv" for name in OTHER_FILES}
    with Sinks(paths) as sinks:
        for number in range(parameters.chunks):
            chunk = make_chunk(parameters, schemes, number)
            book = write_book(parameters, chunk)
            companies = companies_of(parameters, chunk)
            registered = told_by_registers(parameters, chunk, companies)
            statements, stated = statements_of(parameters, chunk, book)
            sinks.write(
                {
                    "shipments": book.lines,
                    "statements": statements,
                    "firms": pa.concat_tables([told.rows(chunk, book), registered]),
                    "companies": companies,
                    "truth": truth_of(parameters, chunk, book, stated),
                }
            )
            flows.add(chunk)
            owned += ownership_of(parameters, chunk)
            listed += listings_of(parameters, chunk)
            if number == 0:
                listed += unrelated_listings(parameters, chunk)
                sinks.write({"components": components_of(book)})
            if progress is not None:
                progress(number + 1, parameters.chunks)
        for table in flows.tables():
            sinks.write({"trade_flows": table})
        ownership, listings = (
            pa.Table.from_pylist(owned, schema=OWNERSHIP),
            pa.Table.from_pylist(listed, schema=LISTINGS),
        )
        sinks.write({"ownership": ownership, "listings": listings})
        counts = dict(sinks.wait())
    planted = sum(1 for scheme in schemes if not scheme.innocent)
    return counts | {"schemes": planted, "look_alikes": len(schemes) - planted}


def _room_for(into: Path) -> Path:
    """An empty folder beside the one asked for, which must be absent, empty or a world made before."""
    if into.exists() and not into.is_dir():
        raise RefusedError(str(into), "is a file", "name a folder")
    ours = {MARK, "shipments.csv", "shipments.parquet", *(f"{name}.csv" for name in OTHER_FILES)}
    found = {path.name for path in into.iterdir()} if into.exists() else set()
    if found and (MARK not in found or not found <= ours):
        raise RefusedError(str(into), "is not empty and holds no made world", "name another folder")
    aside = into.absolute().parent / f".{into.absolute().name}.partial"
    try:
        if aside.exists():
            shutil.rmtree(aside)  # Left by a run that was killed.
        aside.mkdir(parents=True)
    except OSError as error:
        raise RefusedError(str(into), f"cannot be written: {error}", "name a folder you may write to") from error
    return aside
