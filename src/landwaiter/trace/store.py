"""How does a change of lots reach a traced store? Only the ledgers that it touches are opened; all else stays.

A ledger is one firm and one family of goods: all four passes of `allocate` stay within it. So the links of a touched
ledger are made anew from its own lots, and taint and reach anew for the lots after, and before, a link that changed.
The result is that of a full run over all lots.
"""

from collections.abc import Set
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.engine.duck import DuckCorridor
from landwaiter.engine.step import Step, read_step
from landwaiter.trace.chains import find_chains, find_hops, link_lots, spread

HERE = Path(__file__).parent
# What `change_lots` is given, and what it leaves for `tell_change`.
CHANGE = ("day_lots", "gone_lots", "touched_ledgers", "affected_tainted", "affected_reaching")
LINK = ("units_from", "in_no", "out_no", "quantity", "days", "is_relabelled")


def found_store(store: DuckCorridor, *, window_days: int, max_hops: int) -> list[str]:
    """Trace the store's `lots` whole, once: puts `all_links`, `tainted` and `reaching`; says what was cut.

    Args:
        store: holds `lots` and `party_numbers` (party_id, party_no); a party keeps its number for good.
        window_days: as for `allocate`; the same for every day that is added later.
        max_hops: how far taint and reach are followed.
    """
    link_lots(store, window_days)
    store.put("all_links", store.get("all_links").select(LINK))
    return spread(store, "tainted", max_hops) + spread(store, "reaching", max_hops)


def change_lots(store: DuckCorridor, work: DuckCorridor, *, window_days: int, max_hops: int) -> dict[str, int]:
    """Take `gone_lots` out of a store that `found_store` made, put `day_lots` in, and mend what hangs on them.

    Leaves `touched_ledgers`, `affected_tainted` and `affected_reaching` in the store for `tell_change`. Gives how much
    was opened.

    Args:
        store: has both tables, with the columns of `lots`; its `party_numbers` knows all their parties. A lot that
            changes is in both.
        work: an empty corridor in memory for the opened ledgers.
        window_days: that of the store.
        max_hops: that of the store.
    """
    for name in ("touched_ledgers", "stale_links"):
        store.run(_step(name), {})
    moved = {name: store.get(name)["row_no"].to_pylist() for name in ("gone_lots", "day_lots")}
    store.remove("lots", "gone_lots", ("row_no",))
    store.add("lots", "day_lots")
    store.run(_step("touched_lots"), {})
    work.put("lots", store.get("touched_lots"))
    link_lots(work, window_days)
    work.run(_step("fresh_links"), {})
    stale, fresh = _sorted(store.get("stale_links")), _sorted(work.get("fresh_links"))
    store.put("fresh_links", fresh)
    store.remove("all_links", "stale_links", ("in_no", "out_no"))
    store.add("all_links", "fresh_links")
    changed = _changed(stale, fresh)
    opened = {"ledgers": store.count("touched_ledgers"), "lots": store.count("touched_lots"), "links": len(changed)}
    rows = {*moved["gone_lots"], *moved["day_lots"]}
    for name in ("tainted", "reaching"):
        opened[name] = _spread_again(store, work, name, _ends(changed, rows, name), max_hops)
    for name in ("touched_lots", "stale_links", "fresh_links"):
        store.drop(name)
    return opened


def tell_change(store: DuckCorridor, work: DuckCorridor, *, window_days: int, max_hops: int) -> None:
    """Put `hops` and `chains` in `work`: every one that the last change may have made, ended or changed.

    Hops are those of touched ledgers and of lots whose taint or reach was spread again; chains those that end in a
    lot after one of them. All others are as they were before.
    """
    store.run(_step("touched_departures"), {}, name="gathered")
    store.add("gathered", "affected_tainted")
    _gather(store, "downstream_next", max_hops)
    after = store.get("gathered")["row_no"].combine_chunks()
    store.add("gathered", "affected_reaching")
    _gather(store, "upstream_next", max_hops)
    for name in ("told_links", "near_links", "near_lots"):
        store.run(_step(name), {})
    lots, links = store.get("near_lots"), store.get("near_links")
    work.put("all_links", links.append_column("ledger_no", pa.nulls(links.num_rows, pa.int64())))
    work.put("lots", lots)
    work.put("party_numbers", store.get("party_numbers"))
    for name in ("tainted", "reaching"):
        store.run(_step(f"near_{name}"), {})
        work.put(name, store.get(f"near_{name}"))
    find_hops(work, window_days=window_days)
    ends = pc.and_(pc.equal(lots["is_to_target"], 1), pc.is_in(lots["row_no"], value_set=after))
    mine = lots.set_column(lots.column_names.index("is_to_target"), "is_to_target", pc.cast(ends, pa.int32()))
    work.put("lots", mine)
    find_chains(work, max_hops=max_hops)
    work.put("hops", _told_only(work.get("hops"), lots, store.get("told_links")))
    for name in (*CHANGE, "gathered", "touched_departures", "told_links", "near_links", "near_lots", "near_tainted"):
        store.drop(name)
    store.drop("near_reaching")


