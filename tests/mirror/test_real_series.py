"""Do the published figures come out of the real series, and none of the known artefacts?"""

from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from landwaiter.engine.duck import open_duck
from landwaiter.mirror.asked import Terms
from landwaiter.mirror.cells import NotRun
from landwaiter.mirror.dates import month_number
from landwaiter.mirror.gaps import compare_books
from landwaiter.ref.facts import read_facts

WINDOWS = [(month_number("2022-03"), month_number("2022-08")), (month_number("2022-05"), month_number("2022-11"))]
Compared = tuple[pa.Table, list[NotRun]]


@pytest.fixture(scope="module")
def compared(eu_exports: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Compared:
    with open_duck(tmp_path_factory.mktemp("eu"), memory_mb=2000, threads=2) as corridor:
        corridor.put("trade_flows", eu_exports)
        not_run = compare_books(
            corridor, as_of=date(2022, 11, 30), targets=["RU", "BY"], windows=WINDOWS, terms=Terms(money="EUR")
        )
        return corridor.get("gaps"), not_run


def lines(gaps: pa.Table, kind: str) -> list[dict[str, object]]:
    return gaps.filter(pc.equal(gaps.column("kind"), kind)).to_pylist()


def test_the_substitution_ratio_is_near_the_published_one(compared: Compared) -> None:
    # Published on the full set: 10.3 % and 19.7 %. This part holds three fifths of its codes.
    totals = {
        line["period"]: line["score"] for line in lines(compared[0], "substitution") if line["hs_code"] == "TOTAL"
    }
    assert totals == {"2022-03..2022-08": pytest.approx(0.1084), "2022-05..2022-11": pytest.approx(0.2125)}


def test_substitution_says_its_money_and_who_bought(compared: Compared) -> None:
    total = next(line for line in lines(compared[0], "substitution") if line["hs_code"] == "TOTAL")
    assert "AM, GE, KG, KZ, UZ" in str(total["reason"])
    assert "EUR" in str(total["reason"])


def test_a_target_without_known_neighbours_is_named_not_silent(compared: Compared) -> None:
    assert ("substitution for BY", "no neighbours of it are known; name them with --neighbours") in compared[1]


def test_no_code_of_the_revision_is_reported_and_a_naive_ranking_is_full_of_them(
    compared: Compared, eu_exports: pa.Table
) -> None:
    new = {row["hs6"] for row in read_facts("hs_revisions").to_pylist() if row["change"] in ("new", "gained")}
    with duckdb.connect() as connection:
        connection.register("exports", eu_exports)
        unseen, naive = (
            {row[0] for row in connection.execute(sql).fetchall()}
            for sql in (
                "SELECT hs_code[:6] FROM exports GROUP BY 1 HAVING MIN(period) >= '2022-01'",
                """SELECT hs_code[:6] AS hs6 FROM exports WHERE partner IN ('AM', 'KZ', 'KG') GROUP BY 1
                ORDER BY SUM(value_usd) FILTER (period BETWEEN '2022-03' AND '2022-08')
                / (1 + COALESCE(SUM(value_usd) FILTER (period BETWEEN '2021-03' AND '2021-08'), 0)) DESC NULLS LAST, hs6
                LIMIT 50""",
            )
        )
    assert len(naive & unseen) == 14
    reported = {line["hs_code"] for line in compared[0].to_pylist()}
    assert not reported & (new | unseen)


def test_codes_left_out_are_counted(compared: Compared) -> None:
    said = dict(compared[1])["break, hub_share of EU, 2022-03..2022-08"]
    assert said.startswith("of 1381 published codes 51 are new, ended or wider since an HS revision")


def test_breaks_are_many_at_the_control_date(compared: Compared) -> None:
    found = lines(compared[0], "break")
    assert len(found) > 60
    assert {line["partner"] for line in found} == {"AM", "GE", "KG", "KZ", "UZ"}
    assert all(line["seen"] > line["expected"] for line in found)  # type: ignore[operator]


@pytest.mark.parametrize(("pretended", "last"), [("2021-07-01", "2021-12-31"), ("2021-09-01", "2022-02-28")])
def test_few_series_break_at_a_date_when_nothing_happened(
    eu_exports: pa.Table, tmp_path: Path, pretended: str, last: str
) -> None:
    with open_duck(tmp_path, memory_mb=2000, threads=2) as corridor:
        corridor.put("trade_flows", eu_exports)
        compare_books(
            corridor,
            as_of=date.fromisoformat(last),
            targets=["RU", "BY"],
            controls=[date.fromisoformat(pretended)],
            terms=Terms(least_cents=1),
        )
        growth = corridor.get("mirror_growth")
        tested = growth.filter(pc.equal(growth.column("role"), "control")).num_rows
        assert tested > 2500
        jumps = corridor.get("mirror_jumps").filter(pc.field("kind") == "break")
        assert jumps.num_rows <= tested // 100


def test_the_break_of_kyrgyzstan_ranks_first_and_the_years_before_are_benign(
    eu_totals: pa.Table, tmp_path: Path
) -> None:
    with open_duck(tmp_path, memory_mb=1000, threads=2) as corridor:
        corridor.put("trade_flows", eu_totals)
        not_run = dict(compare_books(corridor, as_of=date(2024, 12, 31), targets=["RU"], terms=Terms(money="EUR")))
        gaps = sorted(lines(corridor.get("gaps"), "mirror_gap"), key=lambda line: -float(str(line["score"])))
    assert [(line["partner"], line["period"]) for line in gaps] == [
        ("KG", "2023"),
        ("KG", "2022"),
        ("KZ", "2022"),
        ("KZ", "2023"),
    ]
    assert not_run["mirror_gap of AM in 2023"].startswith("its imports are 9 % of the year before")
