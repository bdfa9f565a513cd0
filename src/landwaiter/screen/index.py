"""Whom on the lists could one name, or some thousand, be? An index in memory, which finds what the whole join finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from landwaiter.screen.judge import Judged, judge
from landwaiter.screen.listed import Listed, our_keys, prepare_listed
from landwaiter.screen.records import Facts, Records, make_records
from landwaiter.text.columns import Ints, expand, starts_of
from landwaiter.text.evidence import DEFAULT_THRESHOLD

_BATCH = 4_000


@dataclass(frozen=True)
class Asked:
    """One record to be screened: its names, the first being the main one, and what else is known of it."""

    names: Sequence[str]
    weak_names: Sequence[str] = ()
    kind: str = "unknown"
    countries: Sequence[str] = ()
    births: Sequence[str] = ()
    identifiers: Sequence[str] = ()


@dataclass(frozen=True)
class Match:
    """A listed party that a record could be."""

    listing_id: str
    list: str
    name_matched: str
    score: float
    reason: str


def records_of(asked: Sequence[Asked]) -> Records:
    """Records in the form in which they are compared, in their order."""
    owners = [place for place, one in enumerate(asked) for _ in (*one.names, *one.weak_names)]
    names = [name for one in asked for name in (*one.names, *one.weak_names)]
    weak = [is_weak for one in asked for is_weak in [False] * len(one.names) + [True] * len(one.weak_names)]
    facts = Facts(
        [one.kind for one in asked],
        [one.countries for one in asked],
        [one.births for one in asked],
        [one.identifiers for one in asked],
    )
    return make_records(np.array(owners, np.int64), pa.array(names, pa.string()), np.array(weak, np.bool_), facts)


class NameIndex:
    """Listed parties in force on a day, found by the keys of their names or by their identifiers."""

    def __init__(self, listings: pa.Table, listing_names: pa.Table, *, as_of: date) -> None:
        """Build the index of two tables of the corridor's form; seconds for 100,000 names."""
        self._listed: Listed = prepare_listed(listings, listing_names, as_of=as_of)
        keys = self._listed.keys
        order = np.argsort(keys.keys, kind="stable")
        self._keys, first = np.unique(keys.keys[order], return_index=True)
        self._starts = np.append(first, len(order))
        self._names, self._weights = keys.names[order], keys.weights[order]
        self._light, self._heavy = keys.light[order], keys.heavy[order]
        identifiers = self._listed.records.identifiers
        order = np.argsort(identifiers.codes, kind="stable")
        owners = np.repeat(np.arange(len(identifiers.starts) - 1), np.diff(identifiers.starts))
        self._codes, self._code_owners = identifiers.codes[order], owners[order]

    def __len__(self) -> int:
        return int(self._listed.listings.num_rows)

    def screen(
        self, asked: Sequence[Asked], *, threshold: float = DEFAULT_THRESHOLD, most: int = 10, threads: int = 1
    ) -> list[list[Match]]:
        """For each record the listed parties that it could be, best first; an empty list where there is none."""
        found: list[list[Match]] = []
        for first in range(0, len(asked), _BATCH):
            found += self._screen(asked[first : first + _BATCH], threshold, most, threads)
        return found

    def _screen(self, asked: Sequence[Asked], threshold: float, most: int, threads: int) -> list[list[Match]]:
        ours, theirs = records_of(asked), self._listed.records
        our_names, their_names = self._candidates(ours)
        judged = judge(ours, our_names, theirs, their_names, threshold=threshold, most=most, threads=threads)
        matches: list[list[Match]] = [[] for _ in asked]
        for place, match in zip(judged.ours.tolist(), self._matches(judged), strict=True):
            matches[place].append(match)
        return matches

    def _matches(self, judged: Judged) -> list[Match]:
        listings, records = self._listed.listings, self._listed.records
        rows = listings.select(["listing_id", "list"]).take(pa.array(judged.theirs)).to_pylist()
        names = [records.spellings[name] for name in records.names[judged.entries].tolist()]
        return [
            Match(row["listing_id"], row["list"], name, score, reason)
            for row, name, score, reason in zip(rows, names, judged.scores.tolist(), judged.reasons, strict=True)
        ]

    def _candidates(self, ours: Records) -> tuple[Ints, Ints]:
        """Pairs of one of our names and a listed one that share enough keys, or whose records share an identifier."""
        keys = our_keys(ours, self._listed)
        places = np.searchsorted(self._keys, keys.keys)
        rows, source = expand(places, self._starts, np.arange(len(self._names)))
        pairs = keys.names[source] * len(self._listed.records.forms) + self._names[rows]
        distinct, where = np.unique(pairs, return_inverse=True)
        shared = np.bincount(where, self._weights[rows], len(distinct))
        # Each name needs the same on all its keys, so any one of a pair's rows tells it.
        light, heavy = np.zeros((2, len(distinct)), np.int64)
        light[where] = np.minimum(keys.light[source], self._light[rows])
        heavy[where] = np.maximum(keys.heavy[source], self._heavy[rows])
        by_name = distinct[(shared > light) & (shared > heavy)]
        both = np.union1d(by_name, self._by_identifier(ours))
        return np.divmod(both, len(self._listed.records.forms))

    def _by_identifier(self, ours: Records) -> Ints:
        """Every name of one of ours with every name of the listed records that have one of its identifiers."""
        sets, theirs = ours.identifiers, self._listed.records
        if not len(sets.codes) or not len(self._codes):
            return np.zeros(0, np.int64)
        owners = np.repeat(np.arange(len(sets.starts) - 1), np.diff(sets.starts))
        first, last = (np.searchsorted(self._codes, sets.codes, side=side) for side in ("left", "right"))
        source = np.repeat(np.arange(len(owners)), last - first)
        rows = first[source] + (np.arange(len(source)) - starts_of(last - first)[source])
        ours_then, theirs_then = owners[source], self._code_owners[rows]
        our_entry, pair = _entries_of(ours, ours_then)
        their_entry, again = _entries_of(theirs, theirs_then[pair])
        return np.unique(ours.names[our_entry[again]] * len(theirs.forms) + theirs.names[their_entry])


def _entries_of(records: Records, owners: Ints) -> tuple[Ints, Ints]:
    order = np.argsort(records.records, kind="stable")
    starts = np.searchsorted(records.records[order], np.arange(len(records.kinds) + 1))
    return expand(owners, starts, order)
