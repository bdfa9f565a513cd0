"""Is a store to which days were added the same as one traced whole?"""

from contextlib import ExitStack, nullcontext
from pathlib import Path
from random import Random

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.engine.duck import open_duck
from landwaiter.trace.store import LINK, add_day, found_store

WINDOW, HOPS = 30, 6
# In the order of their numbers these are not in the order of their names: a late-comer may sort first.
PARTIES = {1: "p-m", 2: "p-c", 3: "p-x", 4: "p-a", 5: "p-t"}

lots_of_a_world = st.lists(
    st.tuples(
        st.integers(1, 5),  # seller
        st.integers(1, 5),  # buyer
        st.integers(0, 50),  # day
        st.integers(1, 6),  # quantity
        st.integers(0, 1),  # code, of one family
        st.integers(0, 2),  # origin, 0 unknown
        st.integers(0, 2),  # part number, 0 unknown
    ).filter(lambda lot: lot[0] != lot[1]),
    min_size=2,
    max_size=20,
)


def as_lots(rows, first=0):
    """Lots from what was drawn; firm 1 is a controlled origin's, firm 5 a destination's."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * 7
    seller, buyer, day, quantity, code, origin, part = (pa.array(column, pa.int32()) for column in columns)
    return pa.table(
        {
            "row_no": pa.array(range(first, first + len(rows)), pa.int64()),
            "day": day,
            "seller_no": seller,
            "buyer_no": buyer,
            "code_no": code,
            "family_no": pa.array([1] * len(rows), pa.int32()),
            "unit_no": pa.array([1] * len(rows), pa.int32()),
            "origin_no": origin,
            "part_no": part,
            "hs6": pa.array([f"85423{code}" for *_, code, _, _ in rows], pa.string()),
            "quantity": quantity.cast(pa.int64()),
            "mass_g": quantity.cast(pa.int64()),
            "tier": pa.array(["1"] * len(rows), pa.string()),
            "is_controlled_origin": pa.array([int(row[0] == 1) for row in rows], pa.int32()),
            "is_to_target": pa.array([int(row[1] == 5) for row in rows], pa.int32()),
        }
    )


def numbers():
    """Which number each party has in the store."""
    return pa.table({"party_id": list(PARTIES.values()), "party_no": pa.array(list(PARTIES), pa.int32())})


def in_order(rows):
    """The same lots with the firms numbered in the order of their names, as a full run does."""
    rank = {party: place for place, (_, party) in enumerate(sorted((name, no) for no, name in PARTIES.items()))}
    lots = as_lots(rows)
    for side in ("seller_no", "buyer_no"):
        ranked = pa.array([rank[party] for party in lots[side].to_pylist()], pa.int32())
        lots = lots.set_column(lots.column_names.index(side), side, ranked)
    return lots


def told(corridor):
    """Links, taint and reach as sets; an amount of nothing is nothing."""
    links = {tuple(row[name] for name in LINK) for row in corridor.get("all_links").to_pylist()}
    amounts = {
        name: {(row["row_no"], row["amount"]) for row in corridor.get(name).to_pylist() if row["amount"]}
        for name in ("tainted", "reaching")
    }
    return links, amounts


def traced_whole(rows, folder: Path):
    with open_duck(folder, memory_mb=300, threads=1) as corridor:
        corridor.put("lots", in_order(rows))
        found_store(corridor, window_days=WINDOW, max_hops=HOPS)
        return told(corridor)


def day_by_day(days, folder: Path, file: Path | None = None):
    """The store, founded with the first day; with a file it is closed and opened again before the others are added."""
    first, *others = days
    with ExitStack() as stack:
        opening = {"memory_mb": 300, "threads": 1}
        work = stack.enter_context(open_duck(folder, **opening))
        store = stack.enter_context(open_duck(folder, **opening, file=file)) if file is None else None
        with nullcontext(store) if store else open_duck(folder, **opening, file=file) as founded:
            founded.put("party_numbers", numbers())
            founded.put("lots", as_lots(first))
            found_store(founded, window_days=WINDOW, max_hops=HOPS)
        store = store or stack.enter_context(open_duck(folder, **opening, file=file))
        for day in others:
            opened = add_day(store, work, as_lots(day, store.count("lots")), window_days=WINDOW, max_hops=HOPS)
            assert opened["lots"] <= store.count("lots")
        return told(store)


@given(lots_of_a_world, st.integers(1, 19))
@settings(max_examples=10, deadline=None)
def test_a_day_added_gives_what_a_full_run_gives(tmp_path_factory, rows, cut):
    cut = min(cut, len(rows) - 1)
    folder = tmp_path_factory.mktemp("store")
    assert day_by_day([rows[:cut], rows[cut:]], folder) == traced_whole(rows, tmp_path_factory.mktemp("whole"))


def test_days_added_to_a_store_on_disk_give_what_a_full_run_gives(tmp_path):
    chance = Random(3)
    ways = ((1, 2), (1, 3), (2, 3), (3, 2), (2, 5), (3, 5), (4, 2), (2, 4))
    rows = [
        (*chance.choice(ways), number // 2, chance.randrange(1, 9), number % 2, number % 3, number % 4 // 3)
        for number in range(90)
    ]
    (tmp_path / "whole").mkdir()
    days = [rows[:60], rows[60:75], rows[75:]]
    made = day_by_day(days, tmp_path, tmp_path / "store.duckdb")
    assert made == traced_whole(rows, tmp_path / "whole")
    assert len(made[0]) > 20
    assert made[1]["tainted"]


def test_a_day_opens_only_its_own_ledgers(tmp_path):
    far = [(2, 3, 5, 4, 0, 1, 0), (3, 5, 9, 4, 0, 1, 0)]
    with (
        open_duck(tmp_path, memory_mb=300, threads=1) as store,
        open_duck(tmp_path, memory_mb=300, threads=1) as work,
    ):
        store.put("party_numbers", numbers())
        store.put("lots", as_lots(far))
        found_store(store, window_days=WINDOW, max_hops=HOPS)
        opened = add_day(store, work, as_lots([(1, 4, 12, 2, 0, 1, 0)], 2), window_days=WINDOW, max_hops=HOPS)
        assert opened == {"ledgers": 2, "lots": 1, "links": 0, "tainted": 1, "reaching": 1}
