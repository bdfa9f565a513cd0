"""Are the comparisons what an obvious loop over the same cells says?"""

import tempfile
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.engine.duck import DuckCorridor, open_duck
from landwaiter.errors import InputError
from landwaiter.mirror.asked import Terms
from landwaiter.mirror.dates import month_number
from landwaiter.mirror.gaps import compare_books

from .conftest import Cell, flows_of

Make = Callable[[list[Cell]], pa.Table]
WINDOW = (month_number("2022-03"), month_number("2022-08"))
NOW, THEN = ({f"{year}-{month:02d}" for month in range(3, 9)} for year in (2022, 2021))
ALL = Terms(least_cents=0, least_ratio_bp=0)


@st.composite
def exports(draw: st.DrawFn) -> list[Cell]:
    """Sales of two old codes by two members of the EU and Taiwan, in months inside and outside of the windows."""
    periods = ["2021-02", "2021-03", "2021-08", "2021-09", "2022-03", "2022-08"]
    keys = st.tuples(
        st.sampled_from(periods),
        st.sampled_from(["DE", "PL", "TW"]),
        st.sampled_from(["RU", "KZ", "KG", "FR", "CN"]),
        st.sampled_from(["854231", "847130"]),
    )
    found = draw(st.lists(st.tuples(keys, st.integers(1, 10**6)), max_size=40))
    alive = [(period, seller, "CN", "export", code, 1.0) for period in ("2020-01", "2022-12")
             for seller in ("DE", "TW") for code in ("854231", "847130")]  # fmt: skip
    return alive + [
        (period, seller, buyer, "export", code, float(value)) for (period, seller, buyer, code), value in found
    ]


def by_loop(cells: list[Cell]) -> dict[tuple[str, str], tuple[float, float]]:
    """Loss of RU and gain of its neighbours, by origin and code, as a clerk would add them up.

    A union counts as one from two reporting members on; one member alone is itself.
    """
    union = {"DE", "PL"} if {"DE", "PL"} <= {seller for _, seller, *_ in cells} else set()
    lost: dict[tuple[str, str], float] = defaultdict(float)
    gained: dict[tuple[str, str], float] = defaultdict(float)
    for period, seller, buyer, _, code, value in cells:
        sign = 1 if period in NOW else -1 if period in THEN else 0
        origin = "EU" if seller in union else seller
        for unit in (code, "TOTAL"):
            lost[origin, unit] -= sign * value * (buyer == "RU")
            gained[origin, unit] += sign * value * (buyer in ("KZ", "KG"))
    return {key: (lost[key], gained[key]) for key in lost if lost[key] > 0 and gained[key] > 0}


