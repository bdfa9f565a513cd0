"""How likely are two records one party, when names, countries, kinds, birth dates and identifiers are weighed together?

Every agreement raises the odds and every conflict lowers them by a factor, so more agreement never lowers the score.
A name alone stays under 1: many people and firms share one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from landwaiter.text.align import CONFLICT, ONE_SIDED, Alignment
from landwaiter.text.columns import Floats, Ints
from landwaiter.text.forms import Forms
from landwaiter.text.legal_forms import COMPANY, LIMITED, PARTNERSHIP
from landwaiter.text.score import probability
from landwaiter.text.scripts import HAN, script_name
from landwaiter.text.wholes import look_the_same

# A name that is held against a whole list meets a hundred thousand strangers; one laid beside one other does not.
DEFAULT_THRESHOLD, COMPARED_THRESHOLD = 0.75, 0.6
UNKNOWN, AGREES, DIFFERS = 0, 1, 2
Signs = npt.NDArray[np.int8]

# The most that a name can give, by what was compared.
_NAME_ALONE, _SPOKEN_SHORT, _MOST = 0.98, 0.775, 0.999
# A name of so much weight that agrees may claim all of that; one of nothing is this much lower.
_RICH, _ROOM = 2.5, 0.03
_SHORT = 1.2
# By how much the odds rise where a fact agrees, and fall where it differs.
_COUNTRY, _KIND, _BIRTH, _BIRTH_YEAR, _LEGAL_FORM = (1.5, 0.6), (1.12, 0.2), (12.0, 0.4), (3.0, 0.2), (1.0, 0.45)
# One number in common is proof by itself: what is left of the distance to 1, and of the score where numbers differ.
_IDENTIFIER = (0.08, 0.8)


@dataclass(frozen=True)
class Evidence:
    """What else agrees or differs, for each pair: UNKNOWN, AGREES or DIFFERS."""

    country: Signs
    kind: Signs
    legal_form: Signs
    birth: Signs
    birth_year: Signs
    identifier: Signs


def no_evidence(count: int) -> dict[str, Signs]:
    """Everything unknown, to be replaced where something is known."""
    return {name: np.zeros(count, np.int8) for name in Evidence.__dataclass_fields__}


def compare_legal_forms(left: Forms, left_names: Ints, right: Forms, right_names: Ints) -> Signs:
    """Whether the legal forms are of one family, where both are known."""
    # A Kazakh TOO calls itself LLP in English: partnerships with limited liability are not told from companies with it.
    ours, theirs = (
        np.where(families == PARTNERSHIP, LIMITED, families)
        for families in (left.families[left_names], right.families[right_names])
    )
    known = (ours > COMPANY) & (theirs > COMPANY)
    # A Chinese stock company calls itself Co., Ltd. in English: between these two a difference says nothing.
    told = ((left.scripts[left_names] ^ right.scripts[right_names]) & HAN) == 0
    # Nor where all letters are the same: a form that is run together with another word is not known as one.
    told &= ~look_the_same(left, left_names, right, right_names)
    differs = np.where(told, DIFFERS, UNKNOWN)
    return np.where(known, np.where(ours == theirs, AGREES, differs), UNKNOWN).astype(np.int8)


def score_names(alignment: Alignment) -> Floats:
    """The score of the names alone, under 1; it rises with the weight of what agrees, so that no two tops are alike."""
    most = _NAME_ALONE - _ROOM * (1 - alignment.matched / _RICH).clip(0, 1)
    most[alignment.spoken & (alignment.matched < _SHORT)] = _SPOKEN_SHORT
    scores: Floats = probability(alignment) * most
    return scores


def weigh(names: Floats, evidence: Evidence) -> Floats:
    """The score of each pair, from 0 to 1, to four places."""
    odds = names / (1 - np.minimum(names, _MOST))
    for sign, (raised, lowered) in (
        (evidence.kind, _KIND),
        (evidence.legal_form, _LEGAL_FORM),
        (evidence.country, _COUNTRY),
        (evidence.birth_year, _BIRTH_YEAR),
        (evidence.birth, _BIRTH),
    ):
        odds = odds * np.where(sign == AGREES, raised, np.where(sign == DIFFERS, lowered, 1.0))
    score: Floats = odds / (1 + odds)
    identified = 1 - (1 - score) * _IDENTIFIER[0]
    contradicted = score * _IDENTIFIER[1]
    score = np.where(evidence.identifier == AGREES, identified, score)
    score = np.where(evidence.identifier == DIFFERS, contradicted, score)
    rounded: Floats = np.round(score, 4)
    return rounded


def explain(alignment: Alignment, evidence: Evidence, place: int, *, scripts: Sequence[int], country: str = "") -> str:
    """One line on a pair: what agrees and what does not, the name first."""
    path = ""
    if scripts[0] != scripts[1] and all(scripts):
        path = f" ({script_name(scripts[0])} to {script_name(scripts[1])})"
    parts = [f"name {alignment.score[place]:.2f}{path}"]
    if alignment.spoken[place] and not alignment.in_order[place]:
        parts.append("syllables in another order")
    if alignment.swapped[place]:
        parts.append("father and child changed")
    number = int(alignment.numbers[place])
    if number:
        parts.append({ONE_SIDED: "number on one side only", CONFLICT: "numbers differ"}[number])
    for words, signs in (
        (f"country {country}".rstrip(), evidence.country),
        ("kind", evidence.kind),
        ("legal form", evidence.legal_form),
        ("birth date", evidence.birth),
        ("birth year", evidence.birth_year),
        ("identifier", evidence.identifier),
    ):
        sign = int(signs[place])
        if sign:
            parts.append(f"{words} {'agrees' if sign == AGREES else 'differs'}")
    return ", ".join(parts)
