"""Does each regime answer as its law says, with the fewest holdings that prove it?"""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.errors import InputError
from landwaiter.own.answer import decide
from landwaiter.own.graph import read_graph
from landwaiter.own.lookthrough import look_through
from landwaiter.own.rules import rule_of
from own.holding import SCHEMA, holdings

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data" / "ownership"
DAY = date(2026, 1, 15)


def answers(table, listed, regime="us_50", on=DAY):
    """Answer by party."""
    wanted = listed if isinstance(listed, dict) else dict.fromkeys(listed, "")
    return {one.party_id: one for one in decide(read_graph(table, on), wanted, regime, on)}


def said(table, listed, regime="us_50", on=DAY):
    return {party: one.answer for party, one in answers(table, listed, regime, on).items()}


@pytest.mark.parametrize(
    ("lines", "regime", "expected"),
    [
        (["X>A 50", "A>B 50"], "us_50", {"A": "yes", "B": "yes"}),
        (["X>A 50", "A>B 50"], "uk", {"A": "no", "B": "no"}),
        (["X>A 50.000001", "A>B 51"], "uk", {"A": "yes", "B": "yes"}),
        (["X>A 49.999999"], "us_50", {"A": "no"}),
        (["X>A 30", "Y>A 20"], "eu", {"A": "yes"}),
        (["X>A 30", "Y>A 30"], "uk", {"A": "no"}),
        (["X>A 30 with Y", "Y>A 30 with X"], "uk", {"A": "yes"}),
        (["X>A 30 with Z", "Z>A 30 with X"], "uk", {"A": "yes"}),
        (["X>A 60", "A>B 30", "X>B 30"], "uk", {"A": "yes", "B": "yes"}),
        (["X>A 60", "A>B 30", "Y>B 30"], "uk", {"A": "yes", "B": "no"}),
        (["X>A 60", "A>B 20 with X", "X>B 20 with A"], "uk", {"A": "yes", "B": "no"}),
        (["X>A >25..50", "Y>A >25..50"], "us_50", {"A": "yes"}),
        (["X>A >25..50"], "us_50", {"A": "possible"}),
        (["X>A >25..50"], "uk", {"A": "no"}),
        (["X>A 25..<50"], "us_50", {"A": "no"}),
        (["X>A 50..75"], "uk", {"A": "possible"}),
        (["X>A ?"], "us_50", {"A": "possible"}),
        (["X>A 40", "A>A 20", "Z>A 40"], "us_50", {"A": "possible"}),
        (["X>A 30", "B>A 40", "A>B 60"], "us_50", {"A": "no", "B": "no"}),
        (["A>B 100", "B>A 100"], "us_50", {}),
        (["X>A board"], "us_50", {"A": "no"}),
        (["X>A board"], "uk", {"A": "yes"}),
        (["X>A board 40"], "uk", {"A": "no"}),
        (["X>A control", "A>B 60"], "eu", {"A": "yes", "B": "yes"}),
        (["X>A votes 60"], "us_50", {"A": "no"}),
        (["X>A votes 60"], "uk", {"A": "yes"}),
        (["X>A 100 to 2022-03-01"], "us_50", {"A": "no"}),
        (["X>A 100 from 2027-01-01"], "us_50", {}),
        (["X>A 100 from 2026-01-15 to 2026-01-15"], "us_50", {"A": "yes"}),
        (["X>A 60", "X>A 60"], "us_50", {"A": "yes"}),
        (["X>A 30", "X>A 30"], "us_50", {"A": "no"}),
        (["X>A 100"], "tw", {"A": "no"}),
        (["X>A 100"], "jp", {"A": "no"}),
    ],
)
def test_a_regime(lines, regime, expected):
    assert said(holdings(*lines), ["X", "Y"], regime) == expected


def test_sources_that_exclude_each_other_leave_it_open_and_are_named():
    found = answers(holdings("X>A 30", "X>A 60"), ["X"])["A"]
    assert (found.answer, found.flags) == ("possible", ("contradicted",))


@pytest.mark.parametrize(
    ("on", "answer", "flags"),
    [
        (date(2025, 9, 28), "no", ("suspended",)),
        (date(2025, 9, 29), "yes", ()),
        (date(2025, 11, 9), "yes", ()),
        (date(2025, 11, 10), "no", ("suspended",)),
        (date(2026, 11, 9), "no", ("suspended",)),
        (date(2026, 11, 10), "yes", ()),
    ],
)
def test_the_affiliates_rule_is_dated(on, answer, flags):
    found = answers(holdings("E>A 50"), ["E"], "us_bis_affiliates", on)["A"]
    assert (found.answer, found.flags) == (answer, flags)
    doubt = "if it was extended this is no, and the owner a red flag"
    assert (doubt in found.reason) == (on > date(2026, 11, 9))


@pytest.mark.parametrize(("on", "answer"), [(date(2024, 7, 2), "no"), (date(2024, 7, 3), "yes")])
def test_the_union_counts_half_from_july_2024(on, answer):
    assert said(holdings("X>A 50"), ["X"], "eu", on) == {"A": answer}