def add_day(
    store: DuckCorridor, work: DuckCorridor, day_lots: pa.Table, *, window_days: int, max_hops: int
) -> dict[str, int]:
    """Add a day's lots, of which none was there before, as `change_lots` does."""
    store.put("day_lots", day_lots)
    store.put("gone_lots", store.get("day_lots").slice(0, 0))
    opened = change_lots(store, work, window_days=window_days, max_hops=max_hops)
    for name in CHANGE:
        store.drop(name)
    return opened


def _spread_again(store: DuckCorridor, work: DuckCorridor, name: str, ends: pa.Table, max_hops: int) -> int:
    """Taint, or reach, of every lot that a changed link can matter to; exact, as all that feeds them is there too."""
    onward, backward = (
        ("downstream_next", "upstream_next") if name == "tainted" else ("upstream_next", "downstream_next")
    )
    store.put("gathered", ends)
    _gather(store, onward, max_hops)
    affected = store.get("gathered")
    store.put(f"affected_{name}", affected)
    _gather(store, backward, max_hops)
    for step in ("gathered_lots", "gathered_links"):
        store.run(_step(step), {})
    work.put("lots", store.get("gathered_lots"))
    work.put("all_links", store.get("gathered_links"))
    spread(work, name, max_hops)
    again = work.get(name)
    mine = again.filter(pc.is_in(again["row_no"], value_set=affected["row_no"].combine_chunks()))
    store.put("spread_again", mine)
    store.remove(name, f"affected_{name}", ("row_no",))
    store.add(name, "spread_again")
    for table in ("gathered", "gathered_lots", "gathered_links", "spread_again"):
        store.drop(table)
    return int(affected.num_rows)


def _gather(store: DuckCorridor, step: str, max_hops: int) -> None:
    """Grow `gathered` by one hop after the other until nothing is added; no amount travels further than `max_hops`."""
    before = store.count("gathered")
    for _ in range(max_hops):
        now = store.run(_step(step), {}, name="gathered")
        if now == before:
            return
        before = now


def _changed(stale: pa.Table, fresh: pa.Table) -> list[tuple[int, int]]:
    """The ends of the links that are gone, new, or of another quantity."""
    old, new = (
        set(map(tuple, zip(*(table[name].to_pylist() for name in LINK), strict=True))) for table in (stale, fresh)
    )
    return sorted({(link[1], link[2]) for link in old ^ new})


def _ends(changed: list[tuple[int, int]], moved: Set[int], name: str) -> pa.Table:
    """Where taint, or reach, may differ first: the far ends of changed links, and the lots that came or went."""
    side = 1 if name == "tainted" else 0
    return pa.table({"row_no": pa.array(sorted({link[side] for link in changed} | moved), pa.int64())})


def _told_only(hops: pa.Table, lots: pa.Table, links: pa.Table) -> pa.Table:
    """The hops of some links."""
    row_ids = dict(zip(lots["row_no"].to_pylist(), lots["row_id"].to_pylist(), strict=True))
    ends = zip(links["in_no"].to_pylist(), links["out_no"].to_pylist(), strict=True)
    told = {(row_ids[in_no], row_ids[out_no]) for in_no, out_no in ends}
    pairs = zip(hops["in_row"].to_pylist(), hops["out_row"].to_pylist(), strict=True)
    return hops.filter(pa.array([pair in told for pair in pairs], pa.bool_()))


def _sorted(links: pa.Table) -> pa.Table:
    return links.select(LINK).sort_by([("in_no", "ascending"), ("out_no", "ascending")])


def _step(name: str) -> Step:
    return read_step(HERE / f"{name}.sql")
