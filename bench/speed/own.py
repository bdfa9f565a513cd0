"""How fast is ownership decided? A made register of groups, every regime, one supposed holding, and graph libraries.

    python bench/speed/own.py [--edges 1000000] [--peers-python PYTHON]

Groups have heavy-tailed sizes and are nearly trees: a company has one to four owners above it, some funds hold small
parts of thousands, few holdings close a circle, and half of the shares are bands. CPU seconds stand beside wall time,
for a machine is seldom idle. PEERS-PYTHON is a Python of another environment with networkit, rustworkx and numpy, this
one where nothing is given:

    uv venv peers && uv pip install --python peers/bin/python networkit rustworkx numpy
    python bench/speed/own.py --peers-python peers/bin/python

They are asked only for plain reachability from the listed parties: neither knows thresholds, bands or days.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from landwaiter.own.closure import close
from landwaiter.own.graph import Graph, read_graph
from landwaiter.own.persons import close_by_person
from landwaiter.own.rules import rule_of
from landwaiter.own.supposing import Supposed, what_if
from landwaiter.tables import TABLES

DAY = date(2025, 10, 15)  # all four rules were in force on this day
RULES = ("us_50", "us_bis_affiliates", "eu", "uk")
PEERS = """
import json, sys, time
import numpy as np
edges = np.load(sys.argv[1]); seeds = np.load(sys.argv[2]); size = int(edges.max()) + 1; out = {}
def timed(name, load, ask):
    begun = time.process_time(); graph = load(); loaded = time.process_time()
    found = ask(graph); out[name] = [loaded - begun, time.process_time() - loaded, found]
try:
    import networkit as nk
    nk.setNumberOfThreads(1)
    def load():
        pair = tuple(np.ascontiguousarray(edges[:, side], dtype=np.uint64) for side in (0, 1))
        return nk.GraphFromCoo(pair, n=size, directed=True)
    def ask(graph):
        top = graph.addNode()
        for one in seeds.tolist(): graph.addEdge(top, one)
        reached = nk.distance.BFS(graph, top, False).run().getDistances()
        return int((np.asarray(reached) <= size).sum()) - 1
    timed("networkit", load, ask)
except ImportError:
    pass
try:
    import rustworkx as rx
    def load():
        graph = rx.PyDiGraph(); graph.add_nodes_from(range(size))
        graph.extend_from_edge_list(list(map(tuple, edges.tolist()))); return graph
    def ask(graph):
        top = graph.add_node(-1); graph.add_edges_from_no_data([(top, int(one)) for one in seeds])
        return len(rx.descendants(graph, top))
    timed("rustworkx", load, ask)
except ImportError:
    pass
