"""Whom on the lists could one name, or some thousand, be? An index in memory, which finds what the whole join finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
import pyarrow as pa

from landwaiter.screen.judge import Judged, judge
from landwaiter.screen.listed import digest_text
from landwaiter.screen.records import Facts, Records, make_records
from landwaiter.screen.standing import Standing, candidates, stand
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
    return make_records(np.array(owners, np.int64), names, np.array(weak, np.bool_), facts)


class NameIndex:
    """Listed parties in force on a day, found by the keys of their names or by their identifiers."""

    def __init__(self, listings: pa.Table, listing_names: pa.Table, *, as_of: date) -> None:
        """Build the index of two tables of the corridor's form; seconds for 100,000 names."""
        self.standing = stand(listings, listing_names, as_of=as_of)
        self._places: dict[str, int] | None = None

    @classmethod
    def of(cls, standing: Standing) -> Self:
        """The index of what was prepared before; at once."""
        index = cls.__new__(cls)
        index.standing, index._places = standing, None
        return index

    def __len__(self) -> int:
        return len(self.standing.listing_ids)

    def digest(self, listing_id: str) -> str:
        """Digest of what a listing says; empty where no listing in force has this id."""
        if self._places is None:
            self._places = {ident: place for place, ident in enumerate(self.standing.listing_ids)}
        place = self._places.get(listing_id)
        return "" if place is None else digest_text(int(self.standing.digests[place]))

    def screen(
        self, asked: Sequence[Asked], *, threshold: float = DEFAULT_THRESHOLD, most: int = 10, threads: int = 1
    ) -> list[list[Match]]:
        """For each record the listed parties that it could be, best first; an empty list where there is none."""
        found: list[list[Match]] = []
        for first in range(0, len(asked), _BATCH):
            found += self._screen(asked[first : first + _BATCH], threshold, most, threads)
        return found

    def _screen(self, asked: Sequence[Asked], threshold: float, most: int, threads: int) -> list[list[Match]]:
        ours, theirs = records_of(asked), self.standing.records
        pairs = candidates(self.standing, ours)
        judged = judge(ours, theirs, pairs, threshold=threshold, most=most, threads=threads)
        matches: list[list[Match]] = [[] for _ in asked]
        for place, match in zip(judged.ours.tolist(), self.matches(judged), strict=True):
            matches[place].append(match)
        return matches

    def matches(self, judged: Judged) -> list[Match]:
        """Each match with what a reader needs of the listing."""
        listings, records = self.standing, self.standing.records
        names = records.names[judged.entries].tolist()
        return [
            Match(listings.listing_ids[place], listings.lists[place], records.spellings[name], score, reason)
            for place, name, score, reason in zip(
                judged.theirs.tolist(), names, judged.scores.tolist(), judged.reasons, strict=True
            )
        ]
