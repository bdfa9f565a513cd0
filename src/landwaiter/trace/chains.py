"""How did controlled goods reach a destination of concern? Taint forward, reach backward, then chains lot by lot."""

import hashlib
import itertools
import math
from pathlib import Path

import numpy as np
import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import Step, read_step
from landwaiter.errors import EngineError
from landwaiter.ref.facts import read_facts
from landwaiter.tables import TABLES
from landwaiter.trace.bridges import find_bridges
from landwaiter.trace.ledger import allocate
from landwaiter.trace.legs import unify
from landwaiter.trace.routes import find_ways
from landwaiter.trace.views import chain_views, infer

HERE = Path(__file__).parent
# A departure that took from more arrivals than this shows its largest ones; all of them stand in `hops`.
BRANCHES = 5


def trace(corridor: Corridor, *, window_days: int, max_hops: int, threads: int = 1) -> list[str]:
    """Put `legs`, `hops`, `alternatives`, `chains` and the working tables that red flags read; say what was cut.

    Reads `shipments`, `parties`, `party_companies`, `controls`, `origins` and `targets`. The ledger runs four times,
    each time among the lots that the time before left wholly unexplained: within one part number; within one HS6 code
    and declared origin, so that a dealer's goods of two origins stay apart; within one code, because origins are left
    out or misstated; and within a wider goods family, where the weight must agree.

    Args:
        window_days: as for `allocate`.
        max_hops: chains longer than this are cut, and a sentence says so.
        threads: for the comparison of names in two books; the result does not depend on it.
    """
    corridor.put("goods_families", read_facts("goods_families"))
    for name in ("party_numbers", "goods_numbers", "unit_numbers", "origin_numbers", "part_numbers", "books"):
        corridor.run(_step(name), {})
    notes = unify(corridor, threads=threads)
    corridor.run(_step("usual_weights"), {})
    notes += make_lots(corridor, threads=threads)
    notes += trace_lots(corridor, window_days=window_days, max_hops=max_hops)
    find_ways(corridor)
    find_hops(corridor, window_days=window_days)
    for name in ("relays", "party_spans", "balances"):
        corridor.run(_step(name), {})
    find_chains(corridor, max_hops=max_hops)
    return notes


def make_lots(corridor: Corridor, *, threads: int = 1) -> list[str]:
    """Put `lots` and `bridges`, by which firms that are seen from two sides are one; say how many."""
    corridor.put("bridges", TABLES["bridges"].schema.empty_table())
    corridor.run(_step("lots"), {})
    bridged = find_bridges(corridor, threads=threads)
    if not bridged:
        return []
    corridor.run(_step("lots"), {})
    return [f"bridges: {bridged} firms that only sell are one with one that only buys, by name, place and lots"]


def find_hops(corridor: Corridor, *, window_days: int) -> None:
    """Put `alternatives` and `hops` from `lots`, `all_links`, `tainted`, `reaching` and `party_numbers`."""
    infer(corridor, window_days=window_days)
    corridor.run(_step("hops"), {})


def find_chains(corridor: Corridor, *, max_hops: int) -> None:
    """Put `chains`, each with how its `hops` are known."""
    corridor.put("chains", _chains(corridor, max_hops))


def trace_lots(corridor: Corridor, *, window_days: int, max_hops: int) -> list[str]:
    """Put `all_links`, `tainted` and `reaching` from `lots`; say what was cut."""
    link_lots(corridor, window_days)
    return spread(corridor, "tainted", max_hops) + spread(corridor, "reaching", max_hops)


def link_lots(corridor: Corridor, window_days: int) -> None:
    """Put `all_links` from `lots`: each pass of the ledger is among the lots that the one before leaves unexplained."""
    corridor.run(_step("relaying_parties"), {})
    passes = {
        "part": "links_of_part",
        "origin": "links_of_origin",
        "code": "links_of_code",
        "family": "relabelled_links",
    }
    for goods, links in passes.items():
        corridor.run(_step(f"arrivals_of_{goods}"), {}, name="arrivals")
        corridor.run(_step(f"departures_of_{goods}"), {}, name="departures")
        allocate(corridor, window_days=window_days)
        corridor.run(_step(links), {})
    corridor.run(_step("all_links"), {})
    for name in ("relaying_parties", "arrivals", "departures", "links", *passes.values()):
        corridor.drop(name)


