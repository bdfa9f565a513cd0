"""Whose books are there, and so which legs can be seen at all? Said for the whole run, and for every chain.

(a) one end only: where goods went is what their sellers declared, and no onward leg is seen. (b) both ends: what a hub
did in between is inferred. (c) the hub's own country shares its books. (d) aggregate statistics only.
"""

from pathlib import Path

import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import read_step

HERE = Path(__file__).parent
# The weight of goods of which no arrival is seen. An arrival that agrees in all but size, of no known part number and
# at a hub that sends no more than it gets, weighs two thirds as much.
UNSEEN_WEIGHT = 1024 * 192 * 10000
SAID = {
    "a": "one end only: an onward leg is in no book, so no hop can be seen; destinations are as declared",
    "b": "both ends without the books in between: hops at a hub are inferred, each with its probability",
    "c": "with books of third countries: a hop is seen where the hub's own country declares it, else inferred",
}


def view_of_run(corridor: Corridor) -> dict[str, object]:
    """The view of all books together and whose they are: for run.json. Reads `shipments`, `origins`, `targets`."""
    corridor.run(read_step(HERE / "reporters.sql"), {})
    rows = corridor.get("reporters").sort_by("reporter").to_pylist()
    corridor.drop("reporters")
    origins: list[str] = []
    targets: list[str] = []
    others: list[str] = []
    for row in rows:
        place = targets if row["is_target"] else origins if row["is_origin"] else others
        place.append(row["reporter"])
    view = "c" if others else "b" if origins and targets else "a"
    return {
        "view": view,
        "means": SAID[view],
        "origins": origins,
        "others": others,
        "targets": targets,
        "records": {row["reporter"]: row["records"] for row in rows},
        "imports": {row["reporter"]: row["imports"] for row in rows if row["imports"]},
    }


def infer(corridor: Corridor, *, window_days: int) -> None:
    """Put `alternatives`: what could have left in the departures that only books of other countries show.

    The work is one pair for each arrival of a hub's family of goods in the window before such a departure.
    """
    corridor.run(read_step(HERE / "rivals.sql"), {"window_days": window_days})
    corridor.run(read_step(HERE / "alternatives.sql"), {"unseen_weight": UNSEEN_WEIGHT})
    corridor.drop("rivals")


def chain_views(corridor: Corridor, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, float | None]]:
    """How each hop of the chains is known: seen or inferred, and how likely. Reads `hops`."""
    wanted = sorted(set(pairs))
    columns = {
        name: pa.array([pair[i] for pair in wanted], pa.string()) for i, name in enumerate(("in_row", "out_row"))
    }
    corridor.put("chain_pairs", pa.table(columns))
    corridor.run(read_step(HERE / "chain_hops.sql"), {})
    rows = corridor.get("chain_hops").to_pylist()
    for name in ("chain_pairs", "chain_hops"):
        corridor.drop(name)
    return {(row["in_row"], row["out_row"]): (row["basis"], row["probability"]) for row in rows}
