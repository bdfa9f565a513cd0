"""Which pairs of names are worth comparing because their records share an identifier, whatever the names are?"""

from dataclasses import dataclass

import numpy as np

from landwaiter.screen.records import Records
from landwaiter.text.columns import Flags, Ints, offsets_of, starts_of

# A number that more listed records have is a placeholder, or belongs to a register and not to a party.
_MOST_HOLDERS = 50


@dataclass(frozen=True)
class Candidates:
    """Pairs of one of our names with a listed one, each once; `identified` where records with them share a number."""

    ours: Ints
    theirs: Ints
    identified: Flags


@dataclass(frozen=True)
class Numbers:
    """The identifiers of listed records, sorted: record `owners[i]` has the one with digest `codes[i]`."""

    codes: Ints
    owners: Ints


def sort_numbers(listed: Records) -> Numbers:
    """The identifiers of listed records, ready to be looked up."""
    sets = listed.identifiers
    order = np.argsort(sets.codes, kind="stable")
    owners = np.repeat(np.arange(len(sets.starts) - 1), np.diff(sets.starts))
    return Numbers(sets.codes[order], owners[order])


def add_identified(ours: Records, theirs: Records, numbers: Numbers, by_name: tuple[Ints, Ints]) -> Candidates:
    """The pairs found by name, and every name of each of ours with every name of the listed that share a number."""
    if not len(ours.identifiers.codes) or not len(numbers.codes):
        return Candidates(*by_name, np.zeros(len(by_name[0]), np.bool_))
    width = len(theirs.forms)
    found = _identified(ours, theirs, numbers)
    pairs = by_name[0] * width + by_name[1]
    both = np.union1d(pairs, found)
    return Candidates(*np.divmod(both, width), np.isin(both, found))


def _identified(ours: Records, theirs: Records, numbers: Numbers) -> Ints:
    sets = ours.identifiers
    owners = np.repeat(np.arange(len(sets.starts) - 1), np.diff(sets.starts))
    first, last = (np.searchsorted(numbers.codes, sets.codes, side=side) for side in ("left", "right"))
    counts = np.where(last - first <= _MOST_HOLDERS, last - first, 0)
    rows = np.repeat(first, counts) + offsets_of(counts)
    our_entry, pair = _entries_of(ours, np.repeat(owners, counts))
    their_entry, again = _entries_of(theirs, numbers.owners[rows][pair])
    return np.unique(ours.names[our_entry[again]] * len(theirs.forms) + theirs.names[their_entry])


def _entries_of(records: Records, wanted: Ints) -> tuple[Ints, Ints]:
    """Every entry of each of these records, and for which of them it stands."""
    if not len(wanted):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    order = np.argsort(records.records, kind="stable")
    starts = starts_of(np.bincount(records.records, minlength=len(records.kinds)))
    lengths = starts[wanted + 1] - starts[wanted]
    return order[np.repeat(starts[wanted], lengths) + offsets_of(lengths)], np.repeat(np.arange(len(wanted)), lengths)
