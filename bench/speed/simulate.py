"""How fast are worlds made? CPU seconds of one core for pieces in memory, for whole worlds on disk, and for bare draws.

The bare draw is a table of as many rows and columns, of which each cell is independent: numpy's Philox and Arrow
dictionaries alone, without firms, relations, ledgers or truth. Faker, which knows no relations either, is timed on a
few thousand rows where it is installed. A piece is made alone, from the seed and its number.

Run with: ./run bench speed/simulate --rows 1000000
"""

import argparse
import importlib
import importlib.util
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from landwaiter.simulate.chunk import make_chunk
from landwaiter.simulate.plan import CHUNK_ROWS, draw_parameters, plan_schemes
from landwaiter.simulate.rows import LINE_COLUMNS, write_book
from landwaiter.simulate.world import make_world

NUMBERS = ("quantity", "net_mass_kg", "value", "value_usd")
FAKED = 3_000


def timed(work: Callable[[], int]) -> tuple[int, float, float]:
    """Rows that were made, CPU seconds of all threads, and seconds on the clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    rows = work()
    return rows, time.process_time() - cpu, time.perf_counter() - wall


def say(what: str, rows: int, cpu: float, wall: float) -> None:
    """One line of the table."""
    print(
        f"{what:54s} {rows:>10,} rows  {cpu:7.2f} s CPU  {wall:7.2f} s  {rows / cpu:>11,.0f} rows for a second of CPU"
    )


def pieces(seed: int, view: str, many: int) -> int:
    """Make pieces of a world of 1,000,000 legs alone, each from the seed and its number; give their legs."""
    parameters = draw_parameters(
        1_000_000, seed, start=date(2021, 1, 1), months=36, null=False, view=view, prevalence=1e-3
    )
    schemes = plan_schemes(parameters)
    for number in range(many):
        write_book(parameters, make_chunk(parameters, schemes, number))
    return many * CHUNK_ROWS


def bare(rows: int, seed: int) -> int:
    """Draw as many columns at random: dictionaries for texts, doubles for numbers."""
    rng = np.random.Generator(np.random.Philox(seed))
    words = pa.array([f"word {n}" for n in range(5_000)])
    for first in range(0, rows, CHUNK_ROWS):
        size = min(CHUNK_ROWS, rows - first)
        columns: dict[str, pa.Array] = {}
        for name in LINE_COLUMNS:
            if name in NUMBERS:
                columns[name] = pa.array(np.exp(rng.standard_normal(size)))
            else:
                index = pa.array(rng.integers(0, len(words), size, dtype=np.int32))
                columns[name] = pa.DictionaryArray.from_arrays(index, words)
        pa.table(columns)
    return rows


def faked(seed: int) -> int:
    """Faker: names, addresses and texts of rows, nothing else."""
    fake = importlib.import_module("faker").Faker()
    fake.seed_instance(seed)
    for _ in range(FAKED):
        for _ in range(2):
            fake.company()
            fake.address()
            fake.country_code()
            fake.bothify("??########")
        fake.date_between(date(2021, 1, 1), date(2023, 12, 31))
        fake.sentence(4)
        fake.pyfloat()
    return FAKED


def whole(rows: int, seed: int, view: str, file_format: str) -> tuple[int, int]:
    """Make a world on disk; give its legs and the lines of its books."""
    with tempfile.TemporaryDirectory() as name:
        world = make_world(rows, seed, Path(name) / "world", view=view, file_format=file_format)
        lines = world.counts["shipments"]
        if file_format == "parquet":
            assert pq.read_metadata(world.paths["shipments"]).num_rows == lines
        return rows, lines


def main() -> None:
    """Print rows for each second of CPU; other work on the machine makes every figure worse, never better."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=21)
    options = parser.parse_args()
    pieces(options.seed, "all", 1)  # Modules and tables are read once.
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    many = max(1, options.rows // CHUNK_ROWS)
    say("bare draws of Philox, the same columns", *timed(lambda: bare(options.rows, options.seed)))
    say("pieces in memory, view all", *timed(lambda: pieces(options.seed, "all", many)))
    say("pieces in memory, view c (both books of each leg)", *timed(lambda: pieces(options.seed, "c", many)))
    for view, file_format in (("all", "parquet"), ("c", "parquet"), ("all", "csv")):
        lines: list[int] = []

        def make(view: str = view, file_format: str = file_format, lines: list[int] = lines) -> int:
            legs, told = whole(options.rows, options.seed, view, file_format)
            lines.append(told)
            return legs

        told = timed(make)
        say(f"whole world, view {view}, {file_format}, {lines[0]:,} lines", *told)
    if importlib.util.find_spec("faker") is None:
        print("Faker is not installed: not timed")
    else:
        say("Faker, names and addresses alone", *timed(lambda: faked(options.seed)))


if __name__ == "__main__":
    main()
