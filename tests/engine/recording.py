"""Writes down every step that runs in a corridor, with what it read and made, to run it again on another engine."""

import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import csv

from landwaiter import flow
from landwaiter.daybook.adding import add_rows, name_rows
from landwaiter.daybook.founding import found_book
from landwaiter.engine.choose import open_engine
from landwaiter.engine.corridor import Corridor, Parameters
from landwaiter.engine.duck import open_duck
from landwaiter.engine.step import Step, read_step
from landwaiter.flags.judge import find_flags, judge
from landwaiter.flow import Inputs
from landwaiter.mirror.gaps import compare_books
from landwaiter.record import Options
from landwaiter.simulate.world import World, make_world
from landwaiter.tables import TABLES
from landwaiter.trace.store import add_day, found_store
from worlds.days import TERMS, declared, rows_of_a_world, run_whole
from worlds.small import SmallWorld, put_world, read_worlds

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "landwaiter"
FLAGS = ROOT / "tests" / "flags"

# The day after the last row of a made world.
LAST_DAY = date(2024, 1, 1)

SELLERS = ("DE", "PL", "TW", "JP")
BUYERS = ("RU", "KZ", "KG", "AM", "FR", "CN")
CODES = ("854231", "854232", "847130", "852580", "852589", "080510")


def all_steps() -> list[Step]:
    """Every step of the program."""
    return [read_step(path) for path in sorted(SOURCE.rglob("*.sql"))]


@dataclass(frozen=True)
class Recorded:
    """One step as it ran: its parameters, the tables it read, the table it made."""

    step: Step
    parameters: Parameters
    reads: dict[str, pa.Table]
    made: pa.Table


class Recorder:
    """A corridor that passes everything on, and writes down the steps."""

    def __init__(self, corridor: Corridor, into: list[Recorded]) -> None:
        self._corridor = corridor
        self._into = into

    def __getattr__(self, name: str) -> object:
        return getattr(self._corridor, name)

    def run(self, step: Step, parameters: Parameters, name: str | None = None) -> int:
        reads = {table: self._corridor.get(table) for table in step.reads}
        rows = self._corridor.run(step, parameters, name)
        self._into.append(Recorded(step, dict(parameters), reads, self._corridor.get(name or step.name)))
        return rows


def telling(recorded: Iterable[Recorded], of_each: int = 2) -> dict[str, list[Recorded]]:
    """The runs of each step that made the most rows: where a loop ran it often, a few tell as much as all."""
    by_step: dict[str, list[Recorded]] = {}
    for one in recorded:
        by_step.setdefault(one.step.name, []).append(one)
    return {
        name: sorted(runs, key=lambda one: one.made.num_rows, reverse=True)[:of_each]
        for name, runs in sorted(by_step.items())
    }


def rows_of(table: pa.Table) -> list[tuple[object, ...]]:
    """Rows in an order of their own, whole numbers as whole numbers whatever their width."""
    columns = []
    for name in sorted(table.column_names):
        column = table.column(name)
        wide = pa.types.is_decimal(column.type) and column.type.scale == 0
        columns.append((column.cast(pa.int64()) if wide else column).to_pylist())
    return sorted(zip(*columns, strict=True), key=repr)


# ---- Small runs in which every step has something to do ------------------------------------------------------------


def record_flags(folder: Path) -> list[Recorded]:
    """The steps of trace and of each flag, on the story in which that flag fires."""
    recorded: list[Recorded] = []
    for flag in find_flags():
        place = folder / flag.name
        place.mkdir()
        with open_duck(place, memory_mb=500, threads=2) as corridor:
            recorder = Recorder(corridor, recorded)
            put_world(recorder, read_worlds(FLAGS / f"{flag.name}.md")["fires"])
            judge(recorder, [flag])
    return recorded


def inputs_of(world: World) -> Inputs:
    """The files of a made world as a run takes them."""
    kinds = {"declarations": "shipments"} | {
        name: name for name in ("companies", "ownership", "trade_flows", "components")
    }
    kinds["end_use_statements"] = "statements"
    return Inputs(files={kind: [world.paths[name]] for kind, name in kinds.items()}, lists=world.paths["listings"])


def statements_of(world: World, path: Path) -> Path:
    """A statement of each of the first end users of a world, for the goods of one lot, numbered in pairs."""
    lots = csv.read_csv(world.paths["shipments"], convert_options=csv.ConvertOptions(strings_can_be_null=True))
    columns = ["consignee_name", "consignee_country", "hs_code", "shipment_id"]
    rows = [row for row in lots.select(columns).to_pylist() if all(row.values())][:60]
    said = {
        "statement_id": [f"EUS-{10_000 + number // 2}" for number in range(len(rows))],
        "issued_on": ["2021-06-01"] * len(rows),
        "end_user_name": [row["consignee_name"] for row in rows],
        "end_user_country": [row["consignee_country"] for row in rows],
        "hs_code": [str(row["hs_code"]) for row in rows],
        "shipment_ids": [str(row["shipment_id"]) for row in rows],
        "quantity": ["1"] * len(rows),
        "quantity_unit": ["C62"] * len(rows),
    }
    csv.write_csv(pa.table(said), path)
    return path


