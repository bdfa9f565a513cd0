"""Does a supposed holding change what it would, and nothing else?"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.errors import InputError
from landwaiter.own.answer import decide
from landwaiter.own.graph import read_graph
from landwaiter.own.supposing import Supposed, parse_supposed, what_if
from own.holding import holdings

DAY = date(2026, 1, 15)


def test_a_larger_holding_reaches_further():
    graph = read_graph(holdings("X>A 60", "A>B 40", "B>C 50", "Z>D 100"), DAY)
    changed = what_if(graph, {"X": ""}, Supposed("A", "B", 50), "us_50", DAY)
    assert changed == {"B": ("no", "yes"), "C": ("no", "yes")}
    assert what_if(graph, {"X": ""}, Supposed("X", "A", 10), "us_50", DAY) == {"A": ("yes", "no")}
    assert what_if(graph, {"X": ""}, Supposed("A", "D", 70), "uk", DAY) == {"D": ("no", "yes")}


@pytest.mark.parametrize("text", ["A>B", "A=50", "A>B=x", "A>B=101", ">B=5", "A>B=-1"])
def test_what_is_no_holding_is_refused(text):
    with pytest.raises(InputError, match="OWNER_ID>OWNED_ID=PERCENT"):
        parse_supposed(text)


def test_a_stranger_is_refused():
    graph = read_graph(holdings("X>A 60"), DAY)
    with pytest.raises(InputError, match="no holding names 'Q'"):
        what_if(graph, {"X": ""}, parse_supposed("X>Q=50"), "us_50", DAY)


edges = st.tuples(st.sampled_from("XYABCD"), st.sampled_from("ABCD"), st.integers(0, 20))


@settings(max_examples=60)
@given(st.lists(edges, min_size=1, max_size=10, unique_by=lambda edge: edge[:2]), st.data())
def test_it_agrees_with_a_graph_that_is_read_anew(drawn, data):
    lines = [(a, b, 5 * share) for a, b, share in drawn if a != b]
    known = sorted({one for line in lines for one in line[:2]})
    if len(known) < 2:
        return
    owner, owned = data.draw(st.permutations(known))[:2]
    share = 5 * data.draw(st.integers(0, 20))
    anew = [line for line in lines if line[:2] != (owner, owned)] + [(owner, owned, share)]
    for regime in ("us_50", "uk"):
        before, after = (
            {
                one.party_id: one.answer
                for one in decide(read_graph(table, DAY), {"X": "", "Y": ""}, regime, DAY)
                if one.party_id not in "XY"
            }
            for table in (holdings(*(f"{a}>{b} {c}" for a, b, c in some)) for some in (lines, anew))
        )
        expected = {
            party: (before.get(party, "no"), after.get(party, "no"))
            for party in sorted({*before, *after})
            if before.get(party, "no") != after.get(party, "no")
        }
        graph = read_graph(holdings(*(f"{a}>{b} {c}" for a, b, c in lines)), DAY)
        assert what_if(graph, {"X": "", "Y": ""}, Supposed(owner, owned, share), regime, DAY) == expected
