"""Which words of a name say one thing together, and which abbreviation says several words?

Long legal forms become one word of their family, phrases of business the notion that they are, and abbreviations what
they stand for, so that every writing of a name has the same words.
"""

from functools import cache
from pathlib import Path

import numpy as np

from landwaiter.text.columns import Ints, starts_of
from landwaiter.text.fold import fold

_HERE = Path(__file__).parent
# The word of `legal_forms.csv` that stands for a family.
_WORD_OF_FAMILY = {
    "limited": "ltd", "stock": "jsc", "partnership": "lp", "state": "fgup", "sole": "ip", "nonprofit": "ngo",
    "company": "company", "word": "ve",
}  # fmt: skip
# A form that a narrow column cut off is still read where so many of its words are left at the end of the name.
_LEAST_OF_CUT_FORM = 2

Words = tuple[str, ...]


def join_phrases(starts: Ints, words: Ints, distinct: list[str]) -> tuple[Ints, Ints, list[str]]:
    """The words of names, as places among `distinct`, with every phrase replaced; only names with one are touched."""
    first_words = _first_words()
    lengths = np.array([first_words.get(word, 0) for word in distinct], np.int64)
    hits = np.flatnonzero(lengths[words] > 0) if len(words) else words
    if not len(hits):
        return starts, words, distinct
    place_of = {word: place for place, word in enumerate(distinct)}
    added = list(distinct)
    ends = starts[np.searchsorted(starts, hits, side="right")].tolist()
    sizes = np.ones(len(words), np.int64)
    put: dict[int, list[int]] = {}
    done = -1
    for start, end in zip(hits.tolist(), ends, strict=True):
        if start < done:
            continue
        found = _longest(words[start : min(end, start + int(lengths[words[start]]))].tolist(), distinct, end - start)
        if found is not None:
            length, said = found
            put[start] = [_place(word, place_of, added) for word in said]
            sizes[start : start + length] = 0
            sizes[start] = len(said)
            done = start + length
    return (*_rebuilt(starts, words, sizes, put), added)


def _longest(piece: list[int], distinct: list[str], left: int) -> tuple[int, Words] | None:
    """How many words the longest phrase at the beginning of a piece has, and what it says."""
    spelled = tuple(distinct[place] for place in piece)
    if left == len(piece) >= _LEAST_OF_CUT_FORM and spelled in _cut_forms():
        return len(spelled), _cut_forms()[spelled]
    for length in range(len(spelled), 0, -1):
        said = _phrases().get(spelled[:length])
        if said is not None:
            return length, said
    return None


def _place(word: str, place_of: dict[str, int], added: list[str]) -> int:
    place = place_of.setdefault(word, len(added))
    if place == len(added):
        added.append(word)
    return place


def _rebuilt(starts: Ints, words: Ints, sizes: Ints, put: dict[int, list[int]]) -> tuple[Ints, Ints]:
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    kept = np.repeat(words, np.minimum(sizes, 1))
    flat = np.repeat(words, sizes)
    assert len(kept) <= len(flat)
    for start, places in put.items():
        flat[ends[start] : ends[start] + len(places)] = places
    owners = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    counts = np.bincount(owners, sizes, len(starts) - 1).astype(np.int64)
    return starts_of(counts), flat


@cache
def _phrases() -> dict[Words, Words]:
    """What each phrase says; a legal form its family's word."""
    table: dict[Words, Words] = {}
    for phrase, family in _legal_phrases():
        table[phrase] = (_WORD_OF_FAMILY[family],)
    for line in (_HERE / "phrases.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            said, _, phrases = line.partition(": ")
            table.update({tuple(phrase.split()): tuple(said.split()) for phrase in fold(phrases.split("|"))})
    return table


@cache
def _cut_forms() -> dict[Words, Words]:
    """Beginnings of legal forms of three words or more, where only one family has them."""
    families: dict[Words, set[str]] = {}
    for phrase, family in _legal_phrases():
        for length in range(_LEAST_OF_CUT_FORM, len(phrase)):
            families.setdefault(phrase[:length], set()).add(family)
    whole = _phrases()
    return {phrase: (_WORD_OF_FAMILY[next(iter(found))],) for phrase, found in families.items()
            if len(found) == 1 and phrase not in whole}  # fmt: skip


@cache
def _legal_phrases() -> list[tuple[Words, str]]:
    lines = (_HERE / "legal_phrases.csv").read_text(encoding="utf-8").splitlines()
    rows = (line.split(",") for line in lines if line and not line.startswith(("#", "phrase,")))
    return [(tuple(phrase.split()), family) for phrase, family in rows]


@cache
def _first_words() -> dict[str, int]:
    """The words that a phrase begins with, and the length of the longest that begins so."""
    table: dict[str, int] = {}
    for phrase in (*_phrases(), *_cut_forms()):
        table[phrase[0]] = max(table.get(phrase[0], 0), len(phrase))
    return table
