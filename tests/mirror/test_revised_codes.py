"""Is a code that is only new ever taken for growth, and is a true break beside it still seen?"""

from collections.abc import Callable, Iterator
from datetime import date

import pyarrow as pa

from landwaiter.engine.duck import DuckCorridor
from landwaiter.mirror.asked import Terms
from landwaiter.mirror.gaps import compare_books

Cell = tuple[str, str, str, str, str, float]
Make = Callable[[list[Cell]], pa.Table]

# One placebo series in five may go further: a handful of series is enough to judge by.
EASY = Terms(nominal_bp=2000, least_cents=1)


def months(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:])
    while f"{year}-{month:02d}" <= last:
        yield f"{year}-{month:02d}"
        year, month = year + month // 12, month % 12 + 1


def sold(code: str, partner: str, first: str, last: str, value: float) -> list[Cell]:
    return [(month, "TW", partner, "export", code, value) for month in months(first, last)]


def steady() -> list[Cell]:
    """Three codes that nothing happens to, one of them hardly sold."""
    large = [cell for code in ("850440", "847130") for cell in sold(code, "KZ", "2020-01", "2022-12", 5000)]
    return large + sold("903089", "KZ", "2020-01", "2022-12", 100)


def breaks(corridor: DuckCorridor, table: pa.Table) -> tuple[set[tuple[str, str]], str]:
    corridor.put("trade_flows", table)
    not_run = compare_books(corridor, as_of=date(2022, 12, 31), targets=["RU"], terms=EASY)
    found = {(row["partner"], row["hs_code"]) for row in corridor.get("gaps").to_pylist() if row["kind"] == "break"}
    return found, " ".join(reason for _, reason in not_run)


def test_a_true_break_is_reported(flows: Make, corridor: DuckCorridor) -> None:
    world = [
        *steady(),
        *sold("854231", "KZ", "2020-01", "2022-04", 5000),
        *sold("854231", "KZ", "2022-05", "2022-12", 9e5),
    ]
    found, said = breaks(corridor, flows(world))
    assert found == {("KZ", "854231")}
    assert "published codes" not in said


def test_a_code_new_in_the_revision_is_not_and_is_counted(flows: Make, corridor: DuckCorridor) -> None:
    found, said = breaks(corridor, flows([*steady(), *sold("851713", "KZ", "2022-01", "2022-12", 9e5)]))
    assert found == set()
    assert "1 are new, ended or wider since an HS revision" in said


def test_a_new_code_is_not_even_where_a_few_early_rows_carry_it(flows: Make, corridor: DuckCorridor) -> None:
    early = sold("851713", "GE", "2021-06", "2021-06", 10)
    found, _ = breaks(corridor, flows([*steady(), *early, *sold("851713", "KZ", "2022-01", "2022-12", 9e5)]))
    assert found == set()


def test_a_code_that_no_partner_bought_before_is_not(flows: Make, corridor: DuckCorridor) -> None:
    # 841381 is no code of the revision: only the data say that it begins.
    found, said = breaks(corridor, flows([*steady(), *sold("841381", "KZ", "2022-02", "2022-12", 9e5)]))
    assert found == set()
    assert "1 were bought by no partner at all before" in said


def test_but_one_that_another_partner_bought_is(flows: Make, corridor: DuckCorridor) -> None:
    other = sold("841381", "GE", "2020-01", "2022-12", 5000)
    found, _ = breaks(corridor, flows([*steady(), *other, *sold("841381", "KZ", "2022-05", "2022-12", 9e5)]))
    assert found == {("KZ", "841381")}


def test_new_national_digits_of_an_old_code_are_not_growth(flows: Make, corridor: DuckCorridor) -> None:
    world = [
        *steady(),
        *sold("73043910", "KZ", "2020-01", "2022-12", 5000),
        *sold("73043988", "KZ", "2022-01", "2022-12", 9e5),
    ]
    assert breaks(corridor, flows(world))[0] == set()


def test_a_split_of_national_digits_leaves_the_code_whole(flows: Make, corridor: DuckCorridor) -> None:
    before = sold("73043910", "KZ", "2020-01", "2021-12", 5000)
    after = [*sold("73043920", "KZ", "2022-01", "2022-12", 4e5), *sold("73043930", "KZ", "2022-01", "2022-12", 5e5)]
    assert breaks(corridor, flows([*steady(), *before, *after]))[0] == {("KZ", "730439")}


def test_where_the_predecessors_are_in_the_file_the_heading_stands_for_its_codes(
    flows: Make, corridor: DuckCorridor
) -> None:
    # 854150 became 854151 and 854159; nothing else of heading 8541 is sold here.
    before = sold("854150", "KZ", "2020-01", "2021-12", 5000)
    after = [*sold("854151", "KZ", "2022-01", "2022-12", 4e5), *sold("854159", "KZ", "2022-01", "2022-12", 5e5)]
    found, said = breaks(corridor, flows([*steady(), *before, *after]))
    assert found == {("KZ", "8541")}
    assert "headings 8541 are compared as a whole" in said
    reason = next(row["reason"] for row in corridor.get("gaps").to_pylist() if row["hs_code"] == "8541")
    assert "the heading, since codes in it were revised" in reason


def test_a_renamed_code_of_the_same_trade_is_no_break(flows: Make, corridor: DuckCorridor) -> None:
    before = sold("854150", "KZ", "2020-01", "2021-12", 9000)
    after = [*sold("854151", "KZ", "2022-01", "2022-12", 4000), *sold("854159", "KZ", "2022-01", "2022-12", 5000)]
    assert breaks(corridor, flows([*steady(), *before, *after]))[0] == set()


def test_series_without_placebos_of_their_size_are_named(flows: Make, corridor: DuckCorridor) -> None:
    large = [*sold("850440", "KZ", "2020-01", "2022-12", 5000), *sold("841381", "GE", "2020-01", "2022-12", 5000)]
    found, said = breaks(corridor, flows([*large, *sold("841381", "KZ", "2022-05", "2022-12", 9e5)]))
    assert found == set()
    assert "1 series have too few series of their size at placebo dates to be judged" in said
