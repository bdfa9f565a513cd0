"""Do the goods that a target lost and its neighbours took up stand first, whatever the order of the rows?"""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.mirror.dates import Comparison, month_number
from landwaiter.mirror.wanted import WANTED, wanted

TESTS = {
    3: Comparison("EU", "window", "RU", month_number("2022-05"), 7),
    4: Comparison("EU", "control", "", month_number("2022-03"), 6),
}
SCHEMA = pa.schema(
    [
        ("test_no", pa.int32()),
        ("partner", pa.string()),
        ("unit", pa.string()),
        ("is_heading", pa.int32()),
        ("before_cents", pa.int64()),
        ("after_cents", pa.int64()),
    ]
)
MILLION = 100_000_000
ROWS = [
    (3, "RU", "854231", 0, 9 * MILLION, MILLION), (3, "KG", "854231", 0, MILLION, 6 * MILLION),
    (3, "RU", "610910", 0, 9 * MILLION, 8 * MILLION), (3, "KG", "610910", 0, MILLION, MILLION),
    (3, "RU", "870323", 0, 9 * MILLION, MILLION), (3, "KZ", "870323", 0, 50 * MILLION, 51 * MILLION),
    (3, "RU", "8542", 1, 9 * MILLION, 0), (4, "RU", "851762", 0, 9 * MILLION, 0),
]  # fmt: skip


def ranked(rows, neighbours=("AM", "KG", "KZ")):
    windows = pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], schema=SCHEMA)
    return wanted(windows, TESTS, {"RU": list(neighbours)}, 5_000_000)


def test_lost_and_taken_up_stands_before_lost_alone_and_before_neither():
    table = ranked(ROWS)
    assert table.column("hs6").to_pylist() == ["854231", "870323", "610910"]
    assert table.column("rank").to_pylist() == [1, 2, 3]
    assert table.column("period").to_pylist() == ["2022-05..2022-11"] * 3


def test_only_neighbours_count_as_a_way_round():
    assert ranked(ROWS, neighbours=["UZ"]).column("gained_cents").to_pylist() == [0, 0, 0]


def test_amounts_are_those_of_the_books():
    first = ranked(ROWS).to_pylist()[0]
    assert (first["lost_cents"], first["gained_cents"]) == (8 * MILLION, 5 * MILLION)
    assert first["lost_share"] == pytest.approx(8 / 9.05, abs=1e-6)


@given(st.permutations(ROWS))
def test_the_order_of_rows_changes_nothing(rows):
    assert ranked(rows).equals(ranked(ROWS))


def test_without_a_window_nothing_is_ranked():
    assert ranked([]).equals(WANTED.empty_table())
