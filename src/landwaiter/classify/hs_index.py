"""Which described goods are like this text? An index of short descriptions with their HS6 codes, searched by words.

Each entry is one line of a nomenclature, a tariff, an index of goods, our own terms, or a user's labelled rows. Three
things are asked of every code: its likest entry of each source, how much of the text all words of the code explain, and
how well its heading and chapter go with the words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from landwaiter.classify.goods_words import HEAD, Words

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

# Where an entry is from. Each is judged on its own, since a line of law and a trader's word are not worth the same.
NOMENCLATURE, TARIFF, TERMS, OWN_TERMS, LABELLED = range(5)
SOURCES = ("nomenclature", "tariff line", "index of goods", "goods term", "labelled row")


class Entry(NamedTuple):
    """One description: its code, source, and words with their weight."""

    hs6: str
    source: int
    words: Words


@dataclass(frozen=True)
class Postings:
    """For each word, the columns that have it and how much: starts has one number more than there are words."""

    starts: Ints
    columns: Ints
    weights: Floats
    width: int

    def add_up(self, words: Sequence[int], weights: Sequence[float]) -> npt.NDArray[np.float64]:
        """The sum over the words of their weight times the column's."""
        if not words:
            return np.zeros(self.width)
        spans = [slice(self.starts[word], self.starts[word + 1]) for word in words]
        columns = np.concatenate([self.columns[span] for span in spans])
        values = np.concatenate([self.weights[span] * weight for span, weight in zip(spans, weights, strict=True)])
        return np.bincount(columns, values, self.width).astype(np.float64)


@dataclass(frozen=True)
class HsIndex:
    """All entries, in the order of source and code, and what is derived from them for codes, headings and chapters."""

    codes: list[str]
    word_numbers: dict[str, int]
    rarity: Floats
    entries: Postings
    entry_codes: Ints
    entry_sources: Ints
    entry_masses: Floats
    by_code: Postings
    by_heading: Postings
    by_chapter: Postings
    heading_of: Ints
    chapter_of: Ints
    lines_of: Floats


class Cells(NamedTuple):
    """Entries as arrays: which entry has which word with what weight, and each entry's code and source."""

    codes: list[str]
    words: list[str]
    entry_of: Ints
    word_of: Ints
    weights: Floats
    entry_codes: Ints
    entry_sources: Ints


def cells_of(entries: Iterable[Entry]) -> Cells:
    """Entries in the order of source and code; the same entry twice counts once."""
    ordered = sorted({(one.source, one.hs6, tuple(sorted(one.words.items()))) for one in entries if one.words})
    codes = sorted({hs6 for _, hs6, _ in ordered})
    vocabulary = sorted({word for _, _, words in ordered for word, _ in words})
    code_numbers = {code: number for number, code in enumerate(codes)}
    word_numbers = {word: number for number, word in enumerate(vocabulary)}
    sizes = np.array([len(words) for _, _, words in ordered], np.int64)
    return Cells(
        codes,
        vocabulary,
        np.repeat(np.arange(len(ordered)), sizes).astype(np.int32),
        np.array([word_numbers[word] for _, _, pairs in ordered for word, _ in pairs], np.int32),
        np.array([weight for _, _, pairs in ordered for _, weight in pairs], np.float32),
        np.array([code_numbers[hs6] for _, hs6, _ in ordered], np.int32),
        np.array([source for source, _, _ in ordered], np.int32),
    )


def joined(first: Cells, second: Cells) -> Cells:
    """The entries of both; all sources of the second must come after those of the first."""
    codes = sorted({*first.codes, *second.codes})
    words = sorted({*first.words, *second.words})
    code_numbers = {code: number for number, code in enumerate(codes)}
    word_numbers = {word: number for number, word in enumerate(words)}
    parts = []
    for cells in (first, second):
        to_code = np.array([code_numbers[code] for code in cells.codes], np.int32)
        to_word = np.array([word_numbers[word] for word in cells.words], np.int32)
        parts.append((to_word[cells.word_of], to_code[cells.entry_codes]))
    return Cells(
        codes,
        words,
        np.concatenate([first.entry_of, second.entry_of + np.int32(first.entry_codes.size)]),
        np.concatenate([parts[0][0], parts[1][0]]),
        np.concatenate([first.weights, second.weights]),
        np.concatenate([parts[0][1], parts[1][1]]),
        np.concatenate([first.entry_sources, second.entry_sources]),
    )


