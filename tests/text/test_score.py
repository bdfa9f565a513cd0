from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.text.align import Alignment, align
from landwaiter.text.evidence import DEFAULT_THRESHOLD, score_names
from landwaiter.text.forms import shape_names
from landwaiter.text.score import PENALTIES, penalties_of, probability, score_weights


def aligned(first: str, second: str) -> Alignment:
    return align(shape_names([first]), np.zeros(1, np.int64), shape_names([second]), np.zeros(1, np.int64), threads=1)


def score(first: str, second: str) -> float:
    return float(score_names(aligned(first, second))[0])


def test_every_penalty_has_a_weight_and_none_raises_the_score():
    weights = score_weights()
    assert set(weights) == {"intercept", *PENALTIES}
    assert all(weights[name] <= 0 for name in PENALTIES)


def test_penalties_are_shares():
    for pair in (("Kupol", "Kupol"), ("Kupol 3", "Vektor 4"), ("", "Kupol"), ("賴清德", "Lai Ching-te")):
        penalties = penalties_of(aligned(*pair))
        assert penalties.shape == (1, len(PENALTIES))
        assert ((penalties >= 0) & (penalties <= 1)).all()


@pytest.mark.parametrize(
    ("near", "far"),
    [
        # A word that one side leaves out says less than one that each side has of its own.
        (("Orlan Kupriyanov Vektor", "Orlan Kupriyanov"), ("Orlan Kupriyanov Vektor", "Orlan Kupriyanov Meridian")),
        (("Salman bin Muhammad al-Rawi", "Salman bin Muhammad al-Rawi"),
         ("Salman bin Muhammad al-Rawi", "Muhammad bin Salman al-Rawi")),
        (("Ted Kowalski", "Theodore Kowalski"), ("Ted Kowalski", "Gerald Kowalski")),
        (("Vektor Fund 2", "Vektor Fund 2"), ("Vektor Fund 2", "Vektor Fund 3")),
        (("Kupriyanov Vektor Orlan", "Kupriyanov Vektor Orlan"), ("General Trading", "General Trading")),
        # A word that stands twice finds one partner; an initial stands for no word that has a partner of its own.
        (("Yusuf Kabir Yusuf", "Yusuf Yusuf Kabir"), ("Yusuf Kabir Yusuf", "Yusuf Kabir Selim")),
        (("Gerald Kowalski", "Anton Kowalski"), ("Anton Anton", "Anton Kowalski")),
        (("Kowalski, Gerald T.", "Gerald Kowalski"), ("Kowalski, Gerald T.", "Gerald G Kowalski")),
        # A slip of the pen says less than two words with nothing in common, and one branch less than two.
        (("Kupriyanov Orlan", "Kuprianev Orlan"), ("Kupriyanov Orlan", "Meridian Orlan")),
        (("Kupol Shipping", "Kupol"), ("Kupol Shipping", "Kupol Aviation")),
    ],
)  # fmt: skip
def test_what_differs_more_scores_less(near, far):
    assert score(*near) > score(*far)


def test_firms_named_only_by_their_business_differ_where_anything_else_does():
    assert score("Hotel", "Hotel Ltd") > score("Eastern Company", "PJSC Vostochny")
    assert score("Eastern Company", "PJSC Vostochny") < DEFAULT_THRESHOLD


def test_father_and_child_changed_are_another_person():
    assert score("Salman bin Muhammad al-Rawi", "Muhammad bin Salman al-Rawi") < DEFAULT_THRESHOLD


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.integers(0, 2))
def test_more_alike_never_scores_less(score_less, covered, matched, strangers):
    given_pair = aligned("Kupol Vektor", "Kupol Orlan")

    def scored(alike: float, unknown: float) -> float:
        changed = replace(
            given_pair, score=np.array([alike]), left_covered=np.array([covered]), right_covered=np.array([covered]),
            matched=np.array([3 * matched]), strangers=np.array([unknown]),
        )  # fmt: skip
        return float(probability(changed)[0])

    more = min(1.0, score_less + 0.1)
    assert scored(more, strangers) >= scored(score_less, strangers) >= scored(score_less, strangers + 1)
