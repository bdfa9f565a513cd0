"""Which given names are forms of one another: Ted and Theodore, Juan and John?"""

from functools import cache
from pathlib import Path

import numpy as np

from landwaiter.text.columns import Flags, Ints, distinct_of

_TABLE = Path(__file__).parent / "given_names.csv"


def are_forms_of_one(left_texts: list[str], left: Ints, right_texts: list[str], right: Ints) -> Flags:
    """Whether the two words of each pair are forms of one given name; only words of the table are looked at twice."""
    ours = _groups_of(left_texts, left)
    if not ours.any():
        return np.zeros(len(ours), np.bool_)
    one: Flags = (ours == _groups_of(right_texts, right)) & (ours > 0)
    return one


def _groups_of(texts: list[str], words: Ints) -> Ints:
    used, places = distinct_of(words)
    table = _groups()
    groups = np.fromiter((table.get(texts[word], 0) for word in used.tolist()), np.int64, len(used))
    return groups[places]


@cache
def _groups() -> dict[str, int]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines if line and not line.startswith("#")]
    return {form: number for number, row in enumerate(rows, start=1) for form in row}
