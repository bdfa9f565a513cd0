"""What is known of each record that is screened or listed: its names, kind, countries, birth dates and identifiers?

Both sides have one form, in columns, so that any number of pairs of records is judged at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from landwaiter.ref.identifiers import identity_keys, read_identifier
from landwaiter.text.columns import Ints, digests_of, mix, offsets_of
from landwaiter.text.evidence import AGREES, DIFFERS, UNKNOWN, Signs
from landwaiter.text.forms import Forms, shape_names

KINDS = ("unknown", "person", "organisation", "vessel", "aircraft", "address")


@dataclass(frozen=True)
class Sets:
    """A set of texts for each record, as digests: that of record `i` is `codes[starts[i]:starts[i + 1]]`.

    `members` are digests of each record with each member of its set, sorted.
    """

    starts: Ints
    codes: Ints
    members: Ints

    def has_any(self, records: Ints) -> npt.NDArray[np.bool_]:
        """Whether the set of each of these records has a member."""
        return self.starts[records + 1] > self.starts[records]

    def meets(self, records: Ints, other: "Sets", other_records: Ints) -> npt.NDArray[np.bool_]:
        """Whether the sets of the two records of each pair have a member in common."""
        if not len(self.codes) or not len(other.codes):
            return np.zeros(len(records), np.bool_)
        lengths = self.starts[records + 1] - self.starts[records]
        pair = np.repeat(np.arange(len(records)), lengths)
        offset = offsets_of(lengths)
        codes = self.codes[self.starts[records][pair] + offset]
        meets = np.zeros(len(records), bool)
        if len(pair) and len(other.members):
            wanted = _member(other_records[pair], codes)
            places = np.minimum(np.searchsorted(other.members, wanted), len(other.members) - 1)
            meets[pair[other.members[places] == wanted]] = True
        return meets


def _member(records: Ints, codes: Ints) -> Ints:
    return (mix(records + 1) ^ codes.view(np.uint64)).view(np.int64)


@dataclass(frozen=True)
class Records:
    """Records in columns. Entry `e` says that record `records[e]` has the name `names[e]` of `forms`.

    `by_name[starts[n]:starts[n + 1]]` are the entries of name `n`.
    """

    forms: Forms
    spellings: list[str]
    names: Ints
    records: Ints
    is_weak: npt.NDArray[np.bool_]
    by_name: Ints
    starts: Ints
    kinds: npt.NDArray[np.int8]
    countries: Sets
    birth_dates: Sets
    birth_years: Sets
    identifiers: Sets
    schemes: Sets


@dataclass(frozen=True)
class Facts:
    """What is said of each record beside its names; each column has one cell for each record."""

    kinds: Sequence[str]
    countries: Sequence[Sequence[str]]
    births: Sequence[Sequence[str]]
    identifiers: Sequence[Sequence[str]]


def make_records(owners: Ints, names: pa.Array | Sequence[str], weak: npt.NDArray[np.bool_], facts: Facts) -> Records:
    """Records whose entry `i` has the owner, name and weakness of place `i`."""
    spellings, entry_names = _distinct(names)
    by_name = np.argsort(entry_names, kind="stable")
    kind_of = {kind: place for place, kind in enumerate(KINDS)}
    told = [[read_identifier(text) for text in cell] for cell in facts.identifiers]
    return Records(
        shape_names(spellings),
        spellings,
        entry_names,
        owners,
        weak,
        by_name,
        entry_names[by_name].searchsorted(np.arange(len(spellings) + 1)),
        np.array([kind_of.get(kind, 0) for kind in facts.kinds], np.int8),
        make_sets(facts.countries),
        make_sets([[date for date in dates if len(date) == 10] for dates in facts.births]),
        make_sets([[date[:4] for date in dates] for dates in facts.births]),
        make_sets([[key for text in cell for key in identity_keys(text)] for cell in facts.identifiers]),
        # A number whose check digits are wrong is a slip: it says of nobody that he is somebody else.
        make_sets(
            [[one.scheme for one in cell if one.scheme and one.value and one.is_valid is not False] for cell in told]
        ),
    )


def _distinct(names: pa.Array | Sequence[str]) -> tuple[list[str], Ints]:
    """The distinct names, and which of them each one is."""
    if isinstance(names, pa.Array):
        encoded = names.dictionary_encode()
        return encoded.dictionary.to_pylist(), np.asarray(encoded.indices, np.int64)
    place_of: dict[str, int] = {}
    places = [place_of.setdefault(name, len(place_of)) for name in names]
    return list(place_of), np.array(places, np.int64)


_NO_CODES = np.zeros(0, np.int64)


def make_sets(cells: Sequence[Sequence[str]]) -> Sets:
    """Sets of the texts of each cell."""
    lengths = np.fromiter(map(len, cells), np.int64, len(cells))
    if not any(cells):
        # Most questions say nothing but a name, and are many.
        return Sets(np.zeros(len(cells) + 1, np.int64), _NO_CODES, _NO_CODES)
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    texts, places = _distinct([text for cell in cells for text in cell])
    codes = digests_of(texts)[places]
    return Sets(starts, codes, np.sort(_member(np.repeat(np.arange(len(cells)), lengths), codes)))


def compare_facts(ours: Records, our: Ints, theirs: Records, their: Ints) -> dict[str, Signs]:
    """What agrees and what differs beside the names, for each pair of records."""
    kinds, other_kinds = ours.kinds[our], theirs.kinds[their]
    known = (kinds > 0) & (other_kinds > 0)
    dates = ours.birth_dates.meets(our, theirs.birth_dates, their)
    years = _signs(ours.birth_years, our, theirs.birth_years, their)
    # Two full dates of one year that are not the same day say less than the year alone.
    days = ours.birth_dates.has_any(our) & theirs.birth_dates.has_any(their) & (years == AGREES)
    numbers = ours.identifiers.meets(our, theirs.identifiers, their)
    one_scheme = ours.schemes.meets(our, theirs.schemes, their)
    return {
        "kind": np.where(known, np.where(kinds == other_kinds, AGREES, DIFFERS), UNKNOWN).astype(np.int8),
        "country": _signs(ours.countries, our, theirs.countries, their),
        "birth": np.where(dates, AGREES, np.where(days, DIFFERS, UNKNOWN)).astype(np.int8),
        "birth_year": np.where(dates, UNKNOWN, years).astype(np.int8),
        "identifier": np.where(numbers, AGREES, np.where(one_scheme, DIFFERS, UNKNOWN)).astype(np.int8),
    }


def _signs(ours: Sets, our: Ints, theirs: Sets, their: Ints) -> Signs:
    if not len(ours.codes) or not len(theirs.codes):
        return np.zeros(len(our), np.int8)
    known = ours.has_any(our) & theirs.has_any(their)
    return np.where(known, np.where(ours.meets(our, theirs, their), AGREES, DIFFERS), UNKNOWN).astype(np.int8)
