"""Do a component's marking and numbers lead to the shipments that name them, and to no others?"""

from datetime import date, timedelta

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.classify.components import (
    COLUMNS,
    MOST_OF_FAMILY,
    WORTH,
    Asked,
    find_links,
    key_of,
    link_components,
    read_component,
    readings_of,
)
from landwaiter.engine.duck import open_duck
from landwaiter.tables import TABLES, check

TODAY = date(2026, 11, 1)
DAY = date(2022, 6, 1)


def shipments(*rows):
    """Rows of row_id, part number, description, and perhaps a day and an origin."""
    cells = [
        (row[0], row[3] if len(row) > 3 else DAY, row[1], row[2], row[4] if len(row) > 4 else None, None)
        for row in rows
    ]
    columns = {name: [row[place] for row in cells] for place, name in enumerate(COLUMNS)}
    return pa.table(columns).to_batches()


def links(asked, *rows):
    found = find_links([read_component(asked, as_of=TODAY)], shipments(*rows))
    check("component_links", found.links)
    return {row["row_id"]: row for row in found.links.to_pylist()}, found.made_after


def test_the_same_number_stands_above_the_same_base_and_that_above_the_series():
    found, _ = links(
        Asked("C", marking="MAX3221EAE 2130"),
        ("exact", "MAX3221EAE", None),
        ("base", "MAX3221CUE+T", None),
        ("series", "MAX3232EUE", None),
        ("other", "ADXL345", None),
        ("none", None, "integrated circuits"),
    )
    assert {row: one["how"] for row, one in found.items()} == {"exact": "part", "base": "base", "series": "family"}
    assert found["exact"]["probability"] > found["base"]["probability"] > found["series"]["probability"]
    assert all(one["basis"] == "inferred" and one["reason"] for one in found.values())


def test_a_number_is_found_in_words_with_spaces_signs_and_russian_letters():
    found, _ = links(
        Asked("C", marking="MAX3221EAE"),
        ("words", None, "Микросхема приемопередатчик MAX 3221EAE, 100 шт"),
        ("signs", "MAX-3221EAE", None),
        ("cyrillic", "МАХ3221ЕАЕ", None),
    )
    assert set(found) == {"words", "signs", "cyrillic"}
    assert found["words"]["probability"] < found["signs"]["probability"]
    assert found["words"]["seen_in"] == "description"


def test_a_part_made_after_the_shipment_was_not_in_it():
    found, made_after = links(
        Asked("C", marking="MAX3221EAE 2230"),
        ("before", "MAX3221EAE", None, date(2022, 7, 24)),
        ("after", "MAX3221EAE", None, date(2022, 7, 25)),
    )
    assert set(found) == {"after"}
    assert made_after == {"C": 1}


def test_where_the_decade_is_not_known_only_the_earliest_day_excludes():
    found, _ = links(Asked("C", marking="MAX3221EAE 838"), ("x", "MAX3221EAE", None, date(2000, 1, 1)))
    assert set(found) == {"x"}


def test_the_lot_and_the_country_of_assembly_speak_for_and_against():
    asked = Asked("C", marking="MAX3221EAE", lot_code="7731AB", assembled_in="MY")
    rows = [("plain", "MAX3221EAE", None), ("lot", "MAX3221EAE", "lot 7731AB"), ("same", "MAX3221EAE", None, DAY, "MY")]
    rows.append(("another", "MAX3221EAE", None, DAY, "US"))
    found, _ = links(asked, *rows)
    chance = {row: one["probability"] for row, one in found.items()}
    assert chance["another"] < chance["plain"] < chance["same"]
    assert chance["lot"] > chance["plain"]


def test_a_number_of_no_known_maker_is_found_and_said_to_be_anybodys():
    found, made_after = links(
        Asked("C", marking="QJ7731ZZ 2130"), ("x", "QJ7731ZZ", None), ("y", "QJ7731ZZ", None, date(2021, 1, 1))
    )
    assert (set(found), made_after) == ({"x"}, {"C": 1})
    assert found["x"]["probability"] < WORTH["part"]
    assert "maker is not known" in found["x"]["reason"]


def test_dates_and_lots_on_a_marking_are_no_part_numbers():
    found, _ = links(
        Asked("C", marking="MAX3221EAE 2130", lot_code="AB12345"), ("x", "AB12345", None), ("y", "2130", None)
    )
    assert found == {}


def test_a_series_is_not_written_without_end():
    rows = [(f"r{number:05d}", "MAX3232EUE", None, DAY + timedelta(days=number % 50)) for number in range(1500)]
    found, _ = links(Asked("C", marking="MAX3221EAE"), *rows)
    assert len(found) == MOST_OF_FAMILY


@given(st.lists(st.sampled_from(["MAX3221EAE", "MAX3221CPE", "ADXL345", "MAX3232", None, "max 3221 eae"]), max_size=12))
@settings(deadline=None)
def test_every_row_of_that_number_is_found_and_order_does_not_matter(parts):
    rows = [(f"r{place}", part, None) for place, part in enumerate(parts)]
    found, _ = links(Asked("C", marking="MAX3221EAE"), *rows)
    exact = {row for row, part, _ in rows if part and key_of(part) == "MAX3221EAE"}
    assert {row for row, one in found.items() if one["how"] == "part"} == exact
    assert links(Asked("C", marking="MAX3221EAE"), *reversed(rows))[0] == found


def test_the_tables_are_put_and_the_record_says_what_was_found(tmp_path):
    component = {"row_id": "f:2", "component_id": "C-1", "marking": "MAX3221EAE 2130", "weapon": "a drone"}
    silent = {"row_id": "f:3", "component_id": "C-2", "description": "a bracket"}
    books = [dict.fromkeys(TABLES["shipments"].schema.names)]
    books[0] |= {"row_id": "b:2", "row_no": 0, "file": "b", "line": 2, "shipment_id": "1", "declared_on": DAY,
                 "reporter": "TW", "flow": "export", "part_number": "MAX3221EAE"}  # fmt: skip
    with open_duck(tmp_path, memory_mb=500, threads=1) as corridor:
        corridor.put("components", pa.Table.from_pylist([component, silent], schema=TABLES["components"].schema))
        corridor.put("shipments", pa.Table.from_pylist(books, schema=TABLES["shipments"].schema))
        notes = link_components(corridor, as_of=TODAY)
        found = corridor.get("component_links").to_pylist()
        readings = corridor.get("component_readings").to_pylist()
    assert [(one["component_id"], one["row_id"], one["how"]) for one in found] == [("C-1", "b:2", "part")]
    assert [one["component_id"] for one in readings] == ["C-1", "C-2"]
    assert readings[1]["rank"] == 0
    assert notes == ["components: 1 of 2 could have come with shipments of these books"]


def test_what_the_finder_says_counts_before_what_was_read():
    asked = Asked("C", marking="MAX3221EAE 2130 MALAYSIA", part_number="MAX3221EUE", lot_code="L1", assembled_in="PH")
    one = read_component(asked, as_of=TODAY)
    assert (one.reading.part, one.reading.lot, one.reading.assembled_in) == ("MAX3221EUE", "L1", "PH")
    assert {"MAX3221EUE", "MAX3221EAE"} <= one.numbers
    assert readings_of([one]).num_rows == 1
