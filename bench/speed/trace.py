"""How fast is the trace? Ledger, taint, reach, hops and flags on N made lots, beside a plain join and graph libraries.

A graph library knows no quantities and has no join: its edges are all pairs of an arrival and a departure of one firm
and code within 90 days, made by DuckDB, so that every path in them goes forward in time; it is timed on building its
graph and on finding what lots of a controlled origin reach. With --compare, the same lots are traced on another engine
and the links, taint and reach compared row by row. With --day, a day's rows are added to the store of all these lots.

Run with: ./run bench speed/trace --rows 10000000 --day 10000 --compare spark --spark-url spark://127.0.0.1:7077
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

from landwaiter.engine.choose import open_engine
from landwaiter.engine.duck import DuckCorridor, open_duck
from landwaiter.engine.step import read_step
from landwaiter.flags.judge import find_flags
from landwaiter.trace.chains import HERE, find_hops, link_lots, spread, trace_lots
from landwaiter.trace.store import add_day, found_store

WINDOW, HOPS = 90, 6
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


# The hub's own books: every lot is seen there, none is weighed or licensed.
SEEN = {"is_sent_seen": 1, "is_received_seen": 1, "is_converted": 0, "is_licensed": 0, "part_no": 0}


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
            **{name: np.full(rows, value, np.int32) for name, value in SEEN.items()},
        }
    )


class Clock:
    """The wall's seconds and the processor's since it was made; this process alone, not a cluster's."""

    def __init__(self) -> None:
        self.begun, self.busy = time.perf_counter(), time.process_time()

    def said(self, rows: int, what: str) -> None:
        """Print one line: what, seconds of both kinds, rows a second."""
        seconds, busy = time.perf_counter() - self.begun, time.process_time() - self.busy
        print(f"{what:<58} {seconds:8.2f} s {busy:8.2f} s CPU {rows / seconds / 1e6:8.2f} M rows/s", flush=True)


def main() -> None:
    """Make the lots, trace them, ask the anchored question, and run the peer's join when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--memory", type=int, default=6000, help="MiB for the engine")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--day", type=int, default=0, help="rows of a day to add to a store of all lots")
    parser.add_argument("--compare", choices=["sail", "spark"], help="trace the same lots on another engine too")
    parser.add_argument("--spark-url", help="of the cluster, with --compare spark")
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
        if options.compare:
            compare(corridor, options)
        corridor.drop("lots")
    if options.day:
        measure_day(options)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


def measure(corridor: DuckCorridor, options: argparse.Namespace) -> None:
    """Both sides on the same lots in the same process."""
    clock, whole = Clock(), Clock()
    link_lots(corridor, WINDOW)
    clock.said(options.rows, "FIFO ledger, all passes")
    clock = Clock()
    for name in ("tainted", "reaching"):
        spread(corridor, name, HOPS)
    clock.said(options.rows, "taint and reach, hop by hop")
    print(f"{'':<58} {corridor.count('all_links'):>10,} links")
    numbers = np.arange(max(options.rows // 40, 50) + 1, dtype=np.int32)
    ids = pa.array([f"p-{number:012x}" for number in numbers])
    corridor.put("party_numbers", pa.table({"party_id": ids, "party_no": numbers}))
    clock = Clock()
    find_hops(corridor, window_days=WINDOW)
    corridor.put("party_companies", pa.table({"party_id": ids.slice(0, 0), "born_day": numbers[:0]}))
    for name in ("relays", "party_spans"):
        corridor.run(read_step(HERE / f"{name}.sql"), {})
    clock.said(options.rows, "hops, relays and the spans of parties")
    clock = Clock()
    flags = [flag for flag in find_flags() if all(corridor.has(name) for name in flag.reads)]
    for flag in flags:
        corridor.run(flag, {}, name="flagged")
    clock.said(options.rows, f"{len(flags)} flags that read lots and links alone")
    whole.said(options.rows, "full trace: all of the above")
    connection: duckdb.DuckDBPyConnection = corridor._connection
    clock = Clock()
    connection.execute(ANCHORED, {"party": options.rows // 40 // 5}).fetchall()
    clock.said(options.rows, "anchored chain query")
    if not options.no_pairs:
        clock = Clock()
        pairs = connection.execute(PAIRS).fetchall()[0][0]
        clock.said(options.rows, "peer: pair join within 90 days")
        print(f"{'':<58} {pairs:>10,} pairs")


def compare(corridor: DuckCorridor, options: argparse.Namespace) -> None:
    """The same lots on another engine: its time by the wall, and which rows differ."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_engine(
            options.compare,
            Path(folder),
            memory_mb=options.memory,
            threads=options.threads,
            url=options.spark_url,
        ) as other,
    ):
        other.put("lots", corridor.get("lots"))
        clock = Clock()
        trace_lots(other, window_days=WINDOW, max_hops=HOPS)
        clock.said(options.rows, f"the same ledger, taint and reach on {options.compare}")
        for name in ("all_links", "tainted", "reaching"):
            ours, theirs = (in_order(one.get(name)) for one in (corridor, other))
            said = "identical" if ours.equals(theirs) else "DIFFERENT"
            print(f"{'':<58} {name}: {ours.num_rows:,} rows, {said}")


def in_order(table: pa.Table) -> pa.Table:
    """The rows by all their columns, whichever engine made them."""
    columns = sorted(table.column_names)
    whole = table.select(columns).cast(pa.schema([(name, pa.int64()) for name in columns]))
    return whole.sort_by([(name, "ascending") for name in columns]).combine_chunks()


def walk_graphs(corridor: DuckCorridor, rows: int) -> None:
    """The same reachability by each graph library that is installed; one that is not is named."""
    connection: duckdb.DuckDBPyConnection = corridor._connection
    for name, walk in WALKS:
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


def _walk_networkit(rows: int, edges: np.ndarray, starts: np.ndarray) -> np.ndarray:
    networkit = importlib.import_module("networkit")
    graph = networkit.Graph(rows + 1, directed=True)
    every = np.concatenate([edges, np.column_stack([np.full(len(starts), rows), starts])])
    graph.addEdges((np.ascontiguousarray(every[:, 0]), np.ascontiguousarray(every[:, 1])))
    search = networkit.distance.BFS(graph, rows, storePaths=False)
    search.run()
    # What is not reached is as far as a number can say.
    return np.flatnonzero(np.array(search.getDistances()) <= rows)


WALKS = (("igraph", _walk_igraph), ("rustworkx", _walk_rustworkx), ("networkit", _walk_networkit))


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
            clock = Clock()
            found_store(store, window_days=WINDOW, max_hops=HOPS)
            clock.said(options.rows, "store founded, on disk")
        begun, busy = time.perf_counter(), time.process_time()
        with (
            open_duck(Path(folder), memory_mb=options.memory, threads=options.threads, file=file) as store,
            open_duck(Path(folder), memory_mb=options.memory, threads=options.threads) as work,
        ):
            opened = add_day(store, work, whole.slice(options.rows), window_days=WINDOW, max_hops=HOPS)
        print(
            f"a day of {options.day:,} rows into {options.rows:,}: {time.perf_counter() - begun:.2f} s, "
            f"{time.process_time() - busy:.2f} s of processor; opened {opened}"
        )


if __name__ == "__main__":
    main()