def spread(corridor: Corridor, name: str, max_hops: int) -> list[str]:
    """Put `tainted` or `reaching`: follow the links hop by hop until nothing is left to pass on."""
    frontier = f"{name}_frontier"
    left = corridor.run(_step(frontier), {})
    corridor.run(_step(frontier), {}, name=name)
    for _ in range(max_hops):
        left = corridor.run(_step(f"{name}_next"), {}, name=frontier)
        if not left:
            break
        corridor.run(_step(f"{name}_before"), {})
        corridor.run(_step(name), {})
    corridor.drop(frontier)
    corridor.drop(f"{name}_before")
    return [f"{name}: {left} lots lie beyond {max_hops} hops and were not followed"] if left else []


def _chains(corridor: Corridor, max_hops: int) -> pa.Table:
    """Walk back from every tainted lot at a destination of concern to the lots that left a controlled origin."""
    corridor.run(_step("path_ends"), {}, name="paths")
    levels = [corridor.get("paths").sort_by("path_no")]
    for _ in range(max_hops):
        if not corridor.run(_step("path_next"), {"branches": BRANCHES}, name="paths"):
            break
        levels.append(corridor.get("paths").sort_by("path_no"))
    corridor.drop("paths")
    finished = [_finished(levels, depth) for depth in range(1, len(levels))]
    return _as_chains(corridor, [path for paths in finished for path in paths])


def _finished(levels: list[pa.Table], depth: int) -> list[tuple[list[int], int]]:
    """Row numbers from origin to target, and the common quantity, of the paths whose origin is at this depth."""
    level = levels[depth]
    at_origin = np.flatnonzero(level["is_origin"].to_numpy() == 1)
    rows = [level["row_no"].to_numpy()[at_origin]]
    parents = level["parent_no"].to_numpy()[at_origin]
    for above in reversed(levels[:depth]):
        # path_no counts from 1 in the order of the sorted level, so it is also the place.
        rows.append(above["row_no"].to_numpy()[parents - 1])
        parents = above["parent_no"].to_numpy()[parents - 1]
    quantities = level["quantity"].to_numpy()[at_origin].tolist()
    return list(zip(np.stack(rows, axis=1).tolist(), quantities, strict=True)) if len(at_origin) else []


def _as_chains(corridor: Corridor, paths: list[tuple[list[int], int]]) -> pa.Table:
    """One row per lot of every path, with its row_id and the countries at both ends."""
    wanted = sorted({row_no for rows, _ in paths for row_no in rows})
    corridor.put("chain_row_numbers", pa.table({"row_no": pa.array(wanted, pa.int64())}))
    corridor.run(_step("chain_rows"), {})
    known = {row["row_no"]: row for row in corridor.get("chain_rows").to_pylist()}
    if len(known) != len(wanted):
        raise EngineError("chains", "a chain names a lot that is not there", "please report this")
    corridor.drop("chain_row_numbers")
    corridor.drop("chain_rows")
    pairs = {rows: _pairs([known[row_no]["row_id"] for row_no in rows]) for rows in (tuple(rows) for rows, _ in paths)}
    views = chain_views(corridor, [pair for rows in pairs.values() for pair in rows])
    return pa.Table.from_pylist(
        [
            {
                "chain_id": chain_id([known[row_no]["row_id"] for row_no in rows]),
                "position": position,
                "row_id": known[row_no]["row_id"],
                "quantity": quantity / 1000,
                "from_origin": known[rows[0]]["from_country"],
                "to_target": known[rows[-1]]["to_country"],
                **_known_by([views[pair] for pair in pairs[tuple(rows)]], position),
            }
            for rows, quantity in paths
            for position, row_no in enumerate(rows)
        ],
        schema=TABLES["chains"].schema,
    )


def _pairs(row_ids: list[str]) -> list[tuple[str, str]]:
    return list(itertools.pairwise(row_ids))


def _known_by(hops: list[tuple[str, float | None]], position: int) -> dict[str, object]:
    """How the way to the lot at this position is known, and the chain's view; an inferred hop makes it only likely."""
    inferred = [probability or 0.0 for basis, probability in hops if basis.startswith("inferred")]
    return {
        "basis": hops[position - 1][0] if position else "seen",
        "probability": math.prod(inferred) if inferred else None,
        "view": "b" if inferred else "c",
    }


def chain_id(row_ids: list[str]) -> str:
    """A name for a chain that depends on its rows alone."""
    return "c-" + hashlib.sha256("\n".join(row_ids).encode()).hexdigest()[:12]


def _step(name: str) -> Step:
    return read_step(HERE / f"{name}.sql")
