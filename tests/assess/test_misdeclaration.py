"""Does a service learn from its inspections what a person would, and can every reason be counted?"""

import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.assess.misdeclaration import Layout, learn, score
from landwaiter.errors import InputError

TRADE = Path(__file__).parents[2] / ".." / "shared" / "data" / "trade"
LAYOUT = Layout("hs_code", ("origin", "importer"), ("price",))


def declarations(rows):
    names = ("hs_code", "origin", "importer", "price")
    return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows], schema=SCHEMA)


SCHEMA = pa.schema(
    [("hs_code", pa.string()), ("origin", pa.string()), ("importer", pa.string()), ("price", pa.float64())]
)


def a_year(seed=1, rows=2000):
    """Phones from AA at a low price are false nine times of ten, all else once in twenty."""
    chance = np.random.default_rng(seed)
    made, outcome = [], []
    for _ in range(rows):
        code, origin = chance.choice(["851713", "854231", "610910"]), chance.choice(["AA", "BB"])
        price = float(chance.choice([5.0, 500.0]))
        suspect = code == "851713" and origin == "AA" and price == 5.0
        made.append((str(code), str(origin), f"firm {chance.integers(400)}", price))
        outcome.append(chance.random() < (0.9 if suspect else 0.05))
    return declarations(made), np.array(outcome)


@pytest.fixture(scope="module")
def lessons():
    return learn(*a_year(), LAYOUT)


def test_what_is_false_together_is_found_in_another_year(lessons):
    asked, outcome = a_year(seed=2)
    scores = np.asarray(score(lessons, asked).column("score"))
    first = np.argsort(-scores, kind="stable")[:100]
    assert outcome[first].mean() > 0.8
    assert abs(scores.mean() - outcome.mean()) < 0.03


def test_a_reason_is_a_count_that_can_be_checked(lessons):
    rows, outcome = a_year()
    asked = declarations([("851713", "AA", "firm new", 6.0)])
    reasons = score(lessons, asked).column("reasons")[0].as_py()
    wanted = [one for one in reasons if one.endswith("hs_code 851713, price 2 to 6, origin AA were false")]
    wrong, seen = map(int, re.match(r"(\d+) of (\d+) inspected", wanted[0]).groups())
    likes = pc.and_(
        pc.equal(rows.column("hs_code"), "851713"),
        pc.and_(pc.equal(rows.column("origin"), "AA"), pc.equal(rows.column("price"), 5.0)),
    ).to_numpy()
    assert (seen, wrong) == (likes.sum(), outcome[likes].sum())


def test_goods_never_inspected_have_the_rate_of_their_heading_or_the_base(lessons):
    asked = declarations(
        [("851799", "CC", "nobody", None), ("010121", "CC", "nobody", None), ("851713", "AA", "x", 5.0)]
    )
    unknown, nothing, suspect = np.asarray(score(lessons, asked).column("score"))
    assert nothing == pytest.approx(lessons.base)
    assert suspect > 0.7 > unknown


def test_the_name_of_a_firm_that_tells_nothing_gets_little_weight(lessons):
    weights = dict(lessons.weights())
    assert weights.get("importer", 0) < 0.2
    assert max(weights, key=weights.get) == "hs_code + price + origin"


def test_the_same_inspections_give_the_same_scores(lessons):
    asked, _ = a_year(seed=3)
    assert score(learn(*a_year(), LAYOUT), asked).equals(score(lessons, asked))


@given(st.permutations(range(40)))
def test_the_order_of_what_is_asked_changes_no_score(lessons, order):
    asked, _ = a_year(seed=4, rows=40)
    told = score(lessons, asked).take(pa.array(order, pa.int64()))
    assert score(lessons, asked.take(pa.array(order, pa.int64()))).equals(told)


def test_more_found_false_among_the_likes_never_lowers_a_score(lessons):
    """Weights are never negative, so a higher count can only raise."""
    assert all(weight > 0 for _, weight in lessons.weights())


def test_reasons_can_be_left_out(lessons):
    asked, _ = a_year(seed=5, rows=10)
    assert score(lessons, asked, reasons=0).column("reasons").to_pylist() == [[]] * 10


def test_inspections_of_one_outcome_or_without_a_column_are_refused():
    rows, outcome = a_year(rows=200)
    with pytest.raises(InputError, match="one outcome only"):
        learn(rows, np.zeros(200, bool), LAYOUT)
    with pytest.raises(InputError, match="no column courier"):
        learn(rows, outcome, Layout("hs_code", ("courier",), ()))


def test_real_labelled_declarations_reach_the_goal():
    if not (TRADE / "kcs_declarations_train.parquet").exists():
        pytest.skip("needs ../shared/data/trade: the labelled declarations are not here")
    train, valid = (pq.read_table(TRADE / f"kcs_declarations_{part}.parquet") for part in ("train", "valid"))
    layout = Layout("HS6 Code", ("Country of Departure", "Country of Origin"), ("Net Mass", "Item Price"))
    lessons = learn(train, np.asarray(train.column("Fraud")) == 1, layout)
    scores = np.asarray(score(lessons, valid, reasons=0).column("score"))
    outcome = np.asarray(valid.column("Fraud"))[np.argsort(-scores, kind="stable")]
    # The fuller layout and its figures are in bench/quality/misdeclaration.py.
    assert outcome[: len(outcome) // 20].mean() > 0.92
    assert outcome[: len(outcome) // 10].mean() > 0.78
