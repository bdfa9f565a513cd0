"""Which spellings that only resemble each other are one party all the same? Those of a brand that nobody else has.

A slip of the pen in a rare brand, or a word of business left out, makes a name that no longer agrees. Such names are
joined only where they stand in different books (one office that writes two names means two firms), and where every
name of the country with that brand fits to them: a second line of business under one brand is a sister company.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA

from landwaiter.resolve.clusters import Clusters
from landwaiter.resolve.pairs import Pairs
from landwaiter.resolve.spellings import Spellings
from landwaiter.text.columns import Ints, expand
from landwaiter.text.tokens import CHARACTER, CORE, NOTION, PLACE

# A brand of fewer letters is too easily another's; with more names around it the brand is not rare.
_FEWEST_LETTERS, _MOST_GROUPS = 6, 8

Words = frozenset[int]


@dataclass(frozen=True)
class Said:
    """What one name says: its brand by sound and as written, the scripts, and its words of business and places."""

    brand: Words
    written: tuple[str, ...]
    scripts: int
    business: Words


def join_doubted(clusters: Clusters, pairs: Pairs, spellings: Spellings, reporters: Ints) -> None:
    """Join the groups that resemble each other where nothing in the country speaks against it.

    Args:
        reporters: for each mention a number of its reporter.
    """
    said = _say(spellings, _doubted(pairs))
    books = _books(spellings, reporters, clusters.members(said))
    sisters = _with_sisters(spellings, said)
    likely = [
        (float(score), first, second)
        for score, first, second in zip(
            pairs.scores[pairs.is_likely].tolist(),
            pairs.first[pairs.is_likely].tolist(),
            pairs.second[pairs.is_likely].tolist(),
            strict=True,
        )
        if first not in sisters and second not in sisters and _fit(said[first], said[second])
    ]
    between = defaultdict(list)
    component_of = {root: number for number, found in enumerate(_components(clusters, likely)) for root in found}
    for pair in likely:
        number = component_of.get(clusters.root(pair[1]))
        if number is not None:
            between[number].append(pair)
    for pairs_between in between.values():
        component = {clusters.root(spelling) for _, *pair in pairs_between for spelling in pair}
        members = [spelling for root in component for spelling in clusters.group_of(root)]
        if _are_apart(component, clusters, books) and _have_one_business(said, members):
            for score, first, second in pairs_between:
                clusters.join_likely(first, second, score)


def _doubted(pairs: Pairs) -> list[int]:
    chosen = pairs.is_likely
    return sorted({*pairs.first[chosen].tolist(), *pairs.second[chosen].tolist()})


def _say(spellings: Spellings, chosen: list[int]) -> dict[int, Said]:
    """What each of the chosen spellings says. Columns are cut up at once: a small array for each name takes longer."""
    forms, tokens = spellings.forms, spellings.forms.tokens
    names = spellings.names[chosen]
    words, owners = expand(names, forms.words.starts, forms.words.words)
    ends = np.searchsorted(owners, np.arange(len(chosen) + 1)).tolist()
    columns = (tokens.kinds[words], tokens.sound_ids[words], tokens.text_ids[words], words)
    cells = list(zip(*(column.tolist() for column in columns), strict=True))
    scripts = forms.scripts[names].tolist()
    said = {}
    for place, spelling in enumerate(chosen):
        mine = cells[ends[place] : ends[place + 1]]
        brand = [cell for cell in mine if cell[0] in (CORE, CHARACTER)]
        said[spelling] = Said(
            frozenset(sound for _, sound, _, _ in brand),
            tuple(sorted(tokens.texts[word] for *_, word in brand)),
            scripts[place],
            frozenset(text for kind, _, text, _ in mine if kind in (NOTION, PLACE)),
        )
    return said


def _fit(left: Said, right: Said) -> bool:
    """Whether two names can be one: of the words of business one name may lack some, not each another.

    In one script the brands are the same but for one slip in a long word.
    """
    if not (left.business <= right.business or right.business <= left.business):
        return False
    if left.scripts != right.scripts:
        return True
    if len(left.written) != len(right.written):
        return False
    slips = [(one, other) for one, other in zip(left.written, right.written, strict=True) if one != other]
    letters = min(sum(map(len, left.written)), sum(map(len, right.written)))
    return letters >= _FEWEST_LETTERS and len(slips) <= 1 and all(_is_slip(*pair) for pair in slips)


def _is_slip(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _FEWEST_LETTERS and OSA.distance(one, other) == 1


def _with_sisters(spellings: Spellings, said: dict[int, Said]) -> set[int]:
    """Spellings whose brand stands in their country beside two lines of business that do not go together."""
    brands = np.unique(np.array([sound for one in said.values() for sound in one.brand], np.int64))
    lines: dict[tuple[int, int], set[Words]] = defaultdict(set)
    for spelling, one in _say(spellings, _spellings_with(spellings, brands)).items():
        for sound in one.brand:
            lines[sound, int(spellings.countries[spelling])].add(one.business)
    return {
        spelling
        for spelling, one in said.items()
        if any(not _go_together(lines[sound, int(spellings.countries[spelling])]) for sound in one.brand)
    }


def _spellings_with(spellings: Spellings, brands: Ints) -> list[int]:
    forms = spellings.forms
    rare = np.isin(forms.tokens.sound_ids[forms.words.words], brands)
    names = np.zeros(len(forms), np.bool_)
    names[forms.words.owners[rare]] = True
    found: list[int] = np.flatnonzero(names[spellings.names]).tolist()
    return found


def _go_together(lines: set[Words]) -> bool:
    longest = max(lines, key=lambda words: (len(words), sorted(words)))
    return all(words <= longest for words in lines)


def _have_one_business(said: dict[int, Said], members: list[int]) -> bool:
    return _go_together({said[spelling].business for spelling in members if spelling in said})


def _books(spellings: Spellings, reporters: Ints, chosen: set[int]) -> dict[int, set[int]]:
    """The reporters in whose books each of the chosen spellings stands."""
    books: dict[int, set[int]] = defaultdict(set)
    wanted = np.isin(spellings.of_mention, sorted(chosen))
    for spelling, reporter in zip(spellings.of_mention[wanted].tolist(), reporters[wanted].tolist(), strict=True):
        books[spelling].add(reporter)
    return books


def _components(clusters: Clusters, likely: list[tuple[float, int, int]]) -> Iterator[set[int]]:
    """Groups that resemble each other, each with all that it resembles; not those that resemble too many."""
    beside: dict[int, set[int]] = defaultdict(set)
    for _, first, second in likely:
        ours, theirs = clusters.root(first), clusters.root(second)
        if ours != theirs:
            beside[ours].add(theirs)
            beside[theirs].add(ours)
    seen: set[int] = set()
    for root in sorted(beside):
        if root not in seen:
            found, waiting = {root}, [root]
            while waiting:
                fresh = beside[waiting.pop()] - found
                found |= fresh
                waiting += fresh
            seen |= found
            if len(found) <= _MOST_GROUPS:
                yield found


def _are_apart(component: set[int], clusters: Clusters, books: dict[int, set[int]]) -> bool:
    """Whether no two of the groups stand in one book."""
    counts: dict[int, int] = defaultdict(int)
    for root in component:
        for book in {book for spelling in clusters.group_of(root) for book in books[spelling]}:
            counts[book] += 1
    return max(counts.values(), default=0) <= 1
