"""How does a finished run become a book to which days can be added? Its tables go into one file, ledgers and all."""

from itertools import chain
from pathlib import Path

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.duck import DuckCorridor
from landwaiter.engine.parquet import ROW_GROUP
from landwaiter.engine.step import read_step

HERE = Path(__file__).parent
# Beside `shipments`, which are kept in the order of their days, and `all_links`, of which a few columns are kept.
KEPT = (
    "mentions",
    "mention_parties",
    "parties",
    "controls",
    "legs",
    "known_by_trade",
    "books",
    "usual_weights",
    "goods_families",
    "party_numbers",
    "goods_numbers",
    "unit_numbers",
    "origin_numbers",
    "part_numbers",
    "bridges",
    "origins",
    "targets",
    "lots",
    "tainted",
    "reaching",
)


def found_book(store: DuckCorridor, corridor: Corridor) -> int:
    """Copy what days are added to out of the corridor of a traced run; give the number of rows."""
    for name in KEPT:
        copy(store, corridor, name)
    copy(store, corridor, "shipments")
    # Rows of one time lie together: a day asks for those of the months around it.
    store.run(read_step(HERE / "shipments_by_day.sql"), {}, name="shipments")
    copy(store, corridor, "all_links")
    store.run(read_step(HERE / "book_links.sql"), {}, name="all_links")
    return store.count("shipments")


def copy(store: DuckCorridor, corridor: Corridor, name: str) -> None:
    """Copy one table, piece by piece: memory stays that of a piece."""
    pieces = corridor.batches(name, ROW_GROUP)
    first = next(pieces, None)
    if first is None:
        store.put(name, corridor.get(name))
    else:
        store.fill(name, first.schema, chain([first], pieces))
