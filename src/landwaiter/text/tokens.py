"""What is each distinct word of a column of names: its plain reading, its sound, its class and how much it says?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from landwaiter.text.arabic import read_arabic, skeleton, skeletons_of
from landwaiter.text.columns import FEW, Bytes, Floats, Ints, digest_of, digests_of
from landwaiter.text.cyrillic import read_cyrillic
from landwaiter.text.han import reading_of
from landwaiter.text.hangul import read_hangul
from landwaiter.text.kana import read_kana
from landwaiter.text.legal_forms import NONE, legal_forms
from landwaiter.text.letters import read_letters
from landwaiter.text.looks import looks_of
from landwaiter.text.rarity import frequent_words, rarity_of
from landwaiter.text.scripts import ARABIC, CYRILLIC, HAN, HANGUL, KANA, LATIN, OTHER, scripts_of
from landwaiter.text.sounds import sound_of, sounds_of
from landwaiter.text.words import (
    english_sounds,
    foreign_names,
    notions,
    particles,
    places,
    root_of,
    roots,
    stem_of,
    stem_of_sound,
    stem_sounds,
    stems,
    stop_words,
    titles,
)

# What a word is in a name. Those from LEGAL on are left out of the comparison where the name has others.
CORE, CHARACTER, SYLLABLE, NOTION, PLACE, PARTICLE, INITIAL, NUMBER, LEGAL, STOP, TITLE = range(11)
_WEIGHTS = {CHARACTER: 0.5, SYLLABLE: 0.45, NOTION: 0.3, PLACE: 0.35, PARTICLE: 0.15, INITIAL: 0.25}
# What a notion or place weighs at most: said by many firms, it tells two of them apart only a little.
_LEAST, _NUMBER_WEIGHT, _EXCLUDED_WEIGHT = 0.1, 0.3, 0.1
_LONGEST_WORD = 64
# Shorter words are abbreviations, which have no spelling variants; and the shorter, the less they tell.
_SHORTEST_SOUND = 3
# Of shorter words a letter that looks like another is another word; and of these a misread one is not known again.
_SHORTEST_LOOKS, _SHORTEST_MISREAD = 4, 6
# A word in Latin letters that reads like the stem of a Russian word of business, if it is as long as that.
_SHORTEST_TRANSLATED = 6
# An English word that stands in Cyrillic letters, if it is as long as that.
_SHORTEST_ENGLISH = 5
_READ_BY_SOUND = LATIN | CYRILLIC
_TOLD_BY_LENGTH = {1: 0.25, 2: 0.5, 3: 0.65, 4: 0.85}
_NUMBERS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5",
    # No xi: it is the family name of Xi Jinping before it is eleven.
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xii": "12",
}  # fmt: skip


class Word(NamedTuple):
    """One distinct word; `number` is empty where it has none, `written` is what a syllable was read from."""

    text: str
    kind: int
    family: int
    weight: float
    scripts: int
    number: str
    written: str = ""


@dataclass(frozen=True)
class Tokens:
    """Distinct words in columns. Two words are equal where their digests are; `bones` are the consonants.

    `looks_ids` are digests of what words look like on paper, 0 for words of few letters.
    `written` is the character or the letters that a syllable was read from, empty for all other words.
    """

    texts: list[str]
    sounds: list[str]
    bones: list[str]
    text_ids: Ints
    sound_ids: Ints
    bone_ids: Ints
    looks_ids: Ints
    number_ids: Ints
    kinds: Bytes
    families: Bytes
    weights: Floats
    scripts: Bytes
    lengths: Ints
    written: list[str]


def describe(words: list[str]) -> Tokens:
    """Columns on distinct folded words, in their order."""
    found = [word_of(word) for word in words]
    tokens = _columns(found)
    known = stem_sounds()
    told = {}
    for place, (word, sound) in enumerate(zip(found, tokens.sounds, strict=True)):
        if word.kind == CORE and len(word.text) >= _SHORTEST_TRANSLATED and word.scripts & _READ_BY_SOUND:
            said = known.get(stem_of_sound(sound))
            if said is not None:
                told[place] = said
    if not told:
        return tokens
    return _columns([_said(word, told[place]) if place in told else word for place, word in enumerate(found)])


def _said(word: Word, said: str) -> Word:
    """The same word, read as what it says in another language."""
    kind = _kind_of_said(said)
    return Word(said, kind, word.family, _weight(kind, said), word.scripts, word.number)


def words_in_columns(tokens: Tokens, more: list[Word]) -> Tokens:
    """The same words with others behind them."""
    if not more:
        return tokens
    added = _columns(more)
    return Tokens(
        tokens.texts + added.texts,
        tokens.sounds + added.sounds,
        tokens.bones + added.bones,
        np.concatenate([tokens.text_ids, added.text_ids]),
        np.concatenate([tokens.sound_ids, added.sound_ids]),
        np.concatenate([tokens.bone_ids, added.bone_ids]),
        np.concatenate([tokens.looks_ids, added.looks_ids]),
        np.concatenate([tokens.number_ids, added.number_ids]),
        np.concatenate([tokens.kinds, added.kinds]),
        np.concatenate([tokens.families, added.families]),
        np.concatenate([tokens.weights, added.weights]),
        np.concatenate([tokens.scripts, added.scripts]),
        np.concatenate([tokens.lengths, added.lengths]),
        tokens.written + added.written,
    )


def _columns(words: list[Word]) -> Tokens:
    if len(words) <= FEW:
        return _columns_of_few(words)
    texts = [word.text[:_LONGEST_WORD] for word in words]
    sounds = _changed(texts, sounds_of, [_has_sound(word) for word in words])
    for place, word in enumerate(words):
        if word.kind == CHARACTER:
            sounds[place] = reading_of(word.text)
    is_ascii = [word.text.isascii() for word in words]
    bones = _changed(
        ["" if not plain else text for text, plain in zip(texts, is_ascii, strict=True)], skeletons_of, is_ascii
    )
    return Tokens(
        texts,
        sounds,
        bones,
        digests_of([word.text for word in words]),
        digests_of(sounds),
        digests_of(bones),
        digests_of(looks_of([text if len(text) >= _SHORTEST_LOOKS else "" for text in texts])),
        digests_of([word.number for word in words]),
        np.array([word.kind for word in words], np.int8),
        np.array([word.family for word in words], np.int8),
        np.array([word.weight for word in words], np.float64),
        np.array([word.scripts for word in words], np.int8),
        np.array([len(text) for text in texts], np.int64),
        [word.written for word in words],
    )


def _columns_of_few(words: list[Word]) -> Tokens:
    """The same columns, from what is remembered of each word."""
    if not words:
        return _no_tokens()
    texts, sounds, bones, *numbers = zip(*map(_cells_of, words), strict=True)
    text_ids, sound_ids, bone_ids, looks_ids, number_ids, lengths = np.array(numbers, np.int64)
    signs = [(word.kind, word.family, word.scripts) for word in words]
    kinds, families, scripts = np.array(signs, np.int8).T
    weights = np.array([word.weight for word in words], np.float64)
    return Tokens(
        list(texts), list(sounds), list(bones), text_ids, sound_ids, bone_ids, looks_ids, number_ids, kinds, families,
        weights, scripts, lengths, [word.written for word in words],
    )  # fmt: skip


@cache
def _no_tokens() -> Tokens:
    numbers, signs = np.zeros(0, np.int64), np.zeros(0, np.int8)
    return Tokens(
        [], [], [], numbers, numbers, numbers, numbers, numbers, signs, signs, np.zeros(0), signs, numbers, []
    )


@lru_cache(maxsize=100_000)
def _cells_of(word: Word) -> tuple[str, str, str, int, int, int, int, int, int]:
    """One word's text, sound and bones, their digests and that of its number, and its length."""
    text = word.text[:_LONGEST_WORD]
    sound = sound_of(text) if _has_sound(word) else text
    if word.kind == CHARACTER:
        sound = reading_of(word.text)
    bones = skeleton(text) if text.isascii() else ""
    looks = looks_of([text])[0] if len(text) >= _SHORTEST_LOOKS else ""
    said = digest_of(word.text), digest_of(sound), digest_of(bones), digest_of(looks), digest_of(word.number)
    return (text, sound, bones, *said, len(text))


