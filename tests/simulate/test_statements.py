"""Are end-user statements in order where nothing was forged, and forged where the truth says so?"""

import csv
from collections import Counter, defaultdict
from datetime import date

import pyarrow.parquet as pq
import pytest

from landwaiter.simulate.facts import goods
from landwaiter.simulate.plan import STATEMENT_SIGNS
from landwaiter.simulate.world import World

Row = dict[str, str]
Line = dict[str, object]


def rows(world: World, name: str) -> list[Row]:
    with world.paths[name].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def lines(dense: World) -> dict[str, Line]:
    return {str(line["shipment_id"]): line for line in pq.read_table(dense.paths["shipments"]).to_pylist()}


@pytest.fixture(scope="module")
def papers(dense: World) -> dict[tuple[str, str], list[Row]]:
    """Statements by the sign and label of the scheme whose shipments they name; those of honest trade by ("", "")."""
    of_line = {}
    for case in rows(dense, "truth"):
        sign = next((one for one in case["signs"].split(";") if one in STATEMENT_SIGNS), "none")
        of_line |= dict.fromkeys(case["shipment_ids"].split(";"), (sign, case["label"]))
    found = defaultdict(list)
    for paper in rows(dense, "statements"):
        found[of_line.get(paper["shipment_ids"].split(";")[0], ("", ""))].append(paper)
    return found


def shipped(paper: Row, lines: dict[str, Line]) -> list[Line]:
    return [lines[each] for each in paper["shipment_ids"].split(";")]


def wrong(paper: Row, lines: dict[str, Line]) -> set[str]:
    """What an officer finds who lays a statement beside its shipments."""
    legs, faults = shipped(paper, lines), set()
    if any(leg["consignee_name"] != paper["end_user_name"] for leg in legs[:1]):
        faults.add("statement_other_user")
    now = dict(zip(goods().hs6, goods().before_2022, strict=True))
    if not any(str(leg["hs_code"])[:4] in (paper["hs_code"][:4], now.get(paper["hs_code"], "")[:4]) for leg in legs):
        faults.add("statement_other_goods")
    if paper["quantity"] and float(paper["quantity"]) < 0.9 * sum(float(str(leg["quantity"])) for leg in legs):
        faults.add("statement_over_quantity")
    if any(str(leg["declared_on"]) < paper["issued_on"] for leg in legs):
        faults.add("statement_out_of_time")
    return faults


def test_statements_of_honest_trade_are_in_order(
    papers: dict[tuple[str, str], list[Row]], lines: dict[str, Line]
) -> None:
    assert len(papers["", ""]) > 10
    assert not set().union(*(wrong(paper, lines) for paper in papers["", ""]))
    assert all(date.fromisoformat(paper["issued_on"]).year >= 2020 for paper in papers["", ""])


@pytest.mark.parametrize("sign", list(STATEMENT_SIGNS[1:5]))
def test_a_forged_statement_has_its_fault_and_those_of_twins_have_none(
    papers: dict[tuple[str, str], list[Row]], lines: dict[str, Line], sign: str
) -> None:
    faulty = sum(sign in wrong(paper, lines) for paper in papers[sign, "1"])
    assert faulty >= 2
    twins = [wrong(paper, lines) - {"statement_other_user"} for paper in papers[sign, "0"]]
    assert len(twins) >= 3 * faulty / 2
    assert not set().union(*twins)


def test_copied_numbers_are_those_of_another_end_user(dense: World) -> None:
    users = defaultdict(set)
    for paper in rows(dense, "statements"):
        users[paper["statement_id"]].add(paper["end_user_name"])
    copied = sum(len(names) > 1 for names in users.values())
    signs = Counter(case["label"] for case in rows(dense, "truth") if "statement_reused" in case["signs"].split(";"))
    assert 2 <= copied <= signs["1"]
    assert signs["0"] >= 2.5 * signs["1"]  # One whose lots all stand in lost entries has no statement.