def test_the_most_restrictive_owner_is_named():
    listed = {"E1": "licence: all items subject to the EAR", "E2": "licence: ECCN 3A001 only"}
    found = answers(holdings("E1>A 30", "E2>A 20"), listed, "us_bis_affiliates", date(2025, 10, 15))["A"]
    assert found.answer == "yes" and "the requirement of E1, all items subject to the EAR" in found.reason


def test_flags_say_what_no_answer_does():
    table = holdings(
        "X>minor 25", "X>unknown ?", "X>board board", "X>left 80 to 2023-01-01", "X>much 60", "Z>much 60",
        "X>ring 60", "ring>back 60", "back>ring 30",
    )  # fmt: skip
    flags = {party: one.flags for party, one in answers(table, ["X"]).items()}
    assert flags == {
        "minor": ("minority",), "unknown": ("unknown_share",), "board": ("control",), "left": ("former_owner",),
        "much": ("over_100",), "ring": ("circular",), "back": ("circular",),
    }  # fmt: skip


def test_the_proof_is_the_fewest_holdings():
    found = answers(holdings("X>A 100", "A>B 40", "X>B 30", "Y>B 20", "Z>B 10"), ["X", "Y"])["B"]
    assert found.edges == ("A>B", "X>B") and found.listed == ("X",)


def test_a_listed_party_may_itself_be_owned():
    found = answers(holdings("X>A 51", "A>B 100", "B>C 60"), ["X", "B"])
    assert {party: (one.answer, one.listed) for party, one in found.items()} == {
        "A": ("yes", ("X",)), "B": ("yes", ("X",)), "C": ("yes", ("B",)),
    }  # fmt: skip


def test_no_proof_goes_in_a_circle():
    table = holdings("X>A 60", "B>A 40", "A>B 60")
    assert {party: one.edges for party, one in answers(table, ["X"]).items()} == {"A": ("X>A",), "B": ("A>B",)}


def test_a_chain_of_100_000_is_decided():
    table = holdings(*(f"N{i}>N{i + 1} 51" for i in range(100_000)))
    found = answers(table, ["N0"], "uk")
    assert len(found) == 100_000 and found["N100000"].answer == "yes" and found["N100000"].listed == ("N0",)


def test_many_owners_of_one_company():
    table = pa.Table.from_pydict(
        {name: holdings("X>A 1").column(name).to_pylist() * 20_000 for name in SCHEMA.names}, schema=SCHEMA
    )
    owners = pa.array([f"P{i}" for i in range(20_000)])
    table = table.set_column(SCHEMA.get_field_index("owner_id"), "owner_id", owners)
    parts = pa.array(np.full(20_000, 0.005))
    for name in ("share_min", "share_max"):
        table = table.set_column(SCHEMA.get_field_index(name), name, parts)
    found = answers(table, [f"P{i}" for i in range(10_000)])["A"]
    assert found.answer == "yes" and len(found.edges) == 10_000
    assert answers(table, [f"P{i}" for i in range(9_999)])["A"].answer == "no"


def test_rows_in_any_order_give_the_same_answers():
    lines = ["X>A 60", "A>B 30", "X>B 30", "B>C 50", "C>D ?", "Y>D 10 to 2020-01-01", "D>A 5"]
    forward = decide(read_graph(holdings(*lines), DAY), {"X": "", "Y": ""}, "us_50", DAY)
    assert decide(read_graph(holdings(*lines[::-1]), DAY), {"Y": "", "X": ""}, "us_50", DAY) == forward


def test_an_unknown_regime_is_refused():
    with pytest.raises(InputError, match="known are"):
        rule_of("un", DAY)


# ---- The obvious way: try every owner again until nothing changes, with fractions --------------------------------


def obvious(lines, listed, threshold, strict):
    """Yes and at most yes of a rule that adds up shares."""
    found = []
    for side in (0, 1):
        inside = set(listed)
        while True:
            new = set()
            for company in {owned for _, owned, *_ in lines} - inside:
                total = sum(Fraction(line[2 + side]) for line in lines if line[1] == company and line[0] in inside)
                if total > threshold or (total == threshold and not strict):
                    new.add(company)
            if not new:
                break
            inside |= new
        found.append(inside - set(listed))
    return found


edges = st.tuples(st.sampled_from("XYABCDE"), st.sampled_from("ABCDE"), st.integers(0, 20), st.integers(0, 8))


@settings(max_examples=120)
@given(st.lists(edges, max_size=14, unique_by=lambda edge: edge[:2]))
def test_the_closure_agrees_with_the_obvious_fixed_point(drawn):
    lines = [(a, b, 5 * low, min(100, 5 * (low + more))) for a, b, low, more in drawn if a != b]
    table = holdings(*(f"{a}>{b} {low}..{high}" for a, b, low, high in lines))
    for regime, on in (("us_50", DAY), ("eu", date(2024, 1, 1))):
        rule = rule_of(regime, on)
        yes, at_most = obvious(lines, {"X", "Y"}, 50, rule.strict)
        found = said(table, ["X", "Y"], regime, on)
        assert {party for party, answer in found.items() if answer == "yes"} == yes
        assert {party for party, answer in found.items() if answer != "no"} == at_most