def record_flow(folder: Path) -> list[Recorded]:
    """Every step of a whole run on a small made world."""
    recorded: list[Recorded] = []

    @contextmanager
    def opening(*given: object, **named: object) -> Iterator[Recorder]:
        with open_engine(*given, **named) as corridor:
            yield Recorder(corridor, recorded)

    world = make_world(3000, 5, folder / "world")
    files = {**inputs_of(world).files, "end_use_statements": [statements_of(world, folder / "statements.csv")]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flow, "open_engine", opening)
        flow.run(
            replace(inputs_of(world), files=files), folder / "out", Options(as_of=LAST_DAY, memory_mb=2000), Quiet()
        )
    return recorded


class Quiet:
    """Nobody wants to hear how far the work is."""

    def begin(self, step: str) -> None:
        """Not told."""

    def end(self, step: str, rows: int) -> None:
        """Not told."""

    def say(self, line: str) -> None:
        """Not told."""


def record_books(folder: Path) -> list[Recorded]:
    """The steps of mirror on six years of made books in which a third country takes over when the controls begin."""
    recorded: list[Recorded] = []
    with open_duck(folder, memory_mb=500, threads=2) as corridor:
        recorder = Recorder(corridor, recorded)
        recorder.put("trade_flows", _books(random.Random(7)))
        compare_books(recorder, as_of=date(2024, 6, 1))
    return recorded


def _books(chance: random.Random) -> pa.Table:
    """Monthly books of four makers and their buyers, two of whom keep yearly ones, in codes old, new and ended."""
    rows = []
    for year, seller, buyer, code in product(range(2018, 2024), SELLERS, BUYERS, CODES):
        if (code == "852580" and year >= 2022) or (code == "852589" and year < 2022):
            continue  # one ended and the other began with the edition of 2022
        months = []
        for month in range(1, 13):
            controlled = (year, month) >= (2022, 3) and code != "080510"
            turned = {"RU": 0.1, "KG": 6.0, "AM": 4.0}.get(buyer, 1.0) if controlled else 1.0
            months.append(int(chance.randrange(20_000, 400_000) * turned))
        arrived = chance.uniform(0.2, 1.1)
        rows += [(f"{year}-{n:02d}", seller, buyer, "export", code, float(value)) for n, value in enumerate(months, 1)]
        if buyer in ("KZ", "AM"):
            rows.append((str(year), buyer, seller, "import", code, float(int(sum(months) * arrived))))
        else:
            rows += [
                (f"{year}-{n:02d}", buyer, seller, "import", code, float(int(value * arrived)))
                for n, value in enumerate(months, 1)
                if chance.random() < 0.95
            ]
    columns = ("period", "reporter", "partner", "flow", "hs_code", "value_usd")
    schema = TABLES["trade_flows"].schema
    named = [dict(zip(columns, row, strict=True)) for row in rows]
    return pa.Table.from_pylist(
        [{**row, "row_id": f"books:{number}", "source": "books"} for number, row in enumerate(named)], schema=schema
    )


