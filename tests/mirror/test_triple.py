"""Is a planted triple difference found with its size, and is a boom of the hub, or of the goods, taken for none?"""

from collections.abc import Callable
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from landwaiter.engine.duck import DuckCorridor
from landwaiter.mirror.gaps import compare_books

Cell = tuple[str, str, str, str, str, float]
Make = Callable[[list[Cell]], pa.Table]
TREATED = [f"8542{n}" for n in (31, 32, 33, 39)] + ["852910"]
UNTREATED = [f"{heading}10" for heading in range(6101, 6119)]
HUBS, OTHERS = ("AM", "KZ"), ("FR", "CA", "BR")


def world(seed: int, *, diverted: float = 1, boom_of_hub: float = 1, boom_of_goods: float = 1) -> list[Cell]:
    """Monthly exports of one maker, noisy, with what happens from 2022-04 on at AM, at the hub, or to the goods."""
    chance = np.random.default_rng(seed)
    cells: list[Cell] = []
    for year in range(2018, 2023):
        for month in range(1, 13):
            after = (year, month) >= (2022, 4)
            for partner in (*HUBS, *OTHERS):
                for code in TREATED + UNTREATED:
                    factor = 1.0
                    if after:
                        factor *= boom_of_hub if partner == "AM" else 1
                        factor *= boom_of_goods if code in TREATED else 1
                        factor *= diverted if partner == "AM" and code in TREATED else 1
                    value = 20_000 * factor * float(np.exp(chance.normal(0, 0.15)))
                    cells.append((f"{year}-{month:02d}", "TW", partner, "export", code, round(value)))
    return cells


def compared(corridor: DuckCorridor, table: pa.Table) -> tuple[list[dict[str, object]], pa.Table, str]:
    corridor.put("trade_flows", table)
    not_run = compare_books(
        corridor, as_of=date(2022, 12, 31), targets=["RU"], controls=[date(2022, 4, 1)], treated=["8542", "852910"]
    )
    rows = [row for row in corridor.get("gaps").to_pylist() if row["kind"] == "triple_difference"]
    return rows, corridor.get("mirror_triples"), " ".join(f"{name}: {why}" for name, why in not_run)


def test_what_was_diverted_is_found_with_its_size_and_interval(flows: Make, corridor: DuckCorridor) -> None:
    rows, triples, _ = compared(corridor, flows(world(1, diverted=3, boom_of_hub=1.5, boom_of_goods=1.4)))
    assert [(row["partner"], row["hs_code"]) for row in rows] == [("AM", "CONTROLLED")]
    assert rows[0]["score"] == pytest.approx(1 - 1 / 3, abs=0.05)
    line = next(one for one in triples.to_pylist() if one["role"] == "control" and one["partner"] == "AM")
    assert line["low"] < np.log(3) < line["high"]
    assert "at most 1.0" in str(rows[0]["reason"])


@pytest.mark.parametrize("boom", [{"boom_of_hub": 4.0}, {"boom_of_goods": 4.0}])
def test_a_boom_of_the_hub_or_of_the_goods_alone_is_none(
    flows: Make, corridor: DuckCorridor, boom: dict[str, float]
) -> None:
    rows, _, _ = compared(corridor, flows(world(2, **boom)))
    assert rows == []


def test_worlds_in_which_nothing_happens_are_silent_at_the_nominal_rate(flows: Make, corridor: DuckCorridor) -> None:
    found = sum(len(compared(corridor, flows(world(seed)))[0]) for seed in range(10, 14))
    assert found <= 1, "8 hubs, of which one in forty would be beyond by chance were there no placebo dates"


def test_what_a_file_lacks_is_said(flows: Make, corridor: DuckCorridor) -> None:
    hubs_only = [cell for cell in world(1) if cell[2] in HUBS]
    _, triples, said = compared(corridor, flows(hubs_only))
    assert triples.num_rows == 0
    assert "triple_difference of TW: every partner is a target or a way round one" in said
    _, _, said = compared(corridor, flows([cell for cell in world(1) if cell[4] in TREATED]))
    assert "the file holds controlled goods only" in said
