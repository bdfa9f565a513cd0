"""How fast is the ledger? Trace alone on N made lots, beside the obvious join, and a graph library's walk.

A graph library knows no quantities and has no join: its edges are all pairs of an arrival and a departure of one firm
and code within 90 days, made by DuckDB; it is timed on building its graph and on finding what lots of a controlled
origin reach. With --day, a day's rows are then added to the store of all these lots, on disk.

Run with: ./run bench speed/trace --rows 10000000 --no-pairs --day 10000
"""

import argparse
import importlib
import importlib.util
import resource
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from landwaiter.engine.duck import DuckCorridor, open_duck
from landwaiter.trace.chains import trace_lots
from landwaiter.trace.store import add_day, found_store

# How the peer would do it: every arrival with every departure of the same firm and code in the 90 days after it.
PAIRS = """
SELECT COUNT(*) FROM lots AS arrivals JOIN lots AS departures
    ON departures.seller_no = arrivals.buyer_no AND departures.hs6 = arrivals.hs6
    AND departures.day BETWEEN arrivals.day AND arrivals.day + 90
"""
# The anchored question: what left one firm's customers for a destination of concern within 90 days of its sales?
ANCHORED = """
SELECT COUNT(*) FROM lots AS arrivals JOIN lots AS departures
    ON departures.seller_no = arrivals.buyer_no AND departures.hs6 = arrivals.hs6
    AND departures.day BETWEEN arrivals.day AND arrivals.day + 90
WHERE arrivals.seller_no = $party AND departures.is_to_target = 1
"""

# The edges for a graph library.
EDGES = """
SELECT arrivals.row_no AS in_no, departures.row_no AS out_no FROM lots AS arrivals JOIN lots AS departures
    ON departures.seller_no = arrivals.buyer_no AND departures.hs6 = arrivals.hs6
    AND departures.day BETWEEN arrivals.day AND arrivals.day + 90
"""


