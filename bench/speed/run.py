"""How long does the main job take, in how much memory, and does it give the same bytes twice and on another engine?

Run with: ./run bench speed/run --rows 1000000 --lists ../shared/data/lists/all_listings.csv.gz
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MAIN = "from landwaiter.cli.main import main; main()"


def run(world: Path, lists: Path, out: Path, memory: str, engine: str) -> tuple[float, float]:
    """Seconds and peak GiB of the largest process of one run."""
    ending = "parquet" if (world / "shipments.parquet").exists() else "csv"
    arguments = ["run", "--shipments", str(world / f"shipments.{ending}"), "--companies", str(world / "companies.csv")]
    arguments += ["--lists", str(lists), "--as-of", "2024-01-01", "--out", str(out), "--memory", memory]
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, *arguments, "--engine", engine],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the run ended with status {status}")
    return time.perf_counter() - begun, usage.ru_maxrss / 2**20


def digests(out: Path) -> dict[str, str]:
    """Digest of every table of a result."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.glob("*.parquet"))}


def show(what: str, out: Path, seconds: float, gib: float) -> None:
    """One line for the run and one for its steps."""
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    rows = record["counts"]["shipments"]
    print(f"{what:<34} {rows:>12,} rows {seconds:8.1f} s {gib:6.2f} GiB")
    print("    " + ", ".join(f"{step['name']} {step['seconds']:.1f}" for step in record["steps"]))


def main() -> None:
    """Make the world, run it, and compare what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--lists", type=Path, help="lists of parties; those of the made world if not given")
    parser.add_argument("--again", action="store_true", help="run twice and compare the bytes")
    parser.add_argument("--sail", action="store_true", help="run on Sail too and compare the bytes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        simulate = ["simulate", "--rows", str(options.rows), "--seed", str(options.seed), "--format", "parquet"]
        subprocess.run(
            [sys.executable, "-c", MAIN, *simulate, "--out", str(folder / "world")],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        lists = options.lists or folder / "world" / "listings.csv"
        runs = [("DuckDB", "duckdb")]
        runs += [("DuckDB again", "duckdb")] if options.again else []
        runs += [("Sail", "sail")] if options.sail else []
        first: dict[str, str] = {}
        for number, (what, engine) in enumerate(runs):
            out = folder / f"out{number}"
            show(what, out, *run(folder / "world", lists, out, options.memory, engine))
            found = digests(out)
            first = first or found
            same = "the same bytes in" if found == first else "OTHER BYTES than the first run in"
            print(f"    {same} {len(found)} tables")


if __name__ == "__main__":
    main()