print(json.dumps(out))
"""


def main() -> None:
    """Print each figure beside its goal."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--edges", type=int, default=1_000_000)
    options.add_argument("--peers-python", default=sys.executable)
    given = options.parse_args()
    owner, owned, table = made(given.edges)
    graph, *seconds = timed(lambda: read_graph(table, DAY))
    say("load", seconds, 1000)
    _, *seconds = timed(lambda: (graph.incoming, graph.places))
    say("index for what-if, made once", seconds, None)
    listed = np.random.default_rng(7).choice(len(graph.coded), len(graph.coded) // 140, replace=False)
    seeds = np.sort(listed).astype(np.int64)
    print(f"{len(graph.now):,} holdings, {len(graph.coded):,} parties, {len(seeds):,} listed")
    together = [0.0, 0.0]
    for name in RULES:
        runs = [timed(lambda name=name: closed(graph, seeds, name)) for _ in range(3)]
        seconds = list(min(run[1:] for run in runs))
        together = [sum(pair) for pair in zip(together, seconds, strict=True)]
        surely, at_most = runs[0][0]
        say(f"closure {name}: {surely:,} yes, {at_most - surely:,} possible", seconds, None)
    say("closure under all regimes", together, 100)
    suppose_some(graph, {graph.ids[one]: "" for one in seeds.tolist()}, owner, owned)
    peers(given.peers_python, graph, seeds)


def closed(graph: Graph, seeds: np.ndarray, regime: str) -> tuple[int, int]:
    """How many are owned for certain, and at most."""
    rule = rule_of(regime, DAY)
    closure = close(graph, seeds, rule) if rule.adds_up else close_by_person(graph, seeds, rule)[0]
    return int(closure.surely.inside.sum()), int(closure.at_most.inside.sum())


def suppose_some(graph: Graph, listed: dict[str, str], owner: np.ndarray, owned: np.ndarray) -> None:
    """A hundred holdings of the register, each supposed to be 60 per cent."""
    walls, cpus = [], []
    for line in np.random.default_rng(11).choice(len(owner), 100, replace=False).tolist():
        supposed = Supposed(f"id{owner[line]}", f"id{owned[line]}", 60)
        _, wall, cpu = timed(lambda supposed=supposed: what_if(graph, listed, supposed, "us_50", DAY))
        walls.append(wall)
        cpus.append(cpu)
    say("what-if, median of 100", [statistics.median(walls), statistics.median(cpus)], 5)
    say("what-if, slowest of 100", [max(walls), max(cpus)], None)


def made(edges: int) -> tuple[np.ndarray, np.ndarray, pa.Table]:
    """A register of groups with heavy-tailed sizes, funds, few circles, and half of the shares as bands."""
    rng = np.random.default_rng(1)
    sizes = np.minimum((rng.pareto(1.3, edges) * 2 + 2).astype(np.int64), 5_000)
    sizes = sizes[: np.searchsorted(np.cumsum(sizes), edges * 7 // 10)]
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    parties = len(first)
    within = np.arange(parties) - first
    # Everybody but the head of a group has an owner above; some have up to three more.
    children = np.flatnonzero(within > 0)
    extra = rng.choice(children, max(0, edges * 9 // 10 - len(children)))
    owned = np.concatenate((children, extra))
    owner = first[owned] + (rng.random(len(owned)) ** 2 * within[owned]).astype(np.int64)
    funds = rng.integers(0, 200, edges - len(owned)) % parties
    owner, owned = np.concatenate((owner, funds)), np.concatenate((owned, rng.integers(0, parties, len(funds))))
    turned = rng.random(edges) < 0.0005
    owner, owned = np.where(turned, owned, owner), np.where(turned, owner, owned)
    low = np.array([25.0, 50, 75, 100, 10, 5, 1])[rng.integers(0, 7, edges)]
    low[-len(funds) :] = 2.0
    high = np.where(rng.random(edges) < 0.5, low, np.minimum(low + 25, 100))
    columns = {
        "row_id": pa.array(np.arange(edges).astype(str)),
        "owner_id": pa.array(np.char.add("id", owner.astype(str))),
        "owner_kind": pa.array(["company"]).take(pa.array(np.zeros(edges, np.int64))),
        "owned_id": pa.array(np.char.add("id", owned.astype(str))),
        "interest": pa.array(["shares"]).take(pa.array(np.zeros(edges, np.int64))),
        "share_min": pa.array(low),
        "share_max": pa.array(high),
        "joint_with": pa.array([[]] * edges, pa.list_(pa.string())),
    }
    schema = TABLES["ownership"].schema
    arrays = [columns.get(field.name, pa.nulls(edges, field.type)) for field in schema]
    return owner, owned, pa.Table.from_arrays(arrays, schema=schema)


def peers(python: str, graph: Graph, seeds: np.ndarray) -> None:
    """The same edges in the libraries that are there; those that are not are named."""
    with tempfile.TemporaryDirectory() as folder:
        edges, listed = Path(folder) / "edges.npy", Path(folder) / "seeds.npy"
        np.save(edges, np.stack((graph.now.owner, graph.now.owned), axis=1))
        np.save(listed, seeds)
        ended = subprocess.run(
            [python, "-c", PEERS, str(edges), str(listed)], capture_output=True, text=True, check=False
        )
    if ended.returncode:
        print(f"networkit, rustworkx: failed, so not measured: {ended.stderr.strip().splitlines()[-1]}")
        return
    found = json.loads(ended.stdout)
    for name in ("networkit", "rustworkx"):
        if name not in found:
            print(f"{name}: not there, so not measured")
            continue
        load, ask, reached = found[name]
        print(
            f"{name:<44} load {1000 * load:>8.1f} ms CPU   reachability {1000 * ask:>8.1f} ms CPU   {reached:,} reached"
        )


def timed(work: Callable[[], object]) -> tuple[object, float, float]:
    """What it gives, wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - wall, time.process_time() - cpu


def say(what: str, seconds: list[float], goal: float | None) -> None:
    """One line in milliseconds, marked where the CPU time falls short of its goal."""
    wall, cpu = (1000 * one for one in seconds)
    beside = f"   goal {goal:,} ms{'' if cpu <= goal else '  SHORT OF ITS GOAL'}" if goal else ""
    print(f"{what:<58} {wall:>9.1f} ms wall {cpu:>9.1f} ms CPU{beside}")


if __name__ == "__main__":
    main()
