"""What do names look like once everything that may differ between two writings of one name is set aside?

Names are held in columns, so that millions of pairs can be compared without a Python object for each. Every name has
two views: its words, and, for comparison between Chinese characters and Latin letters, its Mandarin syllables.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.text.columns import (
    FEW,
    Bytes,
    Flags,
    Floats,
    Ints,
    View,
    all_of,
    any_of,
    bits_of,
    digests_of,
    largest,
    starts_of,
    sum_of_mixes,
    view_of,
)
from landwaiter.text.fold import fold
from landwaiter.text.han import cut_chinese
from landwaiter.text.hangul import cut_korean
from landwaiter.text.kana import cut_kana
from landwaiter.text.legal_forms import COMPANY, legal_forms, spell_bracketed
from landwaiter.text.looks import looks_of
from landwaiter.text.phrases import join_phrases
from landwaiter.text.scripts import HAN, HANGUL, KANA, scripts_of
from landwaiter.text.spoken import is_mandarin, readings_of, speak
from landwaiter.text.tokens import CHARACTER, CORE, NOTION, NUMBER, PARTICLE, Tokens, describe

MOST_WORDS = 40
_SMALL_WORD_OF_PERSON = 0.7
_LONGEST_ABBREVIATION = 6
_AT_END = re.compile(r"\s*[(（](?=[^()（）]*[)）]?\s*$)")
_LETTER_RUN = re.compile(r"(?<!\S)(?:[a-z\u0370-\u05ff] ){1,5}[a-z\u0370-\u05ff](?!\S)")


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
        squashed: the words written without spaces, and the number of their letters.
        plain: the words as they stand in the name, before any is read as another.
        is_firm: whether the name has a legal form or a word of business.
        looks: a digest of what the whole name looks like on paper, its spaces left out.
        distinct: how much the words that are no words of business or places weigh together.
    """

    folded: list[str]
    tokens: Tokens
    words: View
    syllables: View
    exact: Ints
    numbers: Ints
    families: Bytes
    scripts: Bytes
    squashed: list[str]
    letters: Ints
    plain: list[str]
    is_firm: Flags
    looks: Ints
    distinct: Floats

    def __len__(self) -> int:
        return len(self.folded)


def shape_names(names: Sequence[str]) -> Forms:
    """The forms of names, in their order; each distinct word is looked at once."""
    names = spell_bracketed(names)
    folded = fold(names)
    count = len(folded)
    starts, words, distinct = join_phrases(*_split(_spaced(_told_once(names, folded))))
    tokens = describe(distinct)
    owners = np.arange(count).repeat(starts[1:] - starts[:-1])
    readings = readings_of(distinct, tokens)
    can_be_spoken = np.array([is_mandarin(both) for both in readings], np.bool_)[words]
    latin_mandarin = all_of(can_be_spoken & (tokens.kinds[words] != CHARACTER), owners, count)
    kept = _kept(tokens, words, owners, latin_mandarin)
    view = view_of(words[kept], tokens.weights[words[kept]], owners[kept], count)
    small = latin_mandarin[view.owners] & (tokens.kinds[view.words] >= PARTICLE)
    view.weights[small] = _SMALL_WORD_OF_PERSON
    kinds = tokens.kinds[view.words]
    families = largest(tokens.families[words], owners, count)
    says_much = (kinds == CORE) | (kinds == CHARACTER) | small
    squashed = _join_words(tokens.texts, view, "")
    all_tokens, syllables = speak(tokens, distinct, readings, view)
    return Forms(
        folded,
        all_tokens,
        view,
        syllables,
        sum_of_mixes(tokens.text_ids[view.words], view.owners, count),
        sum_of_mixes(tokens.number_ids[words], owners, count),
        families,
        _scripts_left(bits_of(tokens.scripts[words], owners, count), any_of(kinds == CHARACTER, view.owners, count)),
        squashed,
        np.fromiter((len(text) for text in squashed), np.int64, count),
        _join_words(distinct, view, " "),
        (families >= COMPANY) | any_of(kinds == NOTION, view.owners, count),
        digests_of(looks_of(folded)),
        np.bincount(view.owners, view.weights * says_much, count).astype(np.float64),
    )


def _scripts_left(scripts: Bytes, in_characters: npt.NDArray[np.bool_]) -> Bytes:
    """The scripts in which names are compared: 华为技术 is told in words, huawei and technology, not in syllables."""
    return np.where(in_characters, scripts, scripts & np.int8(~HAN)).astype(np.int8)