def _has_sound(word: Word) -> bool:
    return word.kind != SYLLABLE and len(word.text) > _SHORTEST_SOUND and word.text.isascii()


def sound_of_word(text: str) -> str:
    """The sound that a plain word in Latin letters has: itself where it is short."""
    return sound_of(text) if len(text) > _SHORTEST_SOUND else text


def _changed(texts: list[str], change: Callable[[list[str]], list[str]], chosen: list[bool]) -> list[str]:
    """Texts with the chosen ones changed, all of these at once."""
    changed = list(texts)
    places = [place for place, is_chosen in enumerate(chosen) if is_chosen]
    for place, text in zip(places, change([texts[place] for place in places]), strict=True):
        changed[place] = text
    return changed


@lru_cache(maxsize=400_000)
def word_of(word: str) -> Word:
    """What one folded word is, without regard to the name it stands in."""
    word = _as_known(word)
    scripts = scripts_of(word)
    family = legal_forms().get(word, NONE)
    if scripts & (HAN | HANGUL) and len(word) == 1:
        # A syllable of Hangul is compared as a character is.
        return Word(word, CHARACTER, family, _WEIGHTS[CHARACTER], scripts | HAN, "")
    number = _number_in(word)
    text, kind = _text_and_kind(word, scripts, family, number)
    return Word(text, kind, family, _weight(kind, text), scripts, number)


