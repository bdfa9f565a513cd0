"""What do names look like once everything that may differ between two writings of one name is set aside?

Names are held in columns, so that millions of pairs can be compared without a Python object for each. Every name has
two views: its words, and, for comparison between Chinese characters and Latin letters, its Mandarin syllables.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.text.fold import fold
from landwaiter.text.han import cut_chinese
from landwaiter.text.legal_forms import COMPANY, legal_forms
from landwaiter.text.scripts import HAN, scripts_of
from landwaiter.text.syllables import SURNAME_READINGS, coarse_of_pinyin, syllables_of_word
from landwaiter.text.tokens import (
    CHARACTER,
    CORE,
    NOTION,
    NUMBER,
    PARTICLE,
    SYLLABLE,
    Floats,
    Ints,
    Tokens,
    Word,
    describe,
    words_in_columns,
)

MOST_WORDS = 40
_SYLLABLE_WEIGHT = 0.45
_SMALL_WORD_OF_PERSON = 0.7
_LETTER_RUN = re.compile(r"(?<!\S)(?:[a-z\u0370-\u05ff] ){1,5}[a-z\u0370-\u05ff](?!\S)")


@dataclass(frozen=True)
class View:
    """Words of all names in one row: those of name `i` are `words[starts[i]:starts[i + 1]]`, with their weights."""

    starts: Ints
    words: Ints
    weights: Floats

    @property
    def lengths(self) -> Ints:
        """Number of words of each name."""
        return np.diff(self.starts)


@dataclass(frozen=True)
class Forms:
    """Names in columns; see the module.

    Args:
        folded: each name without case, accents and punctuation.
        tokens: the distinct words that the views point into.
        words: the words that are compared; legal forms, numbers and joining words are left out where others remain.
        syllables: the same with Chinese characters and words that can be Mandarin cut into syllables.
        exact: a digest of the words, whatever their order; equal where two names are equal after folding.
        numbers: a digest of the numbers in a name, 0 where there is none.
        families: family of legal forms, as in `legal_forms.FAMILIES`.
        scripts: bits of the scripts.
        squashed: the words written without spaces.
        plain: the words as they stand in the name, before any is read as another.
        is_firm: whether the name has a legal form or a word of business.
        distinct: how much the words that are no words of business or places weigh together.
    """

    folded: list[str]
    tokens: Tokens
    words: View
    syllables: View
    exact: Ints
    numbers: Ints
    families: npt.NDArray[np.int8]
    scripts: npt.NDArray[np.int8]
    squashed: list[str]
    plain: list[str]
    is_firm: npt.NDArray[np.bool_]
    distinct: Floats

    def __len__(self) -> int:
        return len(self.folded)


def shape_names(names: Sequence[str]) -> Forms:
    """The forms of names, in their order; each distinct word is looked at once."""
    folded = fold(list(names))
    starts, words, distinct = _split(_spaced(folded))
    tokens = describe(distinct)
    owner = np.repeat(np.arange(len(folded)), np.diff(starts))
    spoken = [_syllables(text, int(kind)) for text, kind in zip(distinct, tokens.kinds, strict=True)]
    can_be_spoken = np.fromiter((bool(syllables) for syllables in spoken), bool, len(spoken))
    all_spoken = _all_of(can_be_spoken[words], owner, len(folded)) & ~_any_of(
        tokens.kinds[words] == CHARACTER, owner, len(folded)
    )
    kept = _kept(tokens, words, owner, all_spoken)
    view = _view(words[kept], tokens.weights[words[kept]], owner[kept], len(folded))
    small = np.repeat(all_spoken, view.lengths) & (tokens.kinds[view.words] >= PARTICLE)
    view.weights[small] = _SMALL_WORD_OF_PERSON
    tokens, syllables = _speak(tokens, distinct, spoken, view)
    families = _largest(tokens.families[words], owner, len(folded))
    kinds = tokens.kinds[view.words]
    owner_of_kept = np.repeat(np.arange(len(folded)), view.lengths)
    says_much = (kinds == CORE) | (kinds == CHARACTER) | small
    return Forms(
        folded,
        tokens,
        view,
        syllables,
        _sum_of_mixes(tokens.text_ids[view.words], owner_of_kept, len(folded)),
        _sum_of_mixes(tokens.number_ids[words], owner, len(folded)),
        families,
        _bits(tokens.scripts[words], owner, len(folded)),
        _join_words(tokens.texts, view, ""),
        _join_words(distinct, view, " "),
        (families >= COMPANY) | _any_of(kinds == NOTION, owner_of_kept, len(folded)),
        np.bincount(owner_of_kept, view.weights * says_much, len(folded)),
    )


def _spaced(folded: list[str]) -> list[str]:
    """Chinese characters set apart, letters of an abbreviated legal form put together: `l l c` is `llc`."""
    chinese = [place for place, name in enumerate(folded) if not name.isascii() and scripts_of(name) & HAN]
    spaced = list(folded)
    for place, name in zip(chinese, cut_chinese([folded[place] for place in chinese]), strict=True):
        spaced[place] = name
    return _LETTER_RUN.sub(_legal_letters, "\n".join(spaced)).split("\n") if spaced else []


def _legal_letters(found: re.Match[str]) -> str:
    letters = found.group().split(" ")
    for first in range(len(letters) - 1):
        joined = "".join(letters[first:])
        if joined in legal_forms():
            return " ".join([*letters[:first], joined])
    return found.group()


def _split(lines: list[str]) -> tuple[Ints, Ints, list[str]]:
    """Starts of names, words as places among the distinct ones, and these."""
    cut = pc.list_slice(pc.utf8_split_whitespace(pc.utf8_trim_whitespace(pa.array(lines, pa.string()))), 0, MOST_WORDS)
    owner = np.asarray(pc.list_parent_indices(cut), np.int64)
    encoded = pc.list_flatten(cut).dictionary_encode()
    words = np.asarray(encoded.indices, np.int64)
    distinct = encoded.dictionary.to_pylist()
    counts = np.bincount(owner, minlength=len(lines))
    if "" in distinct:
        real = words != distinct.index("")
        counts, words = np.bincount(owner[real], minlength=len(lines)), words[real]
    return _starts(counts), words, distinct


def _kept(tokens: Tokens, words: Ints, owner: Ints, all_spoken: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which words are compared: all of a name that has nothing else, and of one that can be Mandarin throughout."""
    telling = tokens.kinds[words] < NUMBER
    bare = ~_any_of(telling & (tokens.kinds[words] != PARTICLE), owner, len(all_spoken))
    return telling | (bare | all_spoken)[owner]


