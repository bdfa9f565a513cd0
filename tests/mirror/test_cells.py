"""Is every row of a statistics file counted once, and every row left out named?"""

from collections.abc import Callable
from datetime import date

import pyarrow as pa

from landwaiter.mirror.cells import YEARLY, read_books

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


def test_of_a_cell_that_two_sources_publish_one_is_counted(flows: Make) -> None:
    table = flows([("2022-03", "DE", "KG", "export", "854231", 1.0), ("2022-03", "DE", "KG", "export", "854231", 2.0)])
    twice = table.set_column(table.column_names.index("source"), "source", pa.array(["comtrade", "comext"]))
    books = read_books(twice, as_of=date(2022, 12, 31))
    assert books.cells.column("cents").to_pylist() == [200]
    assert books.left_out == [("rows of a second source", "1 rows repeat a cell of another source")]
    assert read_books(table, as_of=date(2022, 12, 31)).cells.num_rows == 2


def test_finer_codes_beside_their_own_sum_are_left_out(flows: Make) -> None:
    rows = [
        ("2022-03", "DE", "KG", "export", "854231", 3.0),
        ("2022-03", "DE", "KG", "export", "85423111", 1.0),
        ("2022-04", "DE", "KG", "export", "85423111", 2.0),
        ("2022-03", "PL", "KG", "export", "85423111", 4.0),
    ]
    books = read_books(flows(rows), as_of=date(2022, 12, 31))
    assert sorted(books.cells.column("cents").to_pylist()) == [200, 300, 400]
    assert books.left_out[0][0] == "rows of finer codes"
