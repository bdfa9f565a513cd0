"""Do lots add up? What leaves a trader was cut from what arrived, whatever the relation."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.simulate.chunk import Chunk, make_chunk
from landwaiter.simulate.lots import _cut
from landwaiter.simulate.plan import draw_parameters, plan_schemes
from landwaiter.simulate.relations import forbidden


@pytest.fixture(scope="module")
def chunk() -> Chunk:
    drawn = draw_parameters(40_000, 8, start=date(2021, 1, 1), months=36, null=False, view="all", prevalence=1e-3)
    return make_chunk(drawn, plan_schemes(drawn), 0)


def date_number(year: int) -> int:
    return (date(year, 1, 1) - date(1970, 1, 1)).days


def _supplied_here(chunk: Chunk) -> np.ndarray:
    """Relations that are supplied by sellers, and within the time of the books."""
    trade = chunk.relations
    return (trade["first"] >= date_number(2021)) & (trade["lots"] > 0)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(5, 10**6), st.integers(1, 5)), min_size=1, max_size=30), st.integers(0, 2**32))
def test_pieces_are_whole_and_add_up(lots: list[tuple[int, int]], seed: int) -> None:
    quantity, pieces = (np.array(column) for column in zip(*lots, strict=True))
    sizes = _cut(np.random.default_rng(seed), quantity, pieces)
    starts = np.cumsum(pieces) - pieces
    assert np.add.reduceat(sizes, starts).tolist() == quantity.tolist()
    assert (sizes >= 0).all()


def test_no_relation_sends_more_than_it_received(chunk: Chunk) -> None:
    lots, many = chunk.lots, len(chunk.relations)
    onward = lots["is_onward"]
    arrived = np.bincount(lots["relation"][~onward], lots["quantity"][~onward], many)
    left = np.bincount(lots["relation"][onward], lots["quantity"][onward], many)
    assert onward.sum() > 5_000
    assert (left <= arrived)[_supplied_here(chunk)].all()


def test_nothing_leaves_before_it_came(chunk: Chunk) -> None:
    lots = chunk.lots
    first = np.full(len(chunk.relations), 10**6)
    np.minimum.at(first, lots["relation"][~lots["is_onward"]], lots["day"][~lots["is_onward"]])
    later = lots["day"] > first[lots["relation"]]
    assert later[lots["is_onward"] & _supplied_here(chunk)[lots["relation"]]].all()


def test_what_a_second_hub_sends_on_reached_it_from_the_first(chunk: Chunk) -> None:
    lots, trade = chunk.lots, chunk.relations
    firsts = np.flatnonzero(trade["onto"])
    assert len(firsts) > 20
    moved = 0
    for first in firsts.tolist():
        second = first + int(trade["onto"][first])
        came = (lots["relation"] == first) & (lots["buyer"] == trade["buyer"][second]) & lots["is_onward"]
        went = lots["relation"] == second
        assert (lots["seller"][went] == trade["buyer"][second]).all()
        if not trade["first"][first] < lots["day"].min():  # Else some of it came before the books begin.
            assert lots["quantity"][went].sum() <= lots["quantity"][came].sum()
        moved += int(went.sum())
    assert moved > 100


def test_some_stock_came_before_the_books_begin(chunk: Chunk) -> None:
    lots, many = chunk.lots, len(chunk.relations)
    arrived = np.bincount(lots["relation"][~lots["is_onward"]], minlength=many)
    left = np.bincount(lots["relation"][lots["is_onward"]], minlength=many)
    assert (left[chunk.relations["lots"] > 0] > arrived[chunk.relations["lots"] > 0]).any()
    assert lots["day"].min() >= date_number(2021)


def test_no_firm_trades_with_its_own_country_or_before_it_was_founded(chunk: Chunk) -> None:
    lots, cast = chunk.lots, chunk.cast
    assert (cast.country[lots["seller"]] != cast.country[lots["buyer"]]).all()
    planted = chunk.relations["scheme"][lots["relation"]] >= 0
    honest = ~planted & ~lots["is_onward"]
    assert (lots["day"] >= cast.founded[lots["buyer"]])[honest].mean() > 0.98


def test_honest_sellers_obey_the_controls(chunk: Chunk) -> None:
    lots, trade = chunk.lots, chunk.relations
    direct = (trade["scheme"][lots["relation"]] < 0) & ~lots["is_onward"] & ~trade["licensed"][lots["relation"]]
    country = chunk.cast.country[lots["buyer"]]
    assert not forbidden(lots["good"], lots["origin"], country, lots["day"])[direct].any()