def _told_once(names: Sequence[str], folded: list[str]) -> list[str]:
    """Names without the brackets at their end that only say them again, in full or as an abbreviation."""
    places = [place for place, name in enumerate(names) if name.endswith((")", "）")) and _AT_END.search(name)]
    if not places:
        return folded
    pieces = [_AT_END.split(names[place], maxsplit=1) for place in places]
    outside, inside = (fold([piece[side] for piece in pieces]) for side in (0, 1))
    once = list(folded)
    for place, said, again in zip(places, outside, inside, strict=True):
        if _says_again(said.split(), again.split()):
            once[place] = said
    return once


def _says_again(said: list[str], again: list[str]) -> bool:
    telling = [word for word in said if word not in legal_forms()]
    new = [word for word in again if word not in said and word not in legal_forms()]
    initials = "".join(word[0] for word in telling)
    return bool(telling) and all(len(word) <= _LONGEST_ABBREVIATION and word[0] in initials
                                 and len(telling) >= 2 and not word.isdecimal() for word in new)  # fmt: skip


def _spaced(folded: list[str]) -> list[str]:
    """Chinese characters set apart, letters of an abbreviated legal form put together: `l l c` is `llc`."""
    scripts = {place: scripts_of(name) for place, name in enumerate(folded) if not name.isascii()}
    spaced = list(folded)
    for script, cut in ((HANGUL, cut_korean), (KANA, cut_kana)):
        for place in (place for place, bits in scripts.items() if bits & script):
            spaced[place] = cut(spaced[place])
    chinese = [place for place, bits in scripts.items() if bits & HAN]
    for place, name in zip(chinese, cut_chinese([spaced[place] for place in chinese]), strict=True):
        spaced[place] = name
    return _LETTER_RUN.sub(_legal_letters, "\n".join(spaced)).split("\n") if spaced else []


def _legal_letters(found: re.Match[str]) -> str:
    letters = found.group().split(" ")
    for first in range(len(letters) - 1):
        joined = "".join(letters[first:])
        if joined in legal_forms():
            return " ".join([*_abbreviated(letters[:first]), joined])
    return " ".join(_abbreviated(letters))


def _abbreviated(letters: list[str]) -> list[str]:
    """Three letters or more are an abbreviation; one or two are somebody's initials."""
    return ["".join(letters)] if len(letters) > 2 else letters


def _split(lines: list[str]) -> tuple[Ints, Ints, list[str]]:
    """Starts of names, words as places among the distinct ones, and these."""
    if len(lines) <= FEW:
        return _split_few(lines)
    cut = pc.list_slice(pc.utf8_split_whitespace(pc.utf8_trim_whitespace(pa.array(lines, pa.string()))), 0, MOST_WORDS)
    owner = np.asarray(pc.list_parent_indices(cut), np.int64)
    encoded = pc.list_flatten(cut).dictionary_encode()
    words = np.asarray(encoded.indices, np.int64)
    distinct = encoded.dictionary.to_pylist()
    counts = np.bincount(owner, minlength=len(lines))
    if "" in distinct:
        real = words != distinct.index("")
        counts, words = np.bincount(owner[real], minlength=len(lines)), words[real]
    return starts_of(counts), words, distinct


def _split_few(lines: list[str]) -> tuple[Ints, Ints, list[str]]:
    cut = [line.split()[:MOST_WORDS] for line in lines]
    distinct = list(dict.fromkeys(word for words in cut for word in words))
    place_of = {word: place for place, word in enumerate(distinct)}
    words = np.array([place_of[word] for words in cut for word in words], np.int64)
    return starts_of(np.array([len(words) for words in cut], np.int64)), words, distinct


def _kept(tokens: Tokens, words: Ints, owner: Ints, latin_mandarin: Flags) -> Flags:
    """Which words are compared: all of a name that has nothing else, and of one that can be Mandarin throughout."""
    telling = tokens.kinds[words] < NUMBER
    bare = ~any_of(telling & (tokens.kinds[words] != PARTICLE), owner, len(latin_mandarin))
    return telling | (bare | latin_mandarin)[owner]


def _join_words(texts: list[str], view: View, between: str) -> list[str]:
    if len(view.starts) <= FEW:
        words = [texts[word] for word in view.words.tolist()]
        ends = view.starts.tolist()
        return [between.join(words[start:end]) for start, end in pairwise(ends)]
    taken = pa.array(texts, pa.string()).take(pa.array(view.words))
    lists = pa.ListArray.from_arrays(pa.array(view.starts, pa.int32()), taken)
    joined: list[str] = pc.binary_join(lists, between).to_pylist()
    return joined