@settings(max_examples=60)
@given(st.lists(edges, max_size=12, unique_by=lambda edge: edge[:2]), st.integers(0, 11))
def test_a_larger_holding_never_lowers_an_answer(drawn, which):
    lines = [[a, b, 5 * low] for a, b, low, _ in drawn if a != b]
    order = ("no", "possible", "yes")
    for regime in ("us_50", "uk", "eu"):
        before = said(holdings(*(f"{a}>{b} {low}" for a, b, low in lines)), ["X", "Y"], regime)
        more = [[a, b, low + (5 if number == which else 0)] for number, (a, b, low) in enumerate(lines)]
        after = said(holdings(*(f"{a}>{b} {min(low, 100)}" for a, b, low in more)), ["X", "Y"], regime)
        assert all(order.index(after[party]) >= order.index(answer) for party, answer in before.items())


def test_the_look_through_share_is_the_product():
    graph = read_graph(holdings("X>A 50", "A>B 50", "B>C 50", "C>D 50"), DAY)
    assert look_through(graph, [graph.places["X"]])[graph.places["D"]] == pytest.approx(6.25)
    graph = read_graph(holdings("X>A 100", "A>B 50", "A>C 50", "B>D 50", "C>D 50"), DAY)
    assert look_through(graph, [graph.places["X"]])[graph.places["D"]] == pytest.approx(50)


# ---- The worked cases ----------------------------------------------------------------------------------------------

# What a case calls a regime, and ours with the day on which it is asked.
_ASKED = {
    "eu_2024": ("eu", DAY), "eu_pre_2024": ("eu", date(2024, 1, 1)), "us_50": ("us_50", DAY), "uk": ("uk", DAY),
}  # fmt: skip
_FLAGS = {
    "minority_flag": "minority", "bis_red_flag_29": "unknown_share", "former_owner_flag": "former_owner",
    "control_flag": "control", "data_warning": "over_100",
}  # fmt: skip


def cases():
    path = SHARED / "rule_cases.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def table_of(case):
    """The holdings of a worked case."""
    if case["id"] == "long-chain-2000":
        return holdings(*(f"{'X' if i == 0 else f'N{i}'}>N{i + 1} 100" for i in range(2000)))
    lines = []
    for edge in case["edges"]:
        low, high = edge.get("pct", edge.get("min")), edge.get("pct", edge.get("max"))
        over, under = ">" * bool(edge.get("min_exclusive")), "<" * bool(edge.get("max_exclusive"))
        tail = f" from {edge.get('startDate')}" * ("startDate" in edge) + f" to {edge.get('endDate')}" * (
            "endDate" in edge
        )
        tail += f" with {edge.get('joint_with')}" * ("joint_with" in edge)
        pair = f"{edge['owner']}>{edge['asset']}"
        lines.append(f"{pair} {over}{low}..{under}{high}{tail}")
        if "votes" in edge:
            lines.append(f"{pair} votes {edge['votes']}{tail}")
        if "control" in edge:
            lines.append(f"{pair} {'board' if 'board' in edge['control'] else 'control'}{tail}")
    return holdings(*lines)


@pytest.mark.skipif(not cases(), reason="the worked cases of ../shared/data/ownership are not here")
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_a_worked_case(case):
    table = table_of(case)
    listed = {name.partition(" (")[0]: name.partition(" (")[2].rstrip(")") for name in case["listed"]}
    on = date.fromisoformat(case["as_of"]) if "as_of" in case else DAY
    for asked, expected in case["expected"].items():
        regime, _, day = asked.partition("@")
        for party, answer in expected.items():
            if regime in _FLAGS:
                assert _FLAGS[regime] in answers(table, listed, on=on)[party].flags
            elif regime == "prorata":
                graph = read_graph(table, on)
                shares = look_through(graph, [graph.places[one] for one in listed])
                assert shares[graph.places[party]] == pytest.approx(answer)
            else:
                ours, asked_on = _ASKED.get(regime, (regime, on))
                found = answers(table, listed, ours, date.fromisoformat(day) if day else asked_on if on == DAY else on)
                _agrees(found.get(party), answer)


def _agrees(found, expected):
    """`yes` with a remark is a yes whose reason makes the remark; a red flag only is a no that is flagged."""
    if expected == "red_flag_only":
        assert found.answer == "no" and found.flags
        return
    word, _, remark = expected.partition(" ")
    assert (found.answer if found else "no") == word.strip(",")
    if "requirement of" in remark:
        assert remark in found.reason
    if "unless extended" in remark:
        assert "unless it was extended" in found.reason
