"""How likely are two names those of one party, given how their words were aligned?

A sum of penalties, passed through the logistic function: no weight but the first may be above zero, so more agreement
never lowers the score. The weights are learned by bench/learn_score.py and can be read in `score_weights.csv`.
"""

from functools import cache
from pathlib import Path

import numpy as np

from landwaiter.text.align import CONFLICT, ONE_SIDED, Alignment
from landwaiter.text.columns import Flags, Floats

_TABLE = Path(__file__).parent / "score_weights.csv"
# So much weight in common tells two names from any other.
_TELLING, _RICH = 1.5, 1.0
PENALTIES = (
    "gap", "conflict", "lost", "missing_of_firms", "missing_thin", "strangers_of_persons", "elsewhere", "generic",
    "number_one_sided", "numbers_differ", "swapped",
)  # fmt: skip


def penalties_of(alignment: Alignment) -> Floats:
    """One row for each pair, one column for each of PENALTIES, all from 0 to 1."""
    return np.column_stack([np.asarray(column, np.float64) for column in _columns(alignment)])


def _columns(alignment: Alignment) -> tuple[Floats | Flags, ...]:
    """The penalties, each by itself.

    `conflict` is what neither name finds in the other, `missing` what only one has, `thin` where little else agrees,
    `strangers` are words on both sides without a partner, `lost` their weight, `elsewhere` those of them that are known
    words of business or places. What was tried and got no weight is left out.
    """
    gap = (1 - alignment.score).clip(0, 1)
    low = np.minimum(alignment.left_covered, alignment.right_covered)
    high = np.maximum(alignment.left_covered, alignment.right_covered)
    conflict, missing = np.minimum(1 - high, gap), np.minimum(high - low, gap)
    firms = alignment.firms
    thin = (1 - alignment.matched / _TELLING).clip(0, 1)
    generic = (1 - alignment.shared / _RICH).clip(0, 1)
    strangers = alignment.strangers.clip(0, 1)
    return (
        gap, conflict, alignment.lost, missing * firms, missing * thin, strangers * ~firms,
        alignment.elsewhere.clip(0, 1), generic * ~alignment.spoken, alignment.numbers == ONE_SIDED,
        alignment.numbers == CONFLICT, alignment.swapped,
    )  # fmt: skip


def probability(alignment: Alignment) -> Floats:
    """The probability that the names of each pair are one party's, before what a name alone may claim is capped."""
    weights = score_weights()
    total = np.full(len(alignment.score), weights["intercept"])
    # Summed term by term: a product of matrices rounds otherwise for one pair than for many.
    for name, column in zip(PENALTIES, _columns(alignment), strict=True):
        total += weights[name] * column
    score: Floats = 1 / (1 + np.exp(-total))
    return score


@cache
def score_weights() -> dict[str, float]:
    """The weight of each penalty, and the intercept, in log-odds."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split(",") for line in lines if line and not line.startswith(("#", "term,")))
    return {term: float(weight) for term, weight in rows}