def _view(words: Ints, weights: Floats, owner: Ints, count: int) -> View:
    return View(_starts(np.bincount(owner, minlength=count)), words, weights.copy())


def _starts(counts: Ints) -> Ints:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])


@cache
def _syllable_word(syllable: str) -> Word:
    return Word("~" + syllable, "~" + syllable, "", SYLLABLE, 0, _SYLLABLE_WEIGHT, 0, "")


def _syllables(word: str, kind: int) -> tuple[str, ...]:
    """The syllables that a word in Latin letters can be; none for a word of business or a place."""
    if not word.isascii() or NOTION <= kind < PARTICLE:
        return ()
    return syllables_of_word(word)


def _speak(tokens: Tokens, distinct: list[str], spoken: list[tuple[str, ...]], view: View) -> tuple[Tokens, View]:
    """The syllable view, and the words with the syllables added behind them."""
    readings = [
        (tokens.sounds[place],) if tokens.kinds[place] == CHARACTER else spoken[place] for place in range(len(distinct))
    ]
    surnames = {place: coarse_of_pinyin(SURNAME_READINGS[word]) for place, word in enumerate(distinct)
                if word in SURNAME_READINGS}  # fmt: skip
    syllables = sorted({syllable for reading in readings for syllable in reading} | set(surnames.values()))
    place_of = {syllable: len(distinct) + place for place, syllable in enumerate(syllables)}
    extended = words_in_columns(tokens, [_syllable_word(syllable) for syllable in syllables])
    lists = [[place_of[syllable] for syllable in reading] or [place] for place, reading in enumerate(readings)]
    counts = np.fromiter((len(places) for places in lists), np.int64, len(lists))
    flat = np.fromiter((place for places in lists for place in places), np.int64, int(counts.sum()))
    expanded, source = expand(view.words, _starts(counts), flat)
    _read_surnames(expanded, source, view, {place: place_of[syllable] for place, syllable in surnames.items()})
    owner = np.repeat(np.arange(len(view.starts) - 1), view.lengths)[source]
    is_syllable = expanded >= len(distinct)
    weights = np.where(is_syllable, _SYLLABLE_WEIGHT, view.weights[source])
    return extended, _view(expanded, weights, owner, len(view.starts) - 1)


def expand(words: Ints, starts: Ints, flat: Ints) -> tuple[Ints, Ints]:
    """Each word replaced by its list, and from which word each comes."""
    lengths = np.diff(starts)[words]
    source = np.repeat(np.arange(len(words)), lengths)
    offset = np.arange(len(source)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return flat[starts[words[source]] + offset], source


def _read_surnames(expanded: Ints, source: Ints, view: View, surnames: dict[int, int]) -> None:
    """The first character of a short name is read as a family name."""
    firsts = view.starts[:-1][(view.lengths >= 2) & (view.lengths <= 4)]
    for place, syllable in surnames.items():
        expanded[np.isin(source, firsts[view.words[firsts] == place])] = syllable


def _join_words(texts: list[str], view: View, between: str) -> list[str]:
    taken = pa.array(texts, pa.string()).take(pa.array(view.words))
    lists = pa.ListArray.from_arrays(pa.array(view.starts, pa.int32()), taken)
    joined: list[str] = pc.binary_join(lists, between).to_pylist()
    return joined


def _sum_of_mixes(ids: Ints, owner: Ints, count: int) -> Ints:
    """A digest of a bag: the sum of its members' digests, well mixed; 0 for the empty bag."""
    mixed = mix(ids)
    total = np.zeros(count, np.uint64)
    np.add.at(total, owner, np.where(ids == 0, np.uint64(0), mixed))
    return total.view(np.int64)


def mix(ids: Ints) -> npt.NDArray[np.uint64]:
    """Digests mixed once more, so that sums of them do not meet by chance."""
    value = ids.view(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    value ^= value >> np.uint64(29)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    value ^= value >> np.uint64(32)
    return value


def _any_of(flags: npt.NDArray[np.bool_], owner: Ints, count: int) -> npt.NDArray[np.bool_]:
    found = np.zeros(count, np.bool_)
    found[owner[flags]] = True
    return found


def _all_of(flags: npt.NDArray[np.bool_], owner: Ints, count: int) -> npt.NDArray[np.bool_]:
    return ~_any_of(~flags, owner, count) & (np.bincount(owner, minlength=count) > 0)


def _largest(values: npt.NDArray[np.int8], owner: Ints, count: int) -> npt.NDArray[np.int8]:
    largest = np.zeros(count, np.int8)
    np.maximum.at(largest, owner, values)
    return largest


def _bits(values: npt.NDArray[np.int8], owner: Ints, count: int) -> npt.NDArray[np.int8]:
    bits = np.zeros(count, np.int8)
    np.bitwise_or.at(bits, owner, values)
    return bits
