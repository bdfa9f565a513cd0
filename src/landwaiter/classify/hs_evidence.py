"""What speaks for each HS6 code that a text could be? A row of numbers for each candidate, in the order of FEATURES."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from landwaiter.classify.goods_words import HEAD, HEAD_WEIGHT, Words
from landwaiter.classify.hs_index import SOURCES, HsIndex

# How many codes are looked at closely.
CANDIDATES = 60
FEATURES = (
    *(f"{name} alike" for name in SOURCES),
    *(f"{name} told whole" for name in SOURCES),
    "words of the code",
    "words of the heading",
    "words of the chapter",
    "best in the heading",
    "best in the chapter",
    "related words of the code",
    "related words of the heading",
    "head of the code",
    "head of the heading",
    "head of the chapter",
    "parts not asked for",
    "parts asked for",
    "lines of the code",
    "likest of all",
    "most told whole",
    "first of its heading",
    "first of its five digits",
    "last of its heading",
    "last of its five digits",
    "alone in its heading",
    "labelled letters alike",
    "labelled letters of the code",
    "labelled rows of the code",
)
_SOURCES = len(SOURCES)
_WHOLE = 0.995
# What orders the candidates before they are looked at closely.
_FIRST = (0.35, 0.3, 0.15, 0.2)
_BY_LETTER = 0.6
# From so many words on a text is no short term, and where a code stands in its heading says nothing.
_BRIEF = 12

Numbers = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Evidence:
    """The candidates of one text, best first by a rough order, and what is known of the text itself."""

    candidates: npt.NDArray[np.int64]
    features: Numbers
    about: Numbers


class Related:
    """Words that stand near a word in meaning, by which a text is read where the tariff has another word.

    `spans` gives each word its first and last place in `others`; `names` are the words that those numbers mean. They
    stay numbers until a text asks, since few words of many are ever asked.
    """

    def __init__(
        self, spans: Mapping[str, tuple[int, int]], others: Ints, nearness: Numbers, names: Sequence[str]
    ) -> None:
        self._spans, self._others, self._nearness, self._names = spans, others, nearness, names

    @classmethod
    def of_table(cls, table: Mapping[str, Sequence[tuple[str, float]]]) -> "Related":
        """From words written out."""
        pairs = [pair for others in table.values() for pair in others]
        ends = list(accumulate(len(others) for others in table.values()))
        spans = dict(zip(table, zip([0, *ends], ends, strict=False), strict=True))
        names = sorted({name for name, _ in pairs})
        places = {name: place for place, name in enumerate(names)}
        others = np.array([places[name] for name, _ in pairs], np.int32)
        return cls(spans, others, np.array([share for _, share in pairs], np.float64), names)

    def near(self, word: str) -> list[tuple[str, float]]:
        """The words near one, and how near."""
        first, last = self._spans.get(word, (0, 0))
        return [
            (self._names[int(number)], float(share))
            for number, share in zip(self._others[first:last], self._nearness[first:last], strict=True)
        ]

    def of(self, words: Words) -> Words:
        """The words that the text does not say itself, with a weight."""
        found: Words = {}
        for word, weight in words.items():
            for other, share in self.near(word):
                if other not in words:
                    found[other] = max(found.get(other, 0.0), weight * share)
                if HEAD + word in words and HEAD + other not in words:
                    found[HEAD + other] = max(found.get(HEAD + other, 0.0), HEAD_WEIGHT * share)
        return found


class Searcher:
    """An index made ready for many texts."""

    def __init__(self, index: HsIndex, related: Related) -> None:
        self.index = index
        self._related = related
        self._group_of = index.entry_sources.astype(np.int64) * len(index.codes) + index.entry_codes
        self._norms = np.sqrt(np.maximum(index.entry_masses, 1e-6)).astype(np.float64)
        part = index.word_numbers.get("part", -1)
        has_part = np.zeros(len(index.codes))
        if part >= 0:
            span = slice(index.by_code.starts[part], index.by_code.starts[part + 1])
            heavy = index.by_code.weights[span] > 0.6 * index.by_code.weights[span].max()
            has_part[index.by_code.columns[span][heavy]] = 1
        self._is_parts = has_part
        self._order = _order_of(index.codes)

    def look(self, words: Words, letters: Numbers | None = None) -> Evidence | None:
        """The evidence for a text's codes; None where no word of it is known. `letters` as a trade's rows give them."""
        index = self.index
        known = [(index.word_numbers[word], weight) for word, weight in words.items()
                 if word in index.word_numbers and word[0] != HEAD]  # fmt: skip
        near_words = self._related.of(words)
        related = [(index.word_numbers[word], weight) for word, weight in near_words.items()
                   if word in index.word_numbers and word[0] != HEAD]  # fmt: skip
        if not known and not related and (letters is None or not letters[0].any()):
            return None
        numbers = [number for number, _ in known]
        weights = [weight for _, weight in known]
        heads = [(number, weight) for word, weight in [*words.items(), *near_words.items()]
                 if word[0] == HEAD and (number := index.word_numbers.get(word)) is not None]  # fmt: skip
        mass = sum((index.rarity[number] * weight) ** 2 for number, weight in known)
        unknown = sum(weight for word, weight in words.items()
                      if word not in index.word_numbers and not word.isdigit() and word[0] != HEAD)  # fmt: skip
        total = mass + 20.0 * unknown
        alike, whole = self._entries(numbers, weights, total)
        said = sum(index.rarity[number] * weight for number, weight in known) + 4.0 * unknown + 1e-6
        of_code = index.by_code.add_up(numbers, weights) / said
        spoken = sum(weights) + unknown + 1e-6
        of_heading = index.by_heading.add_up(numbers, weights) / spoken
        of_chapter = index.by_chapter.add_up(numbers, weights) / spoken
        near = [number for number, _ in related], [weight for _, weight in related]
        near_code = index.by_code.add_up(*near) / (said + 1)
        near_heading = index.by_heading.add_up(*near) / (spoken + 1)
        head = [number for number, _ in heads], [weight for _, weight in heads]
        head_code = index.by_code.add_up(*head) / 4
        head_heading, head_chapter = index.by_heading.add_up(*head), index.by_chapter.add_up(*head)
        likest, told = alike.max(axis=0), whole.max(axis=0)
        rough = (_FIRST[0] * of_code / (of_code.max() + 1e-9) + _FIRST[1] * (likest + told)
                 + _FIRST[2] * (of_heading / (of_heading.max() + 1e-9))[index.heading_of]
                 + 0.15 * (head_heading / (head_heading.max() + 1e-9))[index.heading_of]
                 + _FIRST[3] * near_code / (near_code.max() + 1e-9))  # fmt: skip
        rough = rough if letters is None else rough + _BY_LETTER * letters[0]
        chosen = _best_of(rough)
        heading, chapter = index.heading_of[chosen], index.chapter_of[chosen]
        best_heading = _greatest(rough[chosen], heading)
        best_chapter = _greatest(rough[chosen], chapter)
        parts = self._is_parts[chosen]
        asks_parts = float("part" in words or "запчаст" in words or "част" in words)
        features = np.column_stack([
            alike[:, chosen].T, whole[:, chosen].T, of_code[chosen], of_heading[heading], of_chapter[chapter],
            best_heading, best_chapter, near_code[chosen], near_heading[heading],
            head_code[chosen], head_heading[heading], head_chapter[chapter], parts * (1 - asks_parts),
            parts * asks_parts, index.lines_of[chosen], likest[chosen], told[chosen],
            self._order[chosen] * max(0.0, 1 - len(words) / _BRIEF),
            np.zeros((chosen.size, 3)) if letters is None else letters[:, chosen].T,
        ])  # fmt: skip
        is_other_script = float(any(not word.isascii() for word in words))
        about = np.array([
            mass / (total + 1e-9), min(len(words), 60) / 10, min(unknown, 10) / 3, is_other_script, 1.0,
        ])  # fmt: skip
        return Evidence(chosen, features, about)

    def _entries(self, numbers: list[int], weights: list[float], total: float) -> tuple[Numbers, Numbers]:
        """For each source and code, how like its likest entry is, and how much of the text a whole entry tells."""
        index = self.index
        shared = index.entries.add_up(numbers, weights)
        # Few entries have a word of the text; only those are weighed.
        touched = np.flatnonzero(shared)
        shared, norms, groups = shared[touched], self._norms[touched], self._group_of[touched]
        is_whole = shared >= 0.6 * norms**2 * _WHOLE
        count = len(index.codes)
        alike, whole = np.zeros(_SOURCES * count), np.zeros(_SOURCES * count)
        np.maximum.at(alike, groups, shared / (norms * np.sqrt(total + 1e-6)))
        np.maximum.at(whole, groups, np.where(is_whole, np.minimum(shared / (total + 1e-6), 1.0), 0.0))
        return alike.reshape(_SOURCES, count), whole.reshape(_SOURCES, count)


def _order_of(codes: Sequence[str]) -> Numbers:
    """Where each code stands in its heading: a tariff's first code is its best known good, its last one the rest."""
    found = np.zeros((len(codes), 5))
    for depth, (first, last) in ((4, (0, 2)), (5, (1, 3))):
        groups: dict[str, list[int]] = {}
        for place, code in enumerate(codes):
            groups.setdefault(code[:depth], []).append(place)
        for places in groups.values():
            if len(places) > 1:
                found[places[0], first] = found[places[-1], last] = 1
            elif depth == 4:
                found[places[0], 4] = 1
    return found


def _best_of(rough: Numbers) -> npt.NDArray[np.int64]:
    """The places of the best candidates, best first."""
    most = min(CANDIDATES, rough.size)
    chosen = np.argpartition(-rough, most - 1)[:most]
    found: npt.NDArray[np.int64] = chosen[np.lexsort((chosen, -rough[chosen]))]
    return found


def _greatest(values: Numbers, groups: npt.NDArray[np.int32]) -> Numbers:
    """For each place the greatest value of its group."""
    order = np.argsort(groups, kind="stable")
    first = np.flatnonzero(np.diff(groups[order], prepend=-1))
    sizes = np.diff(first, append=order.size)
    found = np.empty_like(values)
    found[order] = np.repeat(np.maximum.reduceat(values[order], first), sizes)
    return found
