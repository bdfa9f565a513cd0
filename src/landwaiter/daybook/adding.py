"""What does a day's trade change? Its own ledgers; where it reaches further, that is said, and all rows are looked at.

Which record counts a lot can be decided from the day's rows and those that could be the same record, as long as no leg
of them could stand in the books of two countries. Where one could, or where the usual weight of a code moves, all
records are unified and all lots made again by the steps of a full run. Ledgers whose lots stay as they were stay shut.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.classify.priority import classify
from landwaiter.daybook.numbers import number_rows
from landwaiter.daybook.spellings import ask, know_spellings, resolve_rows
from landwaiter.engine.duck import DuckCorridor
from landwaiter.engine.step import Step, read_step
from landwaiter.tables import TABLES
from landwaiter.trace.chains import make_lots
from landwaiter.trace.legs import unify
from landwaiter.trace.store import CHANGE, change_lots, tell_change

HERE = Path(__file__).parent
# A correction comes within so many days of what it corrects.
DAYS_AROUND = timedelta(days=120)
# What lots are made of, beside the rows themselves.
NUMBERS = ("party_numbers", "goods_numbers", "unit_numbers", "origin_numbers", "part_numbers")
FACTS = (*NUMBERS, "goods_families", "origins", "targets", "bridges", "usual_weights")


@dataclass(frozen=True)
class Terms:
    """On which terms the book was founded; every day is added on the same.

    Args:
        as_of: the day for which control lists are read.
        window_days: how long an arrival may explain a departure.
        max_hops: how far taint and reach are followed.
    """

    as_of: date
    window_days: int
    max_hops: int


@dataclass
class Added:
    """What adding a day did.

    Args:
        spellings: how many ways of writing a party were new; with any, all spellings were resolved again.
        whole: why all records had to be unified and all lots made again, one sentence each; empty where not.
        opened: how many ledgers, lots and links were opened, and lots whose taint or reach was spread again.
    """

    spellings: int
    whole: list[str] = field(default_factory=list)
    opened: dict[str, int] = field(default_factory=dict)


def add_rows(store: DuckCorridor, work: DuckCorridor, day: pa.Table, terms: Terms, *, threads: int = 1) -> Added:
    """Add a day's `declarations` to a book; its tables are then those of a full run over all rows.

    Puts `hops` and `chains` in `work`: those that the day may have made, ended or changed.

    Args:
        store: the book.
        work: an empty corridor in memory.
        day: its row numbers go on where the book's end; its days may be late.
    """
    added = Added(know_spellings(store, work, day, threads=threads))
    moved = store.count("moved_rows")
    rows = resolve_rows(store, work, day)
    classify(work, as_of=terms.as_of)
    store.remove("controls", "asked_shipments", ("row_id",))
    _append(store, "controls", work.get("controls"))
    number_rows(store, rows, store.get("goods_families"))
    work.run(_trace("books"), {}, name="day_books")
    store.put("day_books", work.get("day_books"))
    store.run(_step("books_now"), {})
    _ask_related(store, rows)
    added.whole = _why_whole(store, has_moved=moved > 0 or added.spellings > 0)
    store.put("books", store.get("books_now"))
    if not added.whole:
        _count_asked(store, work, threads)
        _compare(store)
        bridging = store.run(_step("bridging_lots"), {})
        if bridging:
            added.whole.append(f"{bridging} lots touch firms that two books may each show from one side only")
    if added.whole:
        _count_all(store, threads)
        _compare(store)
    spans = {"window_days": terms.window_days, "max_hops": terms.max_hops}
    added.opened = change_lots(store, work, **spans)
    tell_change(store, work, **spans)
    for name in (
        *CHANGE,
        "day_books",
        "books_now",
        "asked",
        "asked_shipments",
        "lots_now",
        "lots_were",
        "changed_lots",
    ):
        store.drop(name)
    return added


def name_rows(store: DuckCorridor, work: DuckCorridor, day: pa.Table) -> None:
    """Put `shipments`, `parties` and `legs` in `work`: the day's rows and those that its hops and chains name."""
    hops, chains = work.get("hops"), work.get("chains")
    ids = {row_id for column in (hops["in_row"], hops["out_row"], chains["row_id"]) for row_id in column.to_pylist()}
    lots = work.get("lots")
    named = lots.filter(pc.is_in(lots["row_id"], value_set=pa.array(sorted(ids), pa.string())))["row_no"]
    numbers = sorted({*named.to_pylist(), *day["row_no"].to_pylist()})
    store.put("told_rows", pa.table({"row_no": pa.array(numbers, pa.int64())}))
    for name in ("shipments", "parties", "legs"):
        store.run(_step(f"told_{name}"), {})
    for name in ("shipments", "parties", "legs"):
        work.put(name, store.get(f"told_{name}"))
        store.drop(f"told_{name}")
    store.drop("told_rows")


