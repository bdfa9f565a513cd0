"""Is a book to which days were added the same as a full run over all rows, whatever the days bring?"""

from contextlib import contextmanager

import pyarrow as pa
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from landwaiter.daybook.adding import add_rows
from landwaiter.daybook.founding import found_book
from landwaiter.engine.duck import open_duck
from landwaiter.trace.chains import find_chains, find_hops
from worlds.days import TERMS, declared, rows_of_a_world, run_whole


@contextmanager
def opened(folder, names):
    folders = [folder / name for name in names.split()]
    for one in folders:
        one.mkdir(parents=True, exist_ok=True)
    corridors = [open_duck(one, memory_mb=400, threads=1) for one in folders]
    with corridors[0] as first, corridors[1] as second:
        yield first, second


def rows_of(corridor, name):
    return sorted(map(str, corridor.get(name).to_pylist()))


def told(corridor):
    """What of a traced corridor or a book a run would write, hops and chains with the lots they name."""
    find_hops(corridor, window_days=TERMS.window_days)
    find_chains(corridor, max_hops=TERMS.max_hops)
    names = ("shipments", "parties", "controls", "legs", "known_by_trade", "bridges", "hops", "chains")
    return {name: rows_of(corridor, name) for name in names}


def added(days, folder):
    """The book after the first rows and every day, what each day did, and the hops and chains it told of."""
    reports = []
    with opened(folder, "book founding") as (store, corridor):
        run_whole(corridor, declared(days[0]))
        found_book(store, corridor)
        before = told(store)
        for number, day in enumerate(days[1:]):
            first = store.count("shipments")
            place = folder / f"work-{number}"
            place.mkdir()
            with open_duck(place, memory_mb=400, threads=1) as work:
                report = add_rows(store, work, declared(day, first), TERMS)
                after = told(store)
                for name in ("hops", "chains"):
                    mine = rows_of(work, name)
                    assert set(mine) <= set(after[name]), name
                    assert set(after[name]) - set(before[name]) <= set(mine), name
                before = after
            reports.append(report)
    return before, reports


def whole(days, folder):
    with opened(folder, "whole spare") as (corridor, _):
        rows = [row for day in days for row in day]
        tables, first = [], 0
        for day in days:
            tables.append(declared(day, first))
            first += len(day)
        run_whole(corridor, pa.concat_tables(tables))
        assert len(rows) == corridor.count("shipments")
        return told(corridor)


@given(
    st.integers(0, 10_000),
    st.sets(st.sampled_from(("again", "corrected", "mirrored", "weighed"))),
    st.floats(0.2, 0.9),
    st.floats(0.3, 0.9),
)
@settings(max_examples=4, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_days_added_give_what_a_full_run_gives(tmp_path_factory, seed, kinds, share, second):
    rows = rows_of_a_world(seed, 40, kinds)
    cut = max(2, int(len(rows) * share))
    third = cut + max(1, int((len(rows) - cut) * second))
    days = [rows[:cut], rows[cut:third], rows[third:]]
    book, _ = added([day for day in days if day], tmp_path_factory.mktemp("book"))
    assert book == whole([day for day in days if day], tmp_path_factory.mktemp("whole"))


PLAIN = {"day": "2022-05-01", "hs6": "854231", "pieces": "500", "kg": "5", "usd": "9000"}
IN = {**PLAIN, "from": "TW", "seller": "Island Chips", "to": "TR", "buyer": "Nova Elektronik"}
OUT = {**PLAIN, "day": "2022-05-20", "from": "TR", "seller": "Nova Elektronik", "to": "RU", "buyer": "Volga"}
FAR = {**PLAIN, "from": "JP", "seller": "Kyoto Parts", "to": "TR", "buyer": "Bosfor Makina"}


def same(days, folder):
    """What each day did, where book and full run agree."""
    book, reports = added(days, folder / "book")
    assert book == whole(days, folder / "whole")
    return book, reports


def test_a_plain_day_opens_its_own_ledgers_alone(tmp_path):
    book, (report,) = same([[IN, {**FAR, "number": "1"}], [OUT]], tmp_path)
    assert (report.spellings, report.whole) == (2, []), "the hub in its own books, and its buyer"
    assert report.opened["lots"] == 2
    assert len(book["hops"]) == 1


def test_a_chain_that_a_day_completes_is_told(tmp_path):
    book, _ = same([[IN, FAR], [OUT]], tmp_path)
    assert any("Island" in row or "TW" in row for row in book["chains"])


def test_a_correction_on_a_later_day_takes_the_place_of_the_first_record(tmp_path):
    first = [{**IN, "number": "N1"}, {**OUT, "number": "N2"}]
    book, (report,) = same([first, [{**IN, "number": "N1", "day": "2022-05-04", "pieces": "90"}]], tmp_path)
    assert report.whole == []
    assert "corrected" in book["legs"][0]
    assert "'quantity': 90.0" in book["hops"][0]


def test_a_late_day_changes_what_stood_before_it(tmp_path):
    book, (report,) = same(
        [[{**IN, "day": "2022-05-10"}, OUT], [{**IN, "day": "2022-05-02", "pieces": "200"}]], tmp_path
    )
    assert report.whole == []
    assert len(book["hops"]) == 2


def test_a_record_of_the_other_country_is_looked_for_among_all_rows_and_that_is_said(tmp_path):
    mirror = {**IN, "day": "2022-05-07", "books": "TR", "usd": "9500", "pieces": "500"}
    book, (report,) = same([[IN, OUT], [mirror]], tmp_path)
    assert "books of both countries" in report.whole[0]
    assert "both books" in book["legs"][0]


def test_a_number_that_makes_two_parties_one_moves_their_rows(tmp_path):
    other = {**OUT, "seller": "Anadolu Teknik Dagitim", "seller id": "8"}
    number = [
        {**OUT, "day": "2022-06-02", "pieces": "40", "seller": name, "seller id": "7"}
        for name in (IN["buyer"], other["seller"])
    ]
    book, (report,) = same([[{**IN, "pieces": "900"}, other], number], tmp_path)
    assert (report.spellings, report.whole) == (2, [])
    assert len(book["parties"]) == 3, "the maker, the two hubs as one, and the buyer"
    assert len(book["hops"]) == 3, "an old row of the other name leaves the hub now"


def test_a_day_that_fails_leaves_the_book_as_it_was(tmp_path):
    with opened(tmp_path, "book founding") as (store, corridor):
        run_whole(corridor, declared([IN, FAR]))
        found_book(store, corridor)
        before = told(store)
        (tmp_path / "work").mkdir()
        work_of_day = open_duck(tmp_path / "work", memory_mb=400, threads=1)
        with work_of_day as work, pytest.raises(KeyboardInterrupt), store.whole():
            add_rows(store, work, declared([OUT], 2), TERMS)
            raise KeyboardInterrupt
        assert told(store) == before
