"""Which two spellings of one country are the same party? Only those that agree in every way that can be compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import read_step
from landwaiter.resolve.spellings import Spellings
from landwaiter.text.align import NO_CONFLICT, Alignment, align
from landwaiter.text.columns import Floats, Ints, expand, mix
from landwaiter.text.evidence import DIFFERS, compare_legal_forms
from landwaiter.text.keys import Keys, Limits, count_keys, find_keys, weigh_keys
from landwaiter.text.legal_forms import COMPANY, PARTNERSHIP

CANDIDATES = Path(__file__).parent / "link_candidates.sql"
LIMITS = Limits(words=80, halves=30, of_lighter=60, of_heavier=50)
# A wrong merge accuses the innocent: both names must be covered nearly whole.
LEAST_SCORE, LEAST_COVERED, LEAST_SHARED = 0.92, 0.88, 0.45
# What may be a slip of the pen or a lost word of business, where all else speaks for it.
LEAST_RESEMBLING = 0.6
# Two syllables in common are chance; three, or two with a place and a line of business, are not.
LEAST_SPOKEN, LEAST_SPOKEN_IN_ALL = 0.85, 1.3
_BATCH, _SPELLINGS = 200_000, 60_000
_CALLED_PARTNERSHIPS = frozenset(("", "KZ", "KG", "UZ", "TJ", "TM", "RU", "BY"))


@dataclass(frozen=True)
class Pairs:
    """Pairs of spellings that were compared, `first` before `second`, with what came out.

    `is_likely` are those that do not agree, but resemble each other in all but a letter or a word of business.
    """

    first: Ints
    second: Ints
    scores: Floats
    agrees: npt.NDArray[np.bool_]
    is_likely: npt.NDArray[np.bool_]


def compare_spellings(corridor: Corridor, spellings: Spellings, *, threads: int) -> Pairs:
    """Every pair of spellings of one country that share enough keys, compared; the joins run in the corridor."""
    keys = find_keys(spellings.forms)
    starts = np.searchsorted(keys.names, np.arange(len(spellings.forms) + 1))
    parts: list[Pairs] = []
    for members in _by_countries(spellings):
        own = _keys_by_country(spellings, members, keys, starts)
        weighed = weigh_keys(own, count_keys(own, len(members)), len(spellings), LIMITS)
        corridor.put("link_keys", weighed.table())
        corridor.run(read_step(CANDIDATES), {})
        parts += [_compare(spellings, batch, threads) for batch in corridor.batches("link_candidates", _BATCH)]
    for name in ("link_keys", "link_candidates"):
        corridor.drop(name)
    return _sorted(parts)


def _by_countries(spellings: Spellings) -> Iterator[Ints]:
    """Spellings that say something, whole countries at a time: only their keys lie in memory."""
    telling = np.flatnonzero(~spellings.is_generic)
    order = telling[np.argsort(spellings.countries[telling], kind="stable")]
    counts = np.bincount(spellings.countries[telling], minlength=len(spellings.country_codes))
    first = last = 0
    for count in counts.tolist():
        if last > first and last + count - first > _SPELLINGS:
            yield order[first:last]
            first = last
        last += count
    if last > first:
        yield order[first:last]


def _keys_by_country(spellings: Spellings, members: Ints, keys: Keys, starts: Ints) -> Keys:
    """Keys of the names of some spellings, apart by country, so that no pair of two countries is ever looked at."""
    rows, source = expand(spellings.names[members], starts, np.arange(len(keys.names)))
    salt = mix(spellings.countries[members][source] + 1)
    first, second, whole = (
        (column[rows].view(np.uint64) ^ salt).view(np.int64)
        for column in (keys.first_parts, keys.second_parts, keys.keys)
    )
    return Keys(members[source], whole, keys.roles[rows], first, second)


def _compare(spellings: Spellings, batch: pa.RecordBatch, threads: int) -> Pairs:
    first, second = (np.asarray(batch.column(name), np.int64) for name in ("first_name", "second_name"))
    left, right = spellings.names[first], spellings.names[second]
    forms = spellings.forms
    alignment = align(forms, left, forms, right, threads=threads)
    legal = compare_legal_forms(forms, left, forms, right)
    fits = (legal != DIFFERS) & ~_say_otherwise(spellings, first, left, right)
    agrees = _agrees(alignment) & fits
    return Pairs(first, second, alignment.score, agrees, ~agrees & fits & _resembles(alignment))


def _resembles(alignment: Alignment) -> npt.NDArray[np.bool_]:
    resembles: npt.NDArray[np.bool_] = (
        (alignment.score >= LEAST_RESEMBLING)
        & (alignment.numbers == NO_CONFLICT)
        & (alignment.shared >= LEAST_SHARED)
        & (alignment.strangers == 0)
        & alignment.firms
        & alignment.in_order
    )
    return resembles


def _say_otherwise(spellings: Spellings, first: Ints, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    """Whether one name has a letter or Roman number that the other lacks, or one is a partnership and one a company.

    Across scripts single letters are too often a legal form that is spelled out, and a Kazakh company calls itself LLP.
    """
    series, forms = spellings.series, spellings.forms
    ours, theirs = forms.families[left], forms.families[right]
    partners = (ours == PARTNERSHIP) != (theirs == PARTNERSHIP)
    other_form = partners & (ours > COMPANY) & (theirs > COMPANY) & ~_in_book_of_partnerships(spellings, first)
    differs: npt.NDArray[np.bool_] = ((series[left] != series[right]) | other_form) & (
        forms.scripts[left] == forms.scripts[right]
    )
    return differs


def _in_book_of_partnerships(spellings: Spellings, chosen: Ints) -> npt.NDArray[np.bool_]:
    """Whether spellings are of a country whose limited companies call themselves partnerships abroad."""
    codes = np.array([code in _CALLED_PARTNERSHIPS for code in spellings.country_codes], np.bool_)
    found: npt.NDArray[np.bool_] = codes[spellings.countries[chosen]]
    return found


def _agrees(alignment: Alignment) -> npt.NDArray[np.bool_]:
    covered = np.minimum(alignment.left_covered, alignment.right_covered)
    least = np.where(alignment.spoken, LEAST_SPOKEN, LEAST_SHARED)
    least_in_all = np.where(alignment.spoken, LEAST_SPOKEN_IN_ALL, 0.0)
    squashed = alignment.score >= 0.95  # the same letters, cut into words elsewhere
    agrees: npt.NDArray[np.bool_] = (
        (alignment.score >= LEAST_SCORE)
        & (alignment.numbers == NO_CONFLICT)
        & ((covered >= LEAST_COVERED) | squashed)
        & ((alignment.shared >= least) | (squashed & ~alignment.spoken))
        & (alignment.matched >= least_in_all)
        & alignment.in_order
        & ((alignment.strangers == 0) | squashed)
    )
    return agrees


def _sorted(parts: list[Pairs]) -> Pairs:
    first, second, scores, agrees, is_likely = (
        np.concatenate([getattr(part, name) for part in parts]) if parts else np.zeros(0, kind)
        for name, kind in (
            ("first", np.int64),
            ("second", np.int64),
            ("scores", np.float64),
            ("agrees", bool),
            ("is_likely", bool),
        )
    )
    order = np.lexsort((second, first, -np.round(scores, 4)))
    return Pairs(first[order], second[order], np.round(scores[order], 4), agrees[order], is_likely[order])