@settings(max_examples=12, deadline=None)
@given(exports())
def test_substitution_agrees_with_the_obvious_loop(cells: list[Cell]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_duck(Path(folder), memory_mb=500, threads=1) as corridor:
        corridor.put("trade_flows", flows_of(cells))
        compare_books(corridor, as_of=date(2022, 12, 31), targets=["RU"], windows=[WINDOW], terms=ALL)
        rows = [row for row in corridor.get("gaps").to_pylist() if row["kind"] == "substitution"]
    assert {(row["reporter"], row["hs_code"]): (row["expected"], row["seen"]) for row in rows} == by_loop(cells)


def test_a_law_the_order_of_rows_and_cutting_them_up_change_nothing(flows: Make, tmp_path: Path) -> None:
    whole = [(f"2021-{month:02d}", "DE", "RU", "export", "847130", 100.0 * month) for month in range(1, 13)]
    whole += [(f"2022-{month:02d}", "DE", "KZ", "export", "847130", 60.0 * month) for month in range(1, 13)]
    halves = [(*cell[:5], cell[5] / 2) for cell in whole]
    results = []
    for name, cells in (("whole", whole), ("reversed", whole[::-1]), ("halves", halves + halves[::-1])):
        (tmp_path / name).mkdir()
        with open_duck(tmp_path / name, memory_mb=500, threads=2) as corridor:
            corridor.put("trade_flows", flows(cells))
            compare_books(corridor, as_of=date(2022, 12, 31), targets=["RU"], windows=[WINDOW], terms=ALL)
            results.append(corridor.get("gaps"))
    assert results[0].num_rows > 0
    assert results[0].equals(results[1])
    assert results[0].equals(results[2])


def mirror(
    corridor: DuckCorridor, table: pa.Table, **terms: int
) -> tuple[dict[tuple[str, str], float], dict[str, str]]:
    corridor.put("trade_flows", table)
    not_run = compare_books(corridor, as_of=date(2024, 12, 31), targets=["RU"], terms=Terms(**terms))
    rows = [row for row in corridor.get("gaps").to_pylist() if row["kind"] == "mirror_gap"]
    return {(row["reporter"], row["period"]): row["score"] for row in rows}, dict(not_run)


def year(period: str, exports_value: float, imports_value: float) -> list[Cell]:
    return [
        (period, "TW", "TR", "export", "854231", exports_value),
        (period, "TR", "TW", "import", "854231", imports_value),
    ]


def test_a_gap_is_counted_after_freight_and_beyond_the_benign(flows: Make, corridor: DuckCorridor) -> None:
    # 1,000,000 sold are 1,060,000 landed; 530,000 booked: half is missing, 20 % is benign, no history.
    found, _ = mirror(corridor, flows(year("2023", 1e6, 530e3)))
    assert found == {("TW", "2023"): pytest.approx(0.375)}


def test_a_gap_as_wide_as_ever_is_not_reported(flows: Make, corridor: DuckCorridor) -> None:
    books = [cell for period in ("2020", "2021", "2022", "2023") for cell in year(period, 1e6, 530e3)]
    assert mirror(corridor, flows(books))[0] == {}


def test_goods_sold_and_booked_by_nobody_are_a_gap_where_the_books_carry_the_code(
    flows: Make, corridor: DuckCorridor
) -> None:
    books = [("2023", "TW", "TR", "export", "854231", 1e6), ("2023", "TR", "CN", "import", "854231", 5e5)]
    assert mirror(corridor, flows(books))[0] == {("TW", "2023"): 1.0}


def test_a_code_that_the_importer_never_books_is_named_not_accused(flows: Make, corridor: DuckCorridor) -> None:
    books = [("2023", "TW", "TR", "export", "854239", 1e6), ("2023", "TR", "TW", "import", "854231", 5e5)]
    found, not_run = mirror(corridor, flows(books))
    assert found == {}
    assert not_run["mirror_gap of TR"] == "its import books never carry 1 codes sold to it"


def test_members_are_compared_and_their_union_too(flows: Make, corridor: DuckCorridor) -> None:
    books = []
    for member, value in (("DE", 3e6), ("PL", 1e6)):
        books.append(("2023", member, "TR", "export", "854231", value))
        books.append(("2023", "TR", member, "import", "854231", 1e6))
    found, _ = mirror(corridor, flows(books), freight_bp=0)
    assert found == {
        ("DE", "2023"): pytest.approx((0.6667 - 0.2) / 0.8, abs=1e-4),
        ("EU", "2023"): pytest.approx(0.375),
    }


def test_only_months_of_which_both_keep_books_count(flows: Make, corridor: DuckCorridor) -> None:
    sold = [(f"2023-{month:02d}", "TW", "TR", "export", "854231", 1e6) for month in range(1, 13)]
    booked = [(f"2023-{month:02d}", "TR", "TW", "import", "854231", 53e4) for month in range(1, 7)]
    found, _ = mirror(corridor, flows(sold + booked))
    assert found == {("TW", "2023-01..2023-06"): pytest.approx(0.375)}


def test_without_a_second_book_the_gap_is_said_not_to_have_run(flows: Make, corridor: DuckCorridor) -> None:
    _, not_run = mirror(corridor, flows([("2023", "TW", "TR", "export", "854231", 1e6)]))
    assert "imports" in not_run["mirror_gap"]
    assert not_run["break"] == "the flows hold no monthly exports by code"


def test_empty_flows_say_what_did_not_run(flows: Make, corridor: DuckCorridor) -> None:
    found, not_run = mirror(corridor, flows([]))
    assert found == {}
    assert set(not_run) == {"break", "hub_share", "triple_difference", "substitution", "mirror_gap"}


def test_a_target_that_is_no_country_is_refused(flows: Make, corridor: DuckCorridor) -> None:
    corridor.put("trade_flows", flows([]))
    with pytest.raises(InputError, match="not a country"):
        compare_books(corridor, as_of=date(2022, 12, 31), targets=["Russia"])


def test_a_hub_whose_share_jumps_is_reported_with_both_shares(flows: Make, corridor: DuckCorridor) -> None:
    cells: list[Cell] = []
    for period in (f"{y}-{m:02d}" for y in (2020, 2021, 2022) for m in range(1, 13)):
        jump = period >= "2022-05"
        for code in ("847130", "850440", "903089"):
            cells.append((period, "TW", "DE", "export", code, 1e5))
            cells.append((period, "TW", "KZ", "export", code, 3e5 if jump and code == "847130" else 1e3))
            cells.append((period, "TW", "RU", "export", code, 0.0 if jump else 5e5))
    corridor.put("trade_flows", flows(cells))
    compare_books(corridor, as_of=date(2022, 12, 31), targets=["RU"], terms=Terms(nominal_bp=500))
    rows = [row for row in corridor.get("gaps").to_pylist() if row["kind"] == "hub_share"]
    assert [(row["partner"], row["hs_code"], row["seen"]) for row in rows] == [("KZ", "847130", pytest.approx(0.75))]
    assert "0.99 %" in rows[0]["reason"]


def test_one_reason_is_one_line_however_many_origins_it_has(flows: Make, corridor: DuckCorridor) -> None:
    sellers = ["AR", "AU", "BR", "CA", "CH", "CL", "CN", "GB", "ID", "IN", "JP", "TW"]
    corridor.put("trade_flows", flows([("2022-03", seller, "KZ", "export", "850440", 1.0) for seller in sellers]))
    not_run = dict(compare_books(corridor, as_of=date(2022, 12, 31), targets=["RU"], controls=[date(2022, 3, 1)]))
    assert "break of AR, AU, BR, CA, CH, CL, CN, GB, ID, IN and 2 more" in not_run


def test_one_member_of_a_union_sells_in_its_own_name_under_the_controls_of_the_union(
    flows: Make, corridor: DuckCorridor
) -> None:
    cells: list[Cell] = [
        (f"{y}-{m:02d}", "DE", buyer, "export", "850440", value)
        for y in (2020, 2021, 2022)
        for m in range(1, 13)
        for buyer, value in (("RU", 1e5 if y < 2022 else 1e3), ("KZ", 1e4 if y < 2022 else 5e4))
    ]
    corridor.put("trade_flows", flows(cells))
    compare_books(corridor, as_of=date(2022, 12, 31), targets=["RU"])
    total = next(row for row in corridor.get("gaps").to_pylist() if row["hs_code"] == "TOTAL")
    assert (total["reporter"], total["period"]) == ("DE", "2022-03..2022-08")
    assert total["score"] == pytest.approx(40 / 99, abs=1e-4)
