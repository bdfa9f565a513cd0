"""Is every row of a statistics file counted once, and every row left out named?"""

from collections.abc import Callable
from datetime import date

import pyarrow as pa

from landwaiter.mirror.cells import YEARLY, in_force, read_books

Make = Callable[[list[tuple[str, str, str, str, str, float]]], pa.Table]


def test_codes_keep_their_digits_beside_their_hs6(flows: Make) -> None:
    books = read_books(flows([("2022-03", "DE", "KG", "export", "85423190", 12.345)]), as_of=date(2022, 12, 31))
    cell = books.cells.to_pylist()[0]
    assert (cell["code"], cell["hs6"], cell["hs4"], cell["cents"]) == ("85423190", "854231", "8542", 1234)
    assert (cell["year"], cell["month"]) == (2022, 2022 * 12 + 2)


def test_a_year_has_no_month_and_all_goods_stay_one_code(flows: Make) -> None:
    books = read_books(flows([("2021", "EU", "KG", "export", "TOTAL", 1)]), as_of=date(2022, 12, 31))
    cell = books.cells.to_pylist()[0]
    assert (cell["hs6"], cell["month"]) == ("TOTAL", YEARLY)


def test_months_and_years_not_over_are_left_out_and_said(flows: Make) -> None:
    rows = [(period, "DE", "KG", "export", "854231", 1.0) for period in ("2022-02", "2022-03", "2022")]
    books = read_books(flows(rows), as_of=date(2022, 3, 30))
    assert books.cells.num_rows == 1
    assert books.left_out == [("rows after the day", "2 rows cover a month or year not over on 2022-03-30")]
    assert read_books(flows(rows), as_of=date(2022, 3, 31)).cells.num_rows == 2


def test_rows_that_would_count_twice_are_left_out_and_said(flows: Make) -> None:
    rows = [
        ("2022-03", "DE", "KG", "export", "854231", 1.0),
        ("2022-03", "DE", "KG", "export", "8542", 1.0),
        ("2022-03", "DE", "W00", "export", "854231", 1.0),
        ("2022-03", "DE", "KG", "re-export", "854231", 1.0),
    ]
    books = read_books(flows(rows), as_of=date(2022, 12, 31))
    assert books.cells.num_rows == 1
    assert books.left_out[0][1].startswith("3 rows are re-exports, have partner W00")


def test_a_union_has_its_members_of_the_day(flows: Make) -> None:
    table = flows([("2019", "DE", "KG", "export", "TOTAL", 1.0)])
    before = set(read_books(table, as_of=date(2020, 1, 31)).members.column("member").to_pylist())
    after = set(read_books(table, as_of=date(2020, 2, 1)).members.column("member").to_pylist())
    assert before - after == {"GB"}
    assert len(after) == 27


def test_a_union_that_speaks_for_itself_is_not_summed_again(flows: Make) -> None:
    rows = [("2021", "EU", "KG", "export", "TOTAL", 3.0), ("2021", "DE", "KG", "export", "TOTAL", 1.0)]
    assert read_books(flows(rows), as_of=date(2022, 12, 31)).members.num_rows == 0


def test_a_fact_holds_on_both_its_ends() -> None:
    fact = {"valid_from": "2007-01-01", "valid_to": "2020-01-31"}
    days = [date(2006, 12, 31), date(2007, 1, 1), date(2020, 1, 31), date(2020, 2, 1)]
    assert [in_force(fact, day) for day in days] == [False, True, True, False]
    assert in_force(fact | {"valid_to": ""}, date(2100, 1, 1))
