"""Which of the candidate pairs are matches? Names are aligned, other facts weighed, the best kept per record."""

from dataclasses import dataclass, fields

import numpy as np

from landwaiter.screen.records import Records, compare_facts
from landwaiter.text.align import Alignment, align
from landwaiter.text.evidence import AGREES, Evidence, compare_legal_forms, explain, score_names, weigh
from landwaiter.text.tokens import Floats, Ints

# Names less alike than this are two names, whatever else agrees; only an identifier says otherwise.
_LEAST_NAME = 0.5
# What agreement of country, and of birth date too, leaves of the distance to 1.
_LEFT_BY_COUNTRY, _LEFT_BY_BIRTH = 0.75, 0.3


@dataclass(frozen=True)
class Judged:
    """Matches in columns: our record, the listed one, the entry of the listed name, score and reason."""

    ours: Ints
    theirs: Ints
    entries: Ints
    scores: Floats
    reasons: list[str]


@dataclass(frozen=True)
class _Found:
    """Pairs of entries over the threshold, with all that a reason needs."""

    our_entries: Ints
    their_entries: Ints
    scores: Floats
    alignment: Alignment
    evidence: Evidence


def judge(
    ours: Records, our_names: Ints, theirs: Records, their_names: Ints, *, threshold: float, most: int, threads: int
) -> Judged:
    """Matches among pairs of names, at most `most` listed records for each of ours, best first.

    A name that several records have stands for all of them. A weak alias counts only where another fact agrees too.
    """
    alignment = align(ours.forms, our_names, theirs.forms, their_names, threads=threads)
    names = score_names(alignment)
    near = np.flatnonzero(names >= _floor(ours, threshold))
    found = _weigh_entries(ours, our_names[near], theirs, their_names[near], pick(alignment, near))
    chosen = _best(ours, theirs, found, threshold, most)
    reasons = [
        explain(
            found.alignment,
            found.evidence,
            place,
            scripts=(
                int(ours.forms.scripts[ours.names[found.our_entries[place]]]),
                int(theirs.forms.scripts[theirs.names[found.their_entries[place]]]),
            ),
        )
        for place in chosen.tolist()
    ]
    entries = found.their_entries[chosen]
    return Judged(
        ours.records[found.our_entries[chosen]], theirs.records[entries], entries, found.scores[chosen], reasons
    )


def _floor(ours: Records, threshold: float) -> float:
    """The least score of names that other facts could lift over the threshold; none where identifiers are at hand."""
    if len(ours.identifiers.codes):
        return 0.0
    left = _LEFT_BY_BIRTH if len(ours.birth_years.codes) else _LEFT_BY_COUNTRY
    return max(_LEAST_NAME, 1 - (1 - threshold) / left) - 1e-6


def _weigh_entries(ours: Records, our_names: Ints, theirs: Records, their_names: Ints, alignment: Alignment) -> _Found:
    """Every record with one name of a pair against every listed one with the other, and its score."""
    our_entries, pairs = _entries(ours, our_names)
    their_entries, again = _entries(theirs, their_names[pairs])
    our_entries, pairs = our_entries[again], pairs[again]
    facts = compare_facts(ours, ours.records[our_entries], theirs, theirs.records[their_entries])
    legal = compare_legal_forms(ours.forms, ours.names[our_entries], theirs.forms, theirs.names[their_entries])
    evidence = Evidence(legal_form=legal, **facts)
    aligned = pick(alignment, pairs)
    names = score_names(aligned)
    scores = weigh(names, evidence)
    second = (facts["country"] == AGREES) | (facts["birth"] == AGREES) | (facts["birth_year"] == AGREES)
    identified = facts["identifier"] == AGREES
    scores[theirs.is_weak[their_entries] & ~second & ~identified] = 0.0
    scores[(names < _LEAST_NAME) & ~identified] = 0.0
    return _Found(our_entries, their_entries, scores, aligned, evidence)


def _entries(records: Records, names: Ints) -> tuple[Ints, Ints]:
    """Every entry that has one of these names, and for which of them it stands."""
    order = np.argsort(records.names, kind="stable")
    starts = np.searchsorted(records.names[order], np.arange(len(records.forms) + 1))
    lengths = starts[names + 1] - starts[names]
    which = np.repeat(np.arange(len(names)), lengths)
    offset = np.arange(len(which)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return order[starts[names][which] + offset], which


def _best(ours: Records, theirs: Records, found: _Found, threshold: float, most: int) -> Ints:
    """Places of the best pair of entries for each pair of records, at most `most` for each of ours."""
    over = np.flatnonzero(found.scores >= threshold)
    our, their = ours.records[found.our_entries[over]], theirs.records[found.their_entries[over]]
    order = np.lexsort((found.our_entries[over], found.their_entries[over], -found.scores[over], their, our))
    first = _changes(our[order], their[order])
    best = order[first]
    ranked = best[np.lexsort((their[best], -found.scores[over][best], our[best]))]
    starts = np.flatnonzero(_changes(our[ranked]))
    place = np.arange(len(ranked)) - np.repeat(starts, np.diff(np.append(starts, len(ranked))))
    return over[ranked[place < most]]


def _changes(*columns: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Where a row of sorted columns differs from the one before."""
    changes = np.ones(len(columns[0]), bool)
    if len(changes):
        changes[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return changes


def pick(alignment: Alignment, places: Ints) -> Alignment:
    """The pairs of an alignment at these places."""
    return Alignment(*(getattr(alignment, field.name)[places] for field in fields(Alignment)))
