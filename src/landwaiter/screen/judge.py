"""Which of the candidate pairs are matches? Names are aligned, other facts weighed, the best kept per record."""

from dataclasses import dataclass

import numpy as np

from landwaiter.screen.candidates import Candidates
from landwaiter.screen.records import Records, compare_facts
from landwaiter.text.align import Alignment, align
from landwaiter.text.columns import Flags, Floats, Ints, offsets_of
from landwaiter.text.evidence import AGREES, DIFFERS, Evidence, Signs, compare_legal_forms, explain, score_names, weigh

# Names less alike than this are two names, whatever else agrees; only an identifier says otherwise.
_LEAST_NAME = 0.5
# What these give at most, and a weak alias where nothing else agrees: under any threshold in use.
MOST_BY_LITTLE = 0.5
# What agreement of country, and of birth date too, leaves of the distance to 1.
_LEFT_BY_COUNTRY, _LEFT_BY_BIRTH = 0.75, 0.3


@dataclass(frozen=True)
class Judged:
    """Matches in columns: our record, the listed one, the entry of the listed name, score, reason, what numbers say."""

    ours: Ints
    theirs: Ints
    entries: Ints
    scores: Floats
    reasons: list[str]
    identifiers: Signs


@dataclass(frozen=True)
class Found:
    """Pairs of entries over the threshold, with all that a reason needs."""

    our_entries: Ints
    their_entries: Ints
    scores: Floats
    alignment: Alignment
    evidence: Evidence


def judge(
    ours: Records, theirs: Records, candidates: Candidates, *, threshold: float, most: int, threads: int
) -> Judged:
    """Matches among pairs of names, at most `most` listed records for each of ours, best first.

    A name that several records have stands for all of them. A weak alias counts only where another fact agrees too.
    """
    alignment = align(ours.forms, candidates.ours, theirs.forms, candidates.theirs, threads=threads)
    near = np.flatnonzero((score_names(alignment) >= _floor(ours, threshold)) | candidates.identified)
    if not len(near):
        return Judged(near, near, near, np.zeros(0), [], np.zeros(0, np.int8))
    found = _spread(ours, candidates.ours[near], theirs, candidates.theirs[near], pick(alignment, near))
    chosen = _best(ours, theirs, found, threshold, most)
    entries = found.their_entries[chosen]
    our = ours.records[found.our_entries[chosen]]
    reasons = explain_entries(ours, theirs, found, chosen)
    return Judged(
        our, theirs.records[entries], entries, found.scores[chosen], reasons, found.evidence.identifier[chosen]
    )


def weigh_entries(ours: Records, our_entries: Ints, theirs: Records, their_entries: Ints, *, threads: int) -> Found:
    """The score of each pair of entries, compared one by one."""
    alignment = align(ours.forms, ours.names[our_entries], theirs.forms, theirs.names[their_entries], threads=threads)
    return _weigh(ours, our_entries, theirs, their_entries, alignment)


def explain_entries(ours: Records, theirs: Records, found: Found, places: Ints) -> list[str]:
    """The reason of each of these pairs of entries, in one line."""
    our_scripts = ours.forms.scripts[ours.names[found.our_entries[places]]].tolist()
    their_scripts = theirs.forms.scripts[theirs.names[found.their_entries[places]]].tolist()
    return [
        explain(found.alignment, found.evidence, place, scripts=scripts)
        for place, *scripts in zip(places.tolist(), our_scripts, their_scripts, strict=True)
    ]


def entries_of_records(records: Records, count: int) -> tuple[Ints, Ints]:
    """Entries in the order of their records, and where those of each record start."""
    order = np.argsort(records.records, kind="stable")
    return order, np.searchsorted(records.records[order], np.arange(count + 1))


def _floor(ours: Records, threshold: float) -> float:
    """The least score of names that a country, a kind or a birth date could lift over the threshold."""
    left = _LEFT_BY_BIRTH if len(ours.birth_years.codes) else _LEFT_BY_COUNTRY
    return max(_LEAST_NAME, 1 - (1 - threshold) / left) - 1e-6


def _spread(ours: Records, our_names: Ints, theirs: Records, their_names: Ints, alignment: Alignment) -> Found:
    """Every record with one name of a pair against every listed one with the other."""
    our_entries, pairs = _entries(ours, our_names)
    their_entries, again = _entries(theirs, their_names[pairs])
    return _weigh(ours, our_entries[again], theirs, their_entries, pick(alignment, pairs[again]))


def _weigh(ours: Records, our_entries: Ints, theirs: Records, their_entries: Ints, alignment: Alignment) -> Found:
    """The score of pairs of entries whose names are aligned; none for what may not count by its name alone."""
    facts = compare_facts(ours, ours.records[our_entries], theirs, theirs.records[their_entries])
    legal = compare_legal_forms(ours.forms, ours.names[our_entries], theirs.forms, theirs.names[their_entries])
    evidence = Evidence(legal_form=legal, **facts)
    names = score_names(alignment)
    scores = weigh(names, evidence)
    identified = facts["identifier"] == AGREES
    second = identified | np.any([facts[fact] == AGREES for fact in ("country", "birth")], axis=0)
    second |= (facts["birth_year"] == AGREES) & (facts["birth"] != DIFFERS)
    weak = ours.is_weak[our_entries] | theirs.is_weak[their_entries]
    little = (weak & ~second) | ((names < _LEAST_NAME) & ~identified)
    scores = np.where(little, np.minimum(scores, MOST_BY_LITTLE), scores)
    return Found(our_entries, their_entries, scores, alignment, evidence)


def _entries(records: Records, names: Ints) -> tuple[Ints, Ints]:
    """Every entry that has one of these names, and for which of them it stands."""
    first = records.starts[names]
    lengths = records.starts[names + 1] - first
    return records.by_name[np.repeat(first, lengths) + offsets_of(lengths)], np.repeat(np.arange(len(names)), lengths)


def _best(ours: Records, theirs: Records, found: Found, threshold: float, most: int) -> Ints:
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


def _changes(*columns: Ints) -> Flags:
    """Where a row of sorted columns differs from the one before."""
    changes = np.ones(len(columns[0]), bool)
    if len(changes):
        changes[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return changes


def pick(alignment: Alignment, places: Ints) -> Alignment:
    """The pairs of an alignment at these places."""
    return Alignment(*(column[places] for column in vars(alignment).values()))
