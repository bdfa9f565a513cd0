"""What is different for our records since the lists were others? Only what could have changed is matched again.

The answer is that of two whole runs laid side by side. A pair of records can only change where the listing is new, gone
or changed, or where its names are worth comparing with one edition of the lists and not with the other: keys that were
rare may have become frequent. All else is aligned in neither run.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from landwaiter.screen.candidates import Candidates
from landwaiter.screen.index import Asked, Match, NameIndex, records_of
from landwaiter.screen.judge import judge
from landwaiter.screen.records import Records
from landwaiter.screen.standing import Standing, candidates
from landwaiter.text.columns import Ints, digests_of, mix, offsets_of

_BATCH = 4_000
_ALL = 2**31


@dataclass(frozen=True)
class Change:
    """One listing that a record could be by one edition of the lists and not, or otherwise, by the other.

    Args:
        place: of the record among those asked.
        change: new, gone or changed.
        match: as it is now, or as it was where it is gone.
        before: the score by the earlier edition, None where there was none.
    """

    place: int
    change: str
    match: Match
    before: float | None


def changes_since(
    old: NameIndex, new: NameIndex, asked: Sequence[Asked], *, threshold: float, threads: int = 1
) -> list[Change]:
    """New, gone and changed matches between two indexes, in the order of the records and the listings' ids."""
    found: list[Change] = []
    renewed = _renewed(old.standing, new.standing)
    for first in range(0, len(asked), _BATCH):
        ours = records_of(asked[first : first + _BATCH])
        editions = [(index, candidates(index.standing, ours)) for index in (old, new)]
        told = [_pair_ids(pairs, index.standing) for index, pairs in editions]
        apart = np.setxor1d(told[0], told[1])
        ids = renewed.union(*(
            _ids_of_names(index.standing, np.unique(pairs.theirs[np.isin(ids, apart)]))
            for (index, pairs), ids in zip(editions, told, strict=True)
        ))  # fmt: skip
        before, now = (_judged(index, ours, pairs, ids, (threshold, threads)) for index, pairs in editions)
        found += _compared(before, now, first, renewed)
    return found


def _renewed(old: Standing, new: Standing) -> set[str]:
    """Listings that are new, gone, or say something else."""
    said = (set(zip(one.listing_ids, one.digests.tolist(), strict=True)) for one in (old, new))
    return {ident for ident, _ in set.symmetric_difference(*said)}


def _ids_of_names(standing: Standing, names: Ints) -> set[str]:
    """Listings that have one of these names."""
    records = standing.records
    lengths = records.starts[names + 1] - records.starts[names]
    entries = records.by_name[np.repeat(records.starts[names], lengths) + offsets_of(lengths)]
    return {standing.listing_ids[place] for place in np.unique(records.records[entries]).tolist()}


def _pair_ids(pairs: Candidates, standing: Standing) -> Ints:
    """A digest of each pair of names that does not depend on how an edition numbers them."""
    used, places = np.unique(pairs.theirs, return_inverse=True)
    spelled = digests_of([standing.records.spellings[name] for name in used.tolist()])[places]
    ids: Ints = (mix(pairs.ours + 1) ^ spelled.view(np.uint64)).view(np.int64)
    return ids


Found = dict[tuple[int, str], Match]


def _judged(index: NameIndex, ours: Records, pairs: Candidates, ids: set[str], options: tuple[float, int]) -> Found:
    """The matches with the listings of these ids, by our record and the listing's id."""
    records = index.standing.records
    affected = np.fromiter((ident in ids for ident in index.standing.listing_ids), np.bool_, len(records.kinds))
    names = np.zeros(len(records.forms), np.bool_)
    names[records.names[affected[records.records]]] = True
    kept = names[pairs.theirs]
    fewer = Candidates(pairs.ours[kept], pairs.theirs[kept], pairs.identified[kept])
    judged = judge(ours, records, fewer, threshold=options[0], most=_ALL, threads=options[1])
    return {
        (our, match.listing_id): match
        for our, their, match in zip(judged.ours.tolist(), judged.theirs.tolist(), index.matches(judged), strict=True)
        if affected[their]
    }


def _compared(before: Found, now: Found, first: int, changed: set[str]) -> list[Change]:
    found = []
    for key in sorted({*before, *now}):
        was, match = before.get(key), now.get(key)
        if match is None:
            assert was is not None
            found.append(Change(first + key[0], "gone", was, was.score))
        elif was is None:
            found.append(Change(first + key[0], "new", match, None))
        elif was != match or key[1] in changed:
            found.append(Change(first + key[0], "changed", match, was.score))
    return found