def index_of(cells: Cells) -> HsIndex:
    """An index from its cells; everything else follows from these."""
    codes, vocabulary, entry_of, words, weights, entry_codes, entry_sources = cells
    width = len(vocabulary)
    headings = sorted({code[:4] for code in codes})
    chapters = sorted({code[:2] for code in codes})
    heading_of = np.searchsorted(headings, [code[:4] for code in codes]).astype(np.int32)
    chapter_of = np.searchsorted(chapters, [code[:2] for code in codes]).astype(np.int32)
    of_code = _grouped(words, entry_codes[entry_of], weights, len(codes))
    # A word of many codes says little; this is asked of codes, so that a tariff's repetitions do not count.
    with_word = np.bincount(of_code[0], minlength=width)
    rarity = np.log1p(len(codes) / np.maximum(with_word, 0.5)).astype(np.float32) - np.float32(0.5)
    rarity = np.maximum(rarity, np.float32(0.1))
    # Heads are asked of codes, headings and chapters only: a shop's title has none.
    is_plain = np.array([word[0] != HEAD for word in vocabulary])[words]
    masses = np.bincount(entry_of, (rarity[words] * weights * is_plain) ** 2, entry_codes.size).astype(np.float32)
    by_heading = _spread(_grouped(words, heading_of[entry_codes[entry_of]], weights, len(headings)), width, headings)
    by_chapter = _spread(_grouped(words, chapter_of[entry_codes[entry_of]], weights, len(chapters)), width, chapters)
    return HsIndex(
        codes,
        {word: number for number, word in enumerate(vocabulary)},
        rarity,
        _postings(
            words[is_plain], entry_of[is_plain], (weights * rarity[words] ** 2)[is_plain], width, entry_codes.size
        ),
        entry_codes,
        entry_sources,
        masses,
        _by_code(of_code, rarity, width, len(codes)),
        by_heading,
        by_chapter,
        heading_of,
        chapter_of,
        np.log1p(np.bincount(entry_codes, minlength=len(codes))).astype(np.float32),
    )


def _grouped(words: Ints, groups: Ints, weights: Floats, count: int) -> tuple[Ints, Ints, Floats, Floats]:
    """Each word and group once: its greatest weight there and the sum of its weights."""
    keys = words.astype(np.int64) * count + groups
    order = np.argsort(keys, kind="stable")
    keys, sorted_weights = keys[order], weights[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    greatest = np.maximum.reduceat(sorted_weights, first)
    total = np.add.reduceat(sorted_weights, first)
    return (keys[first] // count).astype(np.int32), (keys[first] % count).astype(np.int32), greatest, total


def _by_code(of_code: tuple[Ints, Ints, Floats, Floats], rarity: Floats, width: int, count: int) -> Postings:
    """BM25 of the words of a code: a long description is worth less for each of its words."""
    words, columns, greatest, _ = of_code
    lengths = np.bincount(columns, greatest, count)
    norm = 0.7 + 0.3 * lengths / lengths.mean()
    return _postings(words, columns, (rarity[words] * greatest * 1.7 / (greatest + 0.7 * norm[columns])), width, count)


def _spread(grouped: tuple[Ints, Ints, Floats, Floats], width: int, names: Sequence[str]) -> Postings:
    """How much more a word is said of a heading or chapter than of all goods, in logarithms, over zero only."""
    words, columns, _, total = grouped
    count = len(names)
    per_word = np.bincount(words, total, width)
    per_group = np.bincount(columns, total, count)
    share = (total + 0.02) / (per_word[words] + 0.02 * count)
    expected = per_group[columns] / per_group.sum()
    return _postings(words, columns, np.log1p(share / np.maximum(expected, 1e-5)), width, count)


def _postings(words: Ints, columns: Ints, weights: npt.NDArray[np.floating], width: int, count: int) -> Postings:
    order = np.lexsort((columns, words))
    starts = np.zeros(width + 1, np.int32)
    np.cumsum(np.bincount(words, minlength=width), out=starts[1:])
    return Postings(starts, columns[order].astype(np.int32), weights[order].astype(np.float32), count)
