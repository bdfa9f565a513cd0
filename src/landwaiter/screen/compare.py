"""How likely are the two records of each pair one party? Every name of one is laid beside every name of the other."""

from dataclasses import dataclass

import numpy as np

from landwaiter.screen.judge import entries_of_records, explain_entries, weigh_entries
from landwaiter.screen.records import Records
from landwaiter.text.columns import Floats, Ints
from landwaiter.text.ofac_score import ofac_score

_MOST_NAMES = 60


@dataclass(frozen=True)
class Compared:
    """Score and reason of each pair, in their order."""

    scores: Floats
    reasons: list[str]


def compare(left: Records, right: Records, *, threads: int) -> Compared:
    """Compare record `i` of one side with record `i` of the other; the same score from either side.

    Of a record with very many names the first ones are compared.
    """
    count = len(left.kinds)
    assert count == len(right.kinds)
    our_entries, their_entries = _crossed(left, right, count)
    found = weigh_entries(left, our_entries, right, their_entries, threads=threads)
    owner = left.records[our_entries]
    order = np.lexsort((their_entries, our_entries, -found.scores, owner))
    first = order[np.flatnonzero(np.diff(owner[order], prepend=-1))]
    scores = np.zeros(count)
    reasons = ["one of the two has no name"] * count
    scores[owner[first]] = found.scores[first]
    for place, reason in zip(first.tolist(), explain_entries(left, right, found, first), strict=True):
        reasons[owner[place]] = reason
    return Compared(scores, reasons)


def ofac_scores(left: Records, right: Records) -> list[float]:
    """What the US Treasury's search would give each pair, from 0 to 1: the best of the right record's names."""
    count = len(left.kinds)
    our_entries, their_entries = _crossed(left, right, count)
    scores = [0.0] * count
    for ours, theirs in zip(our_entries.tolist(), their_entries.tolist(), strict=True):
        owner = int(left.records[ours])
        found = ofac_score(left.spellings[left.names[ours]], right.spellings[right.names[theirs]]) / 100
        scores[owner] = max(scores[owner], found)
    return scores


def _crossed(left: Records, right: Records, count: int) -> tuple[Ints, Ints]:
    """Every entry of a record of one side with every entry of the record in the same place of the other."""
    ours, starts = entries_of_records(left, count)
    theirs, other_starts = entries_of_records(right, count)
    rows, columns = (np.minimum(np.diff(places), _MOST_NAMES) for places in (starts, other_starts))
    cells = rows * columns
    pair = np.repeat(np.arange(count), cells)
    inside = np.arange(len(pair)) - np.repeat(np.cumsum(cells) - cells, cells)
    row, column = np.divmod(inside, columns[pair])
    return ours[starts[pair] + row], theirs[other_starts[pair] + column]
