"""Can anything later reach the work? Adding later listings or rows must change nothing, whatever they say."""

from datetime import date, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.backtest.freeze import freeze_file, freeze_lists, notes_of
from landwaiter.fetch import ListsRead
from landwaiter.load.loading import load
from landwaiter.sources.combined import ListRecord
from landwaiter.tables import TABLES

ON = date(2022, 6, 30)
before = st.dates(date(2000, 1, 1), ON)
after = st.dates(ON + timedelta(1), date(2030, 1, 1))


def lists_of(listings, *, old=()):
    rows = [
        {"listing_id": ident, "list": name, "kind": "unknown", "name": f"firm {ident}", "listed_on": first,
         "delisted_on": last, "countries": [], "birth_dates": [], "addresses": [], "identifiers": [], "programmes": []}
        for ident, name, first, last in listings
    ]  # fmt: skip
    names = [{"listing_id": row["listing_id"], "position": 0, "name": row["name"], "is_weak": False} for row in rows]
    cards = [
        ListRecord(name, name, "", "", ON if name in old else None, None, 0, 0, "", (), "")
        for name in sorted({name for _, name, _, _ in listings})
    ]
    return ListsRead(
        pa.Table.from_pylist(rows, schema=TABLES["listings"].schema),
        pa.Table.from_pylist(names, schema=TABLES["listing_names"].schema),
        TABLES["rejects"].schema.empty_table(),
        tuple(cards),
        (),
    )


def known(*listings, old=()):
    frozen, undated = freeze_lists(lists_of(listings, old=old), ON)
    ids = frozen.listings.column("listing_id").to_pylist()
    assert frozen.listing_names.column("listing_id").to_pylist() == ids
    return ids, undated


def test_a_listing_counts_from_its_first_day_on():
    assert known(("a", "x", ON, None), ("b", "x", ON + timedelta(1), None)) == (["a"], 0)


def test_without_a_day_it_counts_only_where_the_whole_list_is_as_old():
    assert known(("a", "x", None, None), ("b", "old", None, None), old=["old"]) == (["b"], 1)


def test_an_end_that_came_later_is_not_known_yet():
    frozen, _ = freeze_lists(lists_of([("a", "x", date(2020, 1, 1), date(2023, 1, 1))]), ON)
    assert frozen.listings.column("delisted_on").to_pylist() == [None]


@given(st.lists(before), st.lists(after), st.lists(after))
def test_later_listings_change_nothing(firsts, laters, ends):
    mine = [(f"a{number}", "x", day, None) for number, day in enumerate(firsts)]
    later = [(f"b{number}", "x", day, None) for number, day in enumerate(laters)]
    ended = [(ident, name, day, ends[at] if at < len(ends) else None) for at, (ident, name, day, _) in enumerate(mine)]
    one, _ = freeze_lists(lists_of(mine), ON)
    other, _ = freeze_lists(lists_of(ended + later), ON)
    assert one.listings.equals(other.listings)
    assert one.listing_names.equals(other.listing_names)


def loaded_rows(kind, header, lines, folder):
    (folder / "in.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    (folder / "loaded").mkdir()
    loaded = load(kind, folder / "in.csv", folder / "loaded")
    assert not loaded.rejected
    return loaded


SHIPMENTS = "shipment_id,declared_on,reporter,flow,exporter_name,quantity,quantity_unit,value,currency"


def shipment(number, day):
    return f"s{number},{day},TW,export,Firm {number},{number + 1},KGM,10.5,EUR"


def test_rows_after_the_day_are_kept_away_and_the_bytes_are_the_same(tmp_path):
    mine = [shipment(number, day) for number, day in enumerate(("2022-01-01", "2022-06-30"))]
    every = [shipment(7, "2022-07-01"), *mine, shipment(8, "2023-01-01")]
    counts, data = [], []
    for number, lines in enumerate((mine, every)):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        frozen = freeze_file("declarations", loaded_rows("declarations", SHIPMENTS, lines, folder), ON, folder)
        counts.append((frozen.known, frozen.later, frozen.undated))
        data.append(frozen.path.read_bytes())
    assert counts == [(2, 0, 0), (2, 2, 0)]
    assert data[0] == data[1]
    again = load("declarations", frozen.path, tmp_path / "0" / "loaded")
    assert (again.loaded, again.rejected) == (2, 0)


def test_a_row_without_a_number_points_back_to_its_line(tmp_path):
    lines = ["2023-01-01,TW,export,A", "2022-01-01,TW,export,B"]
    loaded = loaded_rows("declarations", "declared_on,reporter,flow,exporter_name", lines, tmp_path)
    frozen = freeze_file("declarations", loaded, ON, tmp_path)
    assert pq.read_table(frozen.path).column("shipment_id").to_pylist() == ["in.csv:3"]


def test_a_register_is_frozen_with_its_ends(tmp_path):
    lines = ["a,2020-01-01,2023-01-01", "b,2022-07-01,", "c,,"]
    loaded = loaded_rows("companies", "name,incorporated_on,dissolved_on", lines, tmp_path)
    frozen = freeze_file("companies", loaded, ON, tmp_path)
    assert (frozen.known, frozen.later, frozen.undated) == (1, 1, 1)
    assert pq.read_table(frozen.path).column("dissolved_on").to_pylist() == [None]
    assert notes_of({"companies": [frozen]}) == ["companies: 1 rows known, 1 later, 1 without a day left out"]


def test_a_month_of_statistics_is_known_when_it_is_over(tmp_path):
    lines = [f"{period},TW,HK,export,854231,5" for period in ("2021", "2022", "2022-05", "2022-06", "2022-07")]
    loaded = loaded_rows("trade_flows", "period,reporter,partner,flow,hs_code,value_usd", lines, tmp_path)
    assert freeze_file("trade_flows", loaded, ON, tmp_path).known == 3
    assert freeze_file("trade_flows", loaded, date(2022, 6, 29), tmp_path).known == 2
