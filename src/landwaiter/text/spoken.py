"""How do names sound? Chinese characters and words in Latin letters become one row of coarse Mandarin syllables."""

from functools import cache

import numpy as np

from landwaiter.text.columns import Flags, Ints, View, any_of, expand, starts_of, view_of
from landwaiter.text.readings import can_be_spelled, cut_spelling
from landwaiter.text.syllables import (
    SURNAME_READINGS,
    can_be_mandarin,
    coarse_of_pinyin,
    cut_mandarin,
    is_pinyin_only,
)
from landwaiter.text.tokens import CHARACTER, CORE, NOTION, PARTICLE, SYLLABLE, Tokens, Word, words_in_columns

_SYLLABLE_WEIGHT = 0.45

# What stands before a syllable that no Mandarin has, where a coarse one stands for the others.
_NOT_MANDARIN = "="

# Syllables, each with the character or the letters that it was read from.
Reading = tuple[tuple[str, str], ...]
_NONE: tuple[Reading, Reading] = ((), ())


def readings_of(words: list[str], tokens: Tokens) -> list[tuple[Reading, Reading]]:
    """For each distinct word its syllables as Wade-Giles and as Pinyin, or as another tongue spells characters.

    Empty where it is neither. A word of business or a place is none, whatever it sounds like.
    """
    spoken, spelled = can_be_mandarin(words), can_be_spelled(words)
    kinds = tokens.kinds.tolist()
    return [
        _reading(word, sound, kind)
        if kind == CHARACTER or (word in spoken and not NOTION <= kind < PARTICLE)
        else _other_reading(word)
        if kind == CORE and word in spelled
        else _NONE
        for word, sound, kind in zip(words, tokens.sounds, kinds, strict=True)
    ]


def _reading(word: str, sound: str, kind: int) -> tuple[Reading, Reading]:
    if kind == CHARACTER:
        return ((sound, word),), ((sound, word),)
    return cut_mandarin(word, is_pinyin=False), cut_mandarin(word, is_pinyin=True)


def _other_reading(word: str) -> tuple[Reading, Reading]:
    reading = tuple((_NOT_MANDARIN + part, part) for part in cut_spelling(word))
    return reading, reading


def is_mandarin(readings: tuple[Reading, Reading]) -> bool:
    """Whether a word was read, and in Mandarin."""
    return bool(readings[0]) and not readings[0][0][0].startswith(_NOT_MANDARIN)


def speak(tokens: Tokens, words: list[str], readings: list[tuple[Reading, Reading]], view: View) -> tuple[Tokens, View]:
    """The words with the syllables added behind them, and the view in which these stand for what can be spoken."""
    count = len(words)
    surnames = {place: (coarse_of_pinyin(SURNAME_READINGS[word]), word) for place, word in enumerate(words)
                if word in SURNAME_READINGS}  # fmt: skip
    syllables = sorted({syllable for both in readings for one in both for syllable in one} | set(surnames.values()))
    if not syllables:
        return tokens, view
    place_of = {syllable: count + place for place, syllable in enumerate(syllables)}
    lists = [
        [place_of[syllable] for syllable in both[system]] or [place]
        for system in (0, 1)
        for place, both in enumerate(readings)
    ]
    lengths = np.fromiter((len(places) for places in lists), np.int64, len(lists))
    flat = np.fromiter((place for places in lists for place in places), np.int64, int(lengths.sum()))
    as_pinyin = _is_pinyin(words, readings, view)
    spoken, source = expand(view.words + count * as_pinyin[view.owners], starts_of(lengths), flat)
    _read_surnames(spoken, source, view, {place: place_of[syllable] for place, syllable in surnames.items()})
    weights = np.where(spoken >= count, _SYLLABLE_WEIGHT, view.weights[source])
    extended = words_in_columns(tokens, [_syllable_word(*syllable) for syllable in syllables])
    return extended, view_of(spoken, weights, view.owners[source], len(view.starts) - 1)


def _is_pinyin(words: list[str], readings: list[tuple[Reading, Reading]], view: View) -> Flags:
    """Whether a name has a syllable that only Pinyin spells so; without one it is read as Wade-Giles."""
    marks = [is_mandarin(both) and is_pinyin_only(word) for word, both in zip(words, readings, strict=True)]
    return any_of(np.array(marks, np.bool_)[view.words], view.owners, len(view.starts) - 1)


@cache
def _syllable_word(syllable: str, written: str) -> Word:
    return Word("~" + syllable, SYLLABLE, 0, _SYLLABLE_WEIGHT, 0, "", written)


def _read_surnames(spoken: Ints, source: Ints, view: View, surnames: dict[int, int]) -> None:
    """The first character of a short name is read as a family name."""
    firsts = view.starts[:-1][(view.lengths >= 2) & (view.lengths <= 4)]
    for place, syllable in surnames.items():
        spoken[np.isin(source, firsts[view.words[firsts] == place])] = syllable
