"""How fast is the audit log, do twenty writers lose nothing, and is anything half done after fifty kills of each kind?

    python bench/speed/cases.py [--events 2000] [--turns 10] [--kills 50]

Every event is on the disk before the next begins; beside its figure stands how often this disk can do that at all. The
part on PostgreSQL starts a server of its own, and says so where it cannot.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from installations import exchanging
from installations.servers import missing, server
from installations.writing import kill_often
from landwaiter.cases.reading import list_cases
from landwaiter.cases.store import open_store

NOW = datetime(2026, 3, 1, tzinfo=UTC)
WRITERS = 20
GOAL = 246


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--turns", type=int, default=10)
    parser.add_argument("--kills", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", Path(folder), "", options)
    reason = missing()
    if reason:
        print(f"PostgreSQL: not measured: {reason}")
        return
    with server() as url, tempfile.TemporaryDirectory() as folder:
        measure("PostgreSQL", Path(folder), url, options)


def measure(name: str, folder: Path, url: str, options: argparse.Namespace) -> None:
    """The figures of one kind of database."""
    print(f"{name}")
    print(f"  the disk alone: {syncs(folder, options.events):,.0f} appended and synced lines/s")
    if not url:
        print(f"  a database without cases: {commits(folder, options.events):,.0f} commits of one row/s")
    print(f"  audit log: {appends(folder / 'log', url, options.events)} (goal {GOAL}/s)")
    kills = kill_often(folder / "killed", url, options.kills)
    print(f"  {options.kills} kills while writing: {kills} cases, none half done, nothing confirmed is lost, log whole")
    sealed, opened = exchanging.kill_often(folder / "exchanged", url, options.kills)
    print(f"  {options.kills} kills while sealing and opening: {sealed} sealed, {opened} taken in, none half done")
    print(f"  {WRITERS} writers in processes of their own: {together(folder / 'many', url, options.turns)}")


def syncs(folder: Path, count: int) -> float:
    """How many lines a second can be appended to a file and synced, one by one."""
    begun = time.perf_counter()
    with (folder / "lines").open("ab") as file:
        for _ in range(count):
            file.write(b"x" * 400 + b"\n")
            file.flush()
            os.fsync(file.fileno())
    return count / (time.perf_counter() - begun)


def commits(folder: Path, count: int) -> float:
    """How many rows a second SQLite itself commits to this disk, one by one."""
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as connection:
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE rows (cell TEXT)"):
            connection.execute(statement)
        begun = time.perf_counter()
        for _ in range(count):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO rows VALUES (?)", ("x" * 400,))
            connection.execute("COMMIT")
        return count / (time.perf_counter() - begun)


def appends(home: Path, url: str, count: int) -> str:
    """Events a second by one writer, and how fast they are checked."""
    with open_store(home, url or None) as store:
        before, begun, used = store.head().seq, time.perf_counter(), time.process_time()
        for number in range(count):
            store.append({"kind": "measured", "by": "bench", "number": number}, NOW)
        wall, cpu = time.perf_counter() - begun, time.process_time() - used
        begun = time.perf_counter()
        found = store.verify()
        checked = time.perf_counter() - begun
    assert found.head.seq == before + count and not found.faults, found.faults
    return f"{count / wall:,.0f} events/s ({cpu * 1000 / count:.2f} ms CPU each), checked at {count / checked:,.0f}/s"


def together(home: Path, url: str, turns: int) -> str:
    """Twenty processes at once: every act that one confirmed is there."""
    with open_store(home, url or None) as store:
        before = store.head().seq
    begun = time.perf_counter()
    command = [sys.executable, "-m", "installations.writing", str(home), url]
    paths = os.pathsep.join(path for path in sys.path if path)
    writers = [
        subprocess.Popen([*command, f"w{place}", str(turns)], stdout=subprocess.DEVNULL,
                         env={**os.environ, "PYTHONPATH": paths})
        for place in range(WRITERS)
    ]  # fmt: skip
    failed = sum(writer.wait() != 0 for writer in writers)
    wall = time.perf_counter() - begun
    with open_store(home, url or None) as store:
        events = store.head().seq - before
        titles = {one.title for one in list_cases(store)}
        faults = store.verify().faults
    lost = sum(f"w{place} {turn}" not in titles for place in range(WRITERS) for turn in range(turns))
    assert not failed and not faults and events == 3 * WRITERS * turns, json.dumps(faults[:5])
    return f"{events:,} acts in {wall:.1f} s ({events / wall:,.0f}/s with their starts), {lost} lost, log whole"


if __name__ == "__main__":
    main()
