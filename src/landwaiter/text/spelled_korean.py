"""Do Latin letters spell what stands in Hangul: a person syllable by syllable, a firm's word in any romanisation?"""

import re
from functools import lru_cache

import numpy as np

from landwaiter.text.columns import Flags, Floats, Ints
from landwaiter.text.forms import Forms
from landwaiter.text.hangul import loose_korean
from landwaiter.text.readings_korean import is_hangul, spellings_of_hangul
from landwaiter.text.scripts import HAN, HANGUL
from landwaiter.text.tokens import CORE, Tokens

_SPELLED, _FEWEST_SYLLABLES, _MOST_SYLLABLES = 0.95, 2, 5


def cover_persons(covered: Floats, left: Forms, left_names: Ints, right: Forms, right_names: Ints) -> Flags:
    """Which pairs are a person in Hangul and all its syllables in Latin letters; each then covers the other.

    `covered` has a column for each pair: what of both is covered, the weights that agree, and what finds no partner.
    """
    said = np.zeros(len(left_names), np.bool_)
    ours, theirs = left.scripts[left_names], right.scripts[right_names]
    one = ((ours ^ theirs) & (HAN | HANGUL)) == (HAN | HANGUL)
    for place in one.nonzero()[0].tolist():
        pair = left.plain[left_names[place]], right.folded[right_names[place]]
        if not ours[place] & HANGUL:
            pair = right.plain[right_names[place]], left.folded[left_names[place]]
        said[place] = _spells(*(text.replace(" ", "") for text in pair))
    if said.any():
        weights = np.minimum(left.distinct[left_names[said]], right.distinct[right_names[said]])
        covered[:2, said] = _SPELLED
        covered[2:4, said] = np.maximum(covered[2:4, said], weights)
        covered[4:, said] = 0.0
    return said


def _spells(hangul: str, letters: str) -> bool:
    enough = _FEWEST_SYLLABLES <= len(hangul) <= _MOST_SYLLABLES and all(map(is_hangul, hangul))
    return enough and _spellings(hangul).fullmatch(letters) is not None


@lru_cache(maxsize=5_000)
def _spellings(hangul: str) -> re.Pattern[str]:
    """The family name first or last."""
    family, *given = (f"(?:{'|'.join(spellings_of_hangul(syllable))})" for syllable in hangul)
    return re.compile(f"{family}{''.join(given)}|{''.join(given)}{family}")


def are_one_word(left: Tokens, left_words: Ints, right: Tokens, right_words: Ints) -> Flags:
    """Whether one word of a pair is in Hangul and the other a romanisation of it: 단천 is Tanchon and Dancheon."""
    core = (left.kinds[left_words] == CORE) & (right.kinds[right_words] == CORE)
    one = core & (((left.scripts[left_words] ^ right.scripts[right_words]) & HANGUL) != 0)
    same = np.zeros(len(core), np.bool_)
    for cell in one.nonzero()[0].tolist():
        same[cell] = loose_korean(left.texts[left_words[cell]]) == loose_korean(right.texts[right_words[cell]])
    return same