def record_queues(folder: Path) -> list[Recorded]:
    """The steps of trace on a hub now short of goods and now sitting on old ones, so that its ledger turns often."""
    chance = random.Random(11)
    day, rows = date(2021, 1, 1), []
    for number in range(160):
        # In spells of about half a year, goods come in and stay, or more goes out than came.
        buys = chance.random() < (0.8 if number // 20 % 2 else 0.3)
        day += timedelta(days=chance.choice((1, 2, 5, 20, 40)) if day < date(2023, 11, 1) else 0)
        route = {"from": "TW", "seller": "Maker", "to": "TR", "buyer": "Hub"}
        if not buys:
            route = {"from": "TR", "seller": "Hub", "to": "RU", "buyer": f"Buyer {number % 3}"}
        pieces = chance.randrange(1, 500)
        cells = {"day": day.isoformat(), "hs6": "854231", "pieces": pieces, "kg": pieces // 10 + 1, "usd": pieces}
        rows.append({**route, **{key: str(cell) for key, cell in cells.items()}})
    recorded: list[Recorded] = []
    with open_duck(folder, memory_mb=500, threads=2) as corridor:
        put_world(Recorder(corridor, recorded), SmallWorld("a busy hub", rows))
    return recorded


def record_books_of_two_countries(folder: Path) -> list[Recorded]:
    """The steps of trace on legs that two books tell, in pieces here and kilograms there, some again or corrected."""
    chance = random.Random(13)
    rows: list[dict[str, str]] = []
    for number in range(60):
        pieces = chance.randrange(100, 9000)
        day = date(2022, 3, 1) + timedelta(days=5 * number)
        cells = {"seller": "Maker", "buyer": f"Hub {number % 3}", "hs6": "854231", "usd": str(20 * pieces)}
        sent = {
            "day": day.isoformat(),
            "from": "TW",
            "to": "TR",
            **cells,
            "pieces": str(pieces),
            "kg": str(pieces // 99 + 1),
        }
        came = {**sent, "day": (day + timedelta(days=6)).isoformat(), "books": "TR", "usd": str(21 * pieces)}
        if number % 4 == 0:
            sent, came = {**sent, "kg": ""}, {**came, "pieces": "", "buyer": f"HUB {number % 3} LTD"}
        rows += [sent, came] + ([{**sent, "paper": "D1"}] * 2 if number % 9 == 0 else [])
        if number % 7 == 0:
            onward = {"from": "TR", "seller": cells["buyer"], "to": "RU", "buyer": "Volga", "number": f"N{number}"}
            rows += [{**sent, **onward, "day": (day + timedelta(days=late)).isoformat()} for late in (20, 31)]
    recorded: list[Recorded] = []
    with open_duck(folder, memory_mb=500, threads=2) as corridor:
        put_world(Recorder(corridor, recorded), SmallWorld("two books", rows))
    return recorded


def record_days(folder: Path) -> list[Recorded]:
    """The steps of a book to which days are added that correct, mirror and weigh, and bring new spellings."""
    recorded: list[Recorded] = []
    rows = rows_of_a_world(5, 60, {"again", "corrected"})
    two_books = [row for row in rows_of_a_world(6, 60, {"mirrored", "weighed"}) if row["to"] == "TR"][:8]
    spelled = [{**row, "buyer": f"{row['buyer']} Co"} for row in rows[60:64]]
    days = [rows[:50], rows[50:60] + spelled, rows[64:70], two_books]
    with open_duck(folder, memory_mb=500, threads=2) as store:
        with open_duck(folder, memory_mb=500, threads=2) as corridor:
            run_whole(corridor, declared(days[0]))
            found_book(Recorder(store, recorded), corridor)
        for day in days[1:]:
            rows = declared(day, store.count("shipments"))
            with open_duck(folder, memory_mb=500, threads=2) as work:
                add_rows(Recorder(store, recorded), Recorder(work, recorded), rows, TERMS)
                name_rows(Recorder(store, recorded), work, rows)
    return recorded


def record_store(folder: Path) -> list[Recorded]:
    """The steps of a store to which a day is added that continues old chains and starts new ones."""
    chance = random.Random(17)
    rows = []
    for number in range(120):
        seller, buyer = chance.choice(((1, 2), (1, 3), (2, 3), (3, 2), (2, 4), (3, 4)))
        rows.append((seller, buyer, number // 2, chance.randrange(1, 9), number % 5 == 0, number % 3, number % 4 // 3))
    numbers = pa.table({"party_id": ["p-d", "p-c", "p-a", "p-b"], "party_no": pa.array([1, 2, 3, 4], pa.int32())})
    recorded: list[Recorded] = []
    with (
        open_duck(folder, memory_mb=500, threads=2) as store,
        open_duck(folder, memory_mb=500, threads=2) as work,
    ):
        store.put("party_numbers", numbers)
        store.put("lots", store_lots(rows[:100]))
        found_store(store, window_days=30, max_hops=6)
        day = store_lots(rows[100:], first=100)
        add_day(Recorder(store, recorded), Recorder(work, recorded), day, window_days=30, max_hops=6)
    return recorded


def store_lots(rows: list[tuple[int, ...]], first: int = 0) -> pa.Table:
    """Lots from seller, buyer, day, quantity, code, origin and part; firm 1 is a maker, firm 4 at a target."""
    seller, buyer, day, quantity, code, origin, part = ([int(row[i]) for row in rows] for i in range(7))
    whole = {"seller_no": seller, "buyer_no": buyer, "day": day, "code_no": code, "origin_no": origin, "part_no": part}
    whole |= {"family_no": [1] * len(rows), "unit_no": [1] * len(rows)}
    whole |= {
        "is_controlled_origin": [int(one == 1) for one in seller],
        "is_to_target": [int(one == 4) for one in buyer],
    }
    large = {"row_no": list(range(first, first + len(rows))), "quantity": quantity, "mass_g": quantity}
    texts = {"hs6": [f"85423{one}" for one in code], "tier": ["1"] * len(rows)}
    return pa.table(
        {name: pa.array(cells, pa.int32()) for name, cells in whole.items()}
        | {name: pa.array(cells, pa.int64()) for name, cells in large.items()}
        | {name: pa.array(cells, pa.string()) for name, cells in texts.items()}
    )