def _as_known(word: str) -> str:
    """A word of business or legal form that is misread, as it is known: `lirnited` is limited."""
    if len(word) < _SHORTEST_MISREAD or not word.isascii() or any(word in table for table in _known_tables()):
        return word
    return _known_looks().get(looks_of([word])[0], word)


@cache
def _known_looks() -> dict[str, str]:
    words = [word for table in _known_tables()[:-1] for word in table
             if word.isascii() and len(word) >= _SHORTEST_MISREAD]  # fmt: skip
    return dict(zip(looks_of(words), words, strict=True))


@cache
def _known_tables() -> tuple[Mapping[str, object], ...]:
    return legal_forms(), notions(), places(), frequent_words()


def _text_and_kind(word: str, scripts: int, family: int, number: str) -> tuple[str, int]:
    if family != NONE:
        return word, LEGAL
    for table, kind in ((notions(), NOTION), (places(), PLACE)):
        if word in table:
            return table[word], kind
    if number.isdigit():
        return number, NUMBER
    if scripts & CYRILLIC and (said := _said_in_cyrillic(word)):
        return said, _kind_of_said(said)
    if word in foreign_names():
        return foreign_names()[word], _kind_of_said(foreign_names()[word])
    text = word
    if scripts & CYRILLIC:
        text = read_cyrillic(word)
    elif scripts & ARABIC:
        text = read_arabic(word)
    elif scripts & HANGUL:
        text = read_hangul(word)
    elif scripts & KANA:
        text = read_kana(word)
    elif scripts & OTHER:
        text = read_letters(word)
    return text, _kind_of_plain(word)


def _said_in_cyrillic(word: str) -> str:
    """What a Cyrillic word says in any of its endings, as an adjective, or as an English word that it spells."""
    said = stems().get(stem_of(word)) or roots().get(root_of(word))
    if said or len(word) < _SHORTEST_ENGLISH:
        return said or ""
    read = read_cyrillic(word)
    return notions().get(read) or places().get(read) or english_sounds().get(sound_of(read), "")


def _kind_of_said(said: str) -> int:
    return PLACE if said in places() else NOTION if said in notions() else CORE


def _kind_of_plain(word: str) -> int:
    for table, kind in ((stop_words(), STOP), (titles(), TITLE), (particles(), PARTICLE)):
        if word in table:
            return kind
    return INITIAL if len(word) == 1 else CORE


def _number_in(word: str) -> str:
    """The number that a word says, without the ending of an ordinal; the whole word where letters go before it."""
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word.isalpha() or not any(char.isdigit() for char in word):
        return ""
    for ending in ("st", "nd", "rd", "th", "ya", "ii"):
        if word.endswith(ending) and word[:-2].isdecimal():
            word = word[:-2]
            break
    return str(int(word)) if word.isdecimal() and len(word) < 19 else word


def _weight(kind: int, text: str) -> float:
    if kind == CORE:
        return max(_LEAST, rarity_of(text) * _TOLD_BY_LENGTH.get(len(text), 1.0))
    if kind == NUMBER:
        return _NUMBER_WEIGHT
    return _WEIGHTS.get(kind, _EXCLUDED_WEIGHT)