def made_lots(rows: int, seed: int) -> pa.Table:
    """Lots among rows/40 firms over three years and 60 codes: two in five make, one in five deals, two in five use.

    Every lot goes to a dealer or comes from one, so that all of them stand in some ledger; in real books few do.
    """
    rng = np.random.Generator(np.random.Philox(seed))
    firms = max(rows // 40, 50)
    dealers = rng.integers(0, firms // 5, rows)
    makers = rng.integers(firms // 5, firms * 3 // 5, rows)
    users = rng.integers(firms * 3 // 5, firms, rows)
    buys = rng.random(rows) < 0.5
    codes = np.array([f"{8400 + n:04d}10" for n in range(60)])
    quantity = np.maximum(1, rng.lognormal(5, 1.5, rows)).astype(np.int64) * 1000
    code_nos = rng.integers(0, 60, rows)
    hs6 = codes[code_nos]
    return pa.table(
        {
            "row_no": np.arange(rows, dtype=np.int64),
            "row_id": pa.array(np.arange(rows)).cast(pa.string()),
            "day": rng.integers(18600, 19700, rows).astype(np.int32),
            "seller_no": np.where(buys, makers, dealers).astype(np.int32),
            "buyer_no": np.where(buys, dealers, users).astype(np.int32),
            "hs6": hs6,
            "code_no": code_nos.astype(np.int32),
            "family_no": code_nos.astype(np.int32),
            "unit_no": np.ones(rows, dtype=np.int32),
            "origin_no": (code_nos % 3).astype(np.int32),
            "part_no": np.where(code_nos % 5 == 0, code_nos + 1, 0).astype(np.int32),
            "family": pa.array(hs6),
            "unit": pa.array(["C62"] * rows),
            "quantity": quantity,
            "mass_g": quantity,
            "cents": quantity,
            "from_country": pa.array(np.array(["TW", "TR"])[(~buys).astype(int)]),
            "to_country": pa.array(np.array(["TR", "RU"])[(~buys).astype(int)]),
            "tier": pa.array(np.array(["", "1"])[(rng.random(rows) < 0.1).astype(int)]),
            "is_controlled_origin": (buys & (rng.random(rows) < 0.1)).astype(np.int32),
            "is_to_target": (~buys & (rng.random(rows) < 0.1)).astype(np.int32),
        }
    )


def timed(rows: int, what: str, begun: float) -> None:
    """Print one line: what, seconds, rows a second."""
    seconds = time.perf_counter() - begun
    print(f"{what:<58} {seconds:8.2f} s {rows / seconds / 1e6:8.2f} M rows/s")


def main() -> None:
    """Make the lots, trace them, ask the anchored question, and run the peer's join when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--memory", type=int, default=6000, help="MiB for the engine")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--day", type=int, default=0, help="rows of a day to add to a store of all lots")
    parser.add_argument("--no-graph", action="store_true", help="leave out the graph libraries")
    parser.add_argument("--no-pairs", action="store_true", help="leave out the peer's join")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_duck(Path(folder), memory_mb=options.memory, threads=options.threads) as corridor,
    ):
        corridor.put("lots", made_lots(options.rows, options.seed))
        measure(corridor, options)
        if not options.no_graph:
            walk_graphs(corridor, options.rows)
        corridor.drop("lots")
    if options.day:
        measure_day(options)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


def measure(corridor: DuckCorridor, options: argparse.Namespace) -> None:
    """Both sides on the same lots in the same process."""
    begun = time.perf_counter()
    trace_lots(corridor, window_days=90, max_hops=6)
    timed(options.rows, "FIFO ledger, taint and reach (all hops)", begun)
    print(f"{'':<58} {corridor.count('all_links'):>10,} links")
    connection: duckdb.DuckDBPyConnection = corridor._connection
    begun = time.perf_counter()
    connection.execute(ANCHORED, {"party": options.rows // 40 // 5}).fetchall()
    timed(options.rows, "anchored chain query", begun)
    if not options.no_pairs:
        begun = time.perf_counter()
        pairs = connection.execute(PAIRS).fetchall()[0][0]
        timed(options.rows, "peer: pair join within 90 days", begun)
        print(f"{'':<58} {pairs:>10,} pairs")


def walk_graphs(corridor: DuckCorridor, rows: int) -> None:
    """The same reachability by each graph library that is installed; one that is not is named."""
    connection: duckdb.DuckDBPyConnection = corridor._connection
    for name, walk in (("igraph", _walk_igraph), ("rustworkx", _walk_rustworkx)):
        if importlib.util.find_spec(name) is None:
            print(f"peer: {name}: not installed, skipped (bench/requirements-peers.txt)")
            continue
        begun = time.perf_counter()
        pairs = connection.sql(EDGES).to_arrow_table()
        edges = np.column_stack([np.asarray(pairs["in_no"]), np.asarray(pairs["out_no"])])
        joined = time.perf_counter() - begun
        lots = connection.sql("SELECT row_no, is_controlled_origin, is_to_target FROM lots").to_arrow_table()
        starts, ends = (
            np.asarray(lots["row_no"])[np.asarray(lots[mark]) == 1] for mark in ("is_controlled_origin", "is_to_target")
        )
        begun = time.perf_counter()
        reached = walk(rows, edges, starts)
        seconds = time.perf_counter() - begun
        found = len(np.intersect1d(reached, ends))
        print(
            f"peer: {name}: {len(edges):,} edges joined in {joined:.2f} s, built and walked in {seconds:.2f} s", end=""
        )
        print(f": {found:,} target lots reached, no quantity for any")


def _walk_igraph(rows: int, edges: np.ndarray, starts: np.ndarray) -> np.ndarray:
    igraph = importlib.import_module("igraph")
    first = np.column_stack([np.full(len(starts), rows), starts])
    graph = igraph.Graph(n=rows + 1, edges=np.concatenate([edges, first]), directed=True)
    return np.array(graph.subcomponent(rows, mode="out"))


def _walk_rustworkx(rows: int, edges: np.ndarray, starts: np.ndarray) -> np.ndarray:
    rustworkx = importlib.import_module("rustworkx")
    graph = rustworkx.PyDiGraph(multigraph=True)
    graph.add_nodes_from(range(rows + 1))
    graph.add_edges_from_no_data([*map(tuple, edges.tolist()), *((rows, start) for start in starts.tolist())])
    return np.array(sorted(rustworkx.descendants(graph, rows)))


def measure_day(options: argparse.Namespace) -> None:
    """A store of all lots on disk, and the time that one more day takes: the wall's and the processor's."""
    whole = made_lots(options.rows + options.day, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.duckdb"
        with open_duck(Path(folder), memory_mb=options.memory, threads=options.threads, file=file) as store:
            store.put("lots", whole.slice(0, options.rows))
            numbers = np.arange(max((options.rows + options.day) // 40, 50) + 1, dtype=np.int32)
            ids = pa.array([f"p-{number:012x}" for number in numbers])
            store.put("party_numbers", pa.table({"party_id": ids, "party_no": numbers}))
            begun = time.perf_counter()
            found_store(store, window_days=90, max_hops=6)
            timed(options.rows, "store founded, on disk", begun)
        begun, busy = time.perf_counter(), time.process_time()
        with (
            open_duck(Path(folder), memory_mb=options.memory, threads=options.threads, file=file) as store,
            open_duck(Path(folder), memory_mb=options.memory, threads=options.threads) as work,
        ):
            opened = add_day(store, work, whole.slice(options.rows), window_days=90, max_hops=6)
        print(
            f"a day of {options.day:,} rows into {options.rows:,}: {time.perf_counter() - begun:.2f} s, "
            f"{time.process_time() - busy:.2f} s of processor; opened {opened}"
        )


if __name__ == "__main__":
    main()