def _ask_related(store: DuckCorridor, rows: pa.Table) -> None:
    """Ask for the rows, for all that could be the same record again or its correction, and so on until none is new."""
    found, before = rows.select(["row_no"]), 0
    while found.num_rows > before:
        before = found.num_rows
        ask(store, found)
        around = pc.min_max(store.get("asked_shipments")["declared_on"]).as_py() if before else {}
        if not before:
            return
        bounds = {"first_on": around["min"] - DAYS_AROUND, "last_on": around["max"] + DAYS_AROUND}
        store.run(_step("related_rows"), bounds)
        found = store.get("related_rows")
    store.drop("related_rows")


def _why_whole(store: DuckCorridor, *, has_moved: bool) -> list[str]:
    """Why the rows asked for cannot be looked at by themselves."""
    why = []
    two_books = store.run(_step("two_book_rows"), {})
    if two_books:
        why.append(
            f"{two_books} rows go where the books of both countries are here: each may be another's second record"
        )
    known = store.get("books_now").to_pylist()
    if any(one["has_exports"] and one["has_imports"] and one["from_country"] != one["to_country"] for one in known):
        if has_moved:
            why.append("new spellings may change which records of two books are one leg")
        weighing = store.run(_step("weighing_rows"), {})
        if weighing:
            why.append(f"{weighing} rows move the weight of a piece by which records of two books are compared")
    store.run(_trace("usual_weights"), {}, name="weights_now")
    if _weights(store, "weights_now") != _weights(store, "usual_weights"):
        why.append("the usual weight of a piece of some code is another, by which weighed lots are counted")
    store.put("usual_weights", store.get("weights_now"))
    for name in ("two_book_rows", "weighing_rows", "weights_now"):
        store.drop(name)
    return why


def _weights(store: DuckCorridor, name: str) -> list[tuple[str, int]]:
    table = store.get(name)
    return sorted(zip(table["hs6"].to_pylist(), table["weight"].to_pylist(), strict=True))


def _count_all(store: DuckCorridor, threads: int) -> None:
    """Unify all records, and put `lots_now`, every lot, beside `lots_were`."""
    store.run(_step("lots_were"), {})
    unify(store, threads=threads)
    make_lots(store, threads=threads)
    store.run(_step("lots_were"), {}, name="lots_now")
    store.run(_step("lots_again"), {}, name="lots")


def _compare(store: DuckCorridor) -> None:
    """Put `day_lots` and `gone_lots`: how the lots that came, went or changed are now, and were."""
    for name in ("changed_lots", "day_lots", "gone_lots"):
        store.run(_step(name), {})


def _count_asked(store: DuckCorridor, work: DuckCorridor, threads: int) -> None:
    """Unify the rows asked for by themselves, and put `lots_now` and `lots_were`, their lots."""
    store.run(_step("asked_controls"), {})
    rows = store.get("asked_shipments")
    work.put("shipments", rows)
    work.put("controls", store.get("asked_controls"))
    work.put("parties", TABLES["parties"].schema.empty_table())
    for name in FACTS:
        work.put(name, store.get(name))
    work.run(_trace("books"), {})
    unify(work, threads=threads)
    store.remove("legs", "asked_shipments", ("row_id",))
    _append(store, "legs", work.get("legs"))
    work.put("known_by_trade", store.get("known_by_trade"))
    work.run(_trace("lots"), {})
    store.put("lots_now", work.get("lots"))
    store.run(_step("asked_lots"), {}, name="lots_were")
    store.drop("asked_controls")


def _append(store: DuckCorridor, name: str, rows: pa.Table) -> None:
    store.put("more_rows", rows)
    store.add(name, "more_rows")
    store.drop("more_rows")


def _step(name: str) -> Step:
    return read_step(HERE / f"{name}.sql")


def _trace(name: str) -> Step:
    return read_step(HERE.parent / "trace" / f"{name}.sql")
