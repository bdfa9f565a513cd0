"""How long does a day take to join a book of N rows, by the user's command? Its wall and its processor's time.

The book is the customs of one hub: makers abroad sell to dealers there, who sell on. The rows of the first day name
firms that the book knows; one in a hundred of the second has a new spelling, so that all spellings are resolved again.
One in a hundred of each day corrects a row of the book. Founding the book is timed too.

Run with: ./run bench speed/day --rows 10000000 --day 10000
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from landwaiter import flow
from landwaiter.classify.priority import classify
from landwaiter.daybook.book import keep_book
from landwaiter.engine.duck import DuckCorridor, open_duck
from landwaiter.engine.step import read_step
from landwaiter.record import Options
from landwaiter.ref.concern import origins, targets
from landwaiter.ref.facts import read_facts
from landwaiter.resolve.parties import link
from landwaiter.tables import TABLES
from landwaiter.trace.chains import make_lots, trace_lots
from landwaiter.trace.legs import unify

MAIN = "from landwaiter.cli.main import main; main()"
FIRST, DAYS = date(2021, 1, 1), 1100
OPTIONS = Options(as_of=date(2024, 6, 1), window_days=90)
KINDS = ("Elektronik", "Makina", "Ticaret", "Teknik", "Dagitim", "Metal", "Yazilim", "Optik")
CODES = np.array([f"8542{31 + n // 10}" if n % 10 == 0 else f"{8401 + n}10" for n in range(60)], object)
HEADER = (
    "shipment_id,declared_on,reporter,flow,exporter_name,exporter_country,consignee_name,consignee_country,"
    "dispatch_country,destination_country,hs_code,quantity,quantity_unit,net_mass_kg,value_usd"
)


def names_of(firms: int) -> np.ndarray:
    """A name for every firm: a brand of eight letters and a line of business."""
    rng = np.random.Generator(np.random.Philox(3))
    consonants, vowels = np.array(list("bcdfghklmnprstvyzj")), np.array(list("aeiouy"))
    letters = [
        (consonants if place % 2 == 0 else vowels)[rng.integers(0, 18 if place % 2 == 0 else 6, firms)]
        for place in range(8)
    ]
    brands = ["".join(one).capitalize() for one in zip(*letters, strict=True)]
    return np.array([f"{brand} {KINDS[number % 8]}" for number, brand in enumerate(brands)], object)


def made_rows(rows: int, seed: int, names: np.ndarray) -> dict[str, np.ndarray]:
    """The cells of rows of the hub's books: half bought by its dealers, half sold by them."""
    rng = np.random.Generator(np.random.Philox(seed))
    firms = len(names)
    dealers = rng.integers(0, firms // 5, rows)
    makers, users = (rng.integers(firms * low // 5, firms * (low + 2) // 5, rows) for low in (1, 3))
    buys = rng.random(rows) < 0.5
    return {
        "seller": names[np.where(buys, makers, dealers)],
        "buyer": names[np.where(buys, dealers, users)],
        "buys": buys,
        "code": CODES[rng.integers(0, 60, rows)],
        "day": rng.integers(0, DAYS, rows),
        "pieces": np.maximum(1, rng.lognormal(5, 1.5, rows)).astype(np.int64),
    }


def declarations(made: dict[str, np.ndarray], first: int) -> pa.Table:
    """The rows as they are loaded."""
    schema = TABLES["declarations"].schema
    count, buys = len(made["buys"]), made["buys"]
    ids = pa.array([f"made-{number}" for number in range(first, first + count)])
    here, there = (pa.array(np.where(buys, *pair).astype(object)) for pair in (("TW", "TR"), ("TR", "RU")))
    numbers, code = pa.array(np.arange(first, first + count)), pa.array(made["code"])
    known = {"row_id": ids, "row_no": numbers, "line": numbers}
    known |= dict.fromkeys(("exporter_country", "dispatch_country"), here)
    known |= dict.fromkeys(("consignee_country", "destination_country"), there)
    known |= dict.fromkeys(("hs_code", "hs6"), code)
    known |= {
        "shipment_id": pa.array([f"N{number}" for number in range(first, first + count)]),
        "file": pa.array(["made"] * count),
        "declared_on": pa.array((made["day"] + (FIRST - date(1970, 1, 1)).days).astype(np.int32)).cast(pa.date32()),
        "reporter": pa.array(["TR"] * count),
        "flow": pa.array(np.where(buys, "import", "export").astype(object)),
        "exporter_name": pa.array(made["seller"]),
        "consignee_name": pa.array(made["buyer"]),
        "hs4": pa.array([code[:4] for code in made["code"].tolist()]),
        "quantity_base": pa.array(made["pieces"].astype(np.float64)),
        "base_unit": pa.array(["C62"] * count),
        "quantity_milli": pa.array(made["pieces"] * 1000),
        "mass_g": pa.array(made["pieces"] * 10),
        "value_usd_cents": pa.array(made["pieces"] * 2000),
    }
    columns = [known[field.name] if field.name in known else pa.nulls(count, field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def write_day(path: Path, made: dict[str, np.ndarray], number: int, fresh: int, rows: int) -> None:
    """A day's file: all rows of one week, some with a new spelling, some under the number of a row of the book."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER + "\n")
        writer = csv.writer(file)
        for place in range(len(made["buys"])):
            buys = bool(made["buys"][place])
            here, there = ("TW", "TR") if buys else ("TR", "RU")
            buyer = made["buyer"][place] + (" Ltd Sti" if place < fresh else "")
            corrects = place % 100 == 99
            pieces = int(made["pieces"][place])
            writer.writerow(
                [
                    f"N{place * 37 % rows}" if corrects else f"D{number}-{place}",
                    (FIRST + timedelta(days=DAYS + 7 * number + place % 5)).isoformat(),
                    *("TR", "import" if buys else "export", made["seller"][place], here, buyer, there, here, there),
                    *(made["code"][place], pieces, "C62", pieces / 100, pieces * 20),
                ]
            )


def found(place: Path, options: argparse.Namespace, names: np.ndarray) -> None:
    """The book, by the steps of a run."""
    begun, busy = time.perf_counter(), time.process_time()
    (place / "engine").mkdir()
    with open_duck(place / "engine", memory_mb=options.memory, threads=options.threads) as corridor:
        put_rows(corridor, options.rows, names)
        corridor.run(read_step(flow.HERE / "resolve" / "mentions.sql"), {})
        link(corridor, threads=options.threads)
        corridor.run(read_step(flow.HERE / "resolve" / "shipments.sql"), {})
        corridor.drop("declarations")
        said(f"{options.rows:,} rows, {corridor.count('mentions'):,} spellings resolved", begun, busy)
        begun, busy = time.perf_counter(), time.process_time()
        classify(corridor, as_of=OPTIONS.as_of)
        corridor.put("goods_families", read_facts("goods_families"))
        corridor.put("targets", targets())
        corridor.put("origins", origins())
        for name in ("party_numbers", "goods_numbers", "unit_numbers", "origin_numbers", "part_numbers", "books"):
            corridor.run(read_step(flow.HERE / "trace" / f"{name}.sql"), {})
        unify(corridor, threads=options.threads)
        corridor.run(read_step(flow.HERE / "trace" / "usual_weights.sql"), {})
        make_lots(corridor, threads=options.threads)
        trace_lots(corridor, window_days=OPTIONS.window_days, max_hops=OPTIONS.max_hops)
        said("legs unified, lots traced", begun, busy)
        begun, busy = time.perf_counter(), time.process_time()
        keep_book(corridor, place / "book", OPTIONS, [])
    size = sum(path.stat().st_size for path in (place / "book").iterdir()) / 2**30
    said(f"kept as a book of {size:.2f} GiB", begun, busy)


def put_rows(corridor: DuckCorridor, rows: int, names: np.ndarray) -> None:
    """The book's rows, a million at a time; no register."""
    pieces = (
        declarations(made_rows(min(1_000_000, rows - first), 10 + first // 1_000_000, names), first)
        for first in range(0, rows, 1_000_000)
    )
    batches = (batch for table in pieces for batch in table.to_batches())
    corridor.fill("declarations", TABLES["declarations"].schema, batches)
    mentions = read_step(flow.HERE / "resolve" / "mentions.sql")
    for kind in set(mentions.reads) - {"declarations"}:
        corridor.put(kind, TABLES[kind].schema.empty_table())


def said(what: str, begun: float, busy: float) -> None:
    """One line: what, the wall's seconds and the processor's."""
    print(f"{what:<62} {time.perf_counter() - begun:8.1f} s {time.process_time() - busy:8.1f} s CPU", flush=True)


def add(place: Path, number: int, options: argparse.Namespace) -> None:
    """One day, by the command, in a process of its own."""
    out = place / f"out{number}"
    arguments = ["day", "--shipments", str(place / f"day{number}.csv"), "--book", str(place / "book")]
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, *arguments, "--out", str(out), "--threads", str(options.threads)],
        env={**os.environ, "LANDWAITER_HOME": str(place / "home")},
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the day ended with status {status}")
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    steps = ", ".join(f"{name} {seconds:.2f}" for name, seconds in record["seconds"].items())
    print(
        f"a day of {options.day:,} rows into {options.rows:,}: {time.perf_counter() - begun:.2f} s by the wall, "
        f"{usage.ru_utime + usage.ru_stime:.2f} s CPU, {usage.ru_maxrss / 2**20:.2f} GiB ({steps})",
        flush=True,
    )


def main() -> None:
    """Found the book, add two days by the command, and say what they took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--day", type=int, default=10_000)
    parser.add_argument("--memory", type=int, default=6000, help="MiB for founding the book")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    names = names_of(max(options.rows // 40, 500))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        found(place, options, names)
        for number, fresh in enumerate((0, options.day // 100)):
            write_day(
                place / f"day{number}.csv", made_rows(options.day, 100 + number, names), number, fresh, options.rows
            )
            add(place, number, options)


if __name__ == "__main__":
    main()
