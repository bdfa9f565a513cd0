"""How does a day's trade join a traced store? Only the ledgers that it touches are opened; the rest stays as it was.

A ledger is one firm and one family of goods: all four passes of `allocate` stay within it. So the links of a touched
ledger are made anew from its own lots, and taint and reach anew for the lots after, and before, a link that changed.
The result is that of a full run over all lots.
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.engine.duck import DuckCorridor
from landwaiter.engine.step import Step, read_step
from landwaiter.trace.chains import link_lots, spread

HERE = Path(__file__).parent
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


def add_day(
    store: DuckCorridor, work: DuckCorridor, day_lots: pa.Table, *, window_days: int, max_hops: int
) -> dict[str, int]:
    """Add a day's lots to a store that `found_store` made; give how much of it was opened.

    Args:
        store: its `party_numbers` must know the day's parties already.
        work: an empty corridor in memory for the opened ledgers.
        day_lots: columns of `lots`; row numbers are new, days may be late.
        window_days: that of the store.
        max_hops: that of the store.
    """
    store.put("day_lots", day_lots)
    store.add("lots", "day_lots")
    for name in ("touched_ledgers", "touched_lots", "stale_links"):
        store.run(_step(name), {})
    work.put("lots", store.get("touched_lots"))
    link_lots(work, window_days)
    work.run(_step("fresh_links"), {})
    stale, fresh = _sorted(store.get("stale_links")), _sorted(work.get("fresh_links"))
    store.put("fresh_links", fresh)
    store.remove("all_links", "stale_links", ("in_no", "out_no"))
    store.add("all_links", "fresh_links")
    changed = _changed(stale, fresh)
    opened = {"ledgers": store.count("touched_ledgers"), "lots": store.count("touched_lots"), "links": len(changed)}
    for name in ("tainted", "reaching"):
        opened[name] = _spread_again(store, work, name, _ends(changed, day_lots, name), max_hops)
    for name in ("day_lots", "touched_ledgers", "touched_lots", "stale_links", "fresh_links"):
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
    store.put("affected", affected)
    _gather(store, backward, max_hops)
    for step in ("gathered_lots", "gathered_links"):
        store.run(_step(step), {})
    work.put("lots", store.get("gathered_lots"))
    work.put("all_links", store.get("gathered_links"))
    spread(work, name, max_hops)
    again = work.get(name)
    mine = again.filter(pc.is_in(again["row_no"], value_set=affected["row_no"].combine_chunks()))
    store.put("spread_again", mine)
    store.remove(name, "affected", ("row_no",))
    store.add(name, "spread_again")
    for table in ("gathered", "affected", "gathered_lots", "gathered_links", "spread_again"):
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


def _ends(changed: list[tuple[int, int]], day_lots: pa.Table, name: str) -> pa.Table:
    """Where taint, or reach, may differ first: the far ends of changed links, and the new lots."""
    side = 1 if name == "tainted" else 0
    rows = {link[side] for link in changed} | set(day_lots["row_no"].to_pylist())
    return pa.table({"row_no": pa.array(sorted(rows), pa.int64())})


def _sorted(links: pa.Table) -> pa.Table:
    return links.select(LINK).sort_by([("in_no", "ascending"), ("out_no", "ascending")])


def _step(name: str) -> Step:
    return read_step(HERE / f"{name}.sql")
