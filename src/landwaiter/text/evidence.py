"""How likely are two records one party, when names, countries, kinds, birth dates and identifiers are weighed together?

Every agreement raises the score towards 1 and every conflict lowers it by a factor, so more agreement never lowers it.
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
from landwaiter.text.scripts import HAN, script_name

DEFAULT_THRESHOLD = 0.75
UNKNOWN, AGREES, DIFFERS = 0, 1, 2
Signs = npt.NDArray[np.int8]

# The most that a name can give, by what was compared.
_NAME_ALONE, _SPOKEN_SHORT, _SPOKEN, _GENERIC = 0.97, 0.74, 0.94, 0.8
_SHORT, _TELLING = 1.2, 0.3
# What is left of the distance to 1, and of the score.
_COUNTRY, _KIND, _BIRTH, _BIRTH_YEAR = (0.75, 0.9), (0.95, 0.6), (0.4, 0.5), (0.7, 0.6)
_IDENTIFIER = (0.05, 0.75)
_LEGAL_FORM_DIFFERS = 0.94


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
    differs = np.where(told, DIFFERS, UNKNOWN)
    return np.where(known, np.where(ours == theirs, AGREES, differs), UNKNOWN).astype(np.int8)


def score_names(alignment: Alignment) -> Floats:
    """The score of the names alone, under 1 and lower where little was compared."""
    most = np.full(len(alignment.score), _NAME_ALONE)
    most[alignment.spoken] = _SPOKEN
    most[alignment.spoken & (alignment.matched < _SHORT)] = _SPOKEN_SHORT
    most[alignment.shared < _TELLING] = _GENERIC
    scores: Floats = alignment.score * most
    return scores


def weigh(names: Floats, evidence: Evidence) -> Floats:
    """The score of each pair, from 0 to 1, to four places."""
    score = names
    for sign, (left_of_distance, left_of_score) in (
        (evidence.kind, _KIND),
        (evidence.legal_form, (1.0, _LEGAL_FORM_DIFFERS)),
        (evidence.country, _COUNTRY),
        (evidence.birth_year, _BIRTH_YEAR),
        (evidence.birth, _BIRTH),
        (evidence.identifier, _IDENTIFIER),
    ):
        raised = 1 - (1 - score) * left_of_distance
        score = np.where(sign == AGREES, raised, np.where(sign == DIFFERS, score * left_of_score, score))
    return np.round(score, 4)


def explain(alignment: Alignment, evidence: Evidence, place: int, *, scripts: Sequence[int], country: str = "") -> str:
    """One line on a pair: what agrees and what does not, the name first."""
    path = ""
    if scripts[0] != scripts[1] and all(scripts):
        path = f" ({script_name(scripts[0])} to {script_name(scripts[1])})"
    parts = [f"name {alignment.score[place]:.2f}{path}"]
    if alignment.spoken[place] and not alignment.in_order[place]:
        parts.append("syllables in another order")
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
