"""Which keys do names have whose characters are read otherwise than in the most usual Mandarin?

Two neighbours make a key, whatever their order. Those of characters are read in one tongue after another; a word in
Latin letters is not told which tongue it is in, so its key is the same in all.
"""

import numpy as np

from landwaiter.text.columns import Ints, digests_of, expand, mix, starts_of
from landwaiter.text.forms import Forms
from landwaiter.text.readings import coarse_key, loose, readings_by_tongue
from landwaiter.text.tokens import SYLLABLE

_TONGUES = 3


def keys_of_other_readings(forms: Forms) -> tuple[Ints, Ints]:
    """Names, and the keys that they have."""
    view, tokens = forms.syllables, forms.tokens
    syllables = np.flatnonzero(tokens.kinds == SYLLABLE)
    if not len(syllables):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    first_syllable = int(syllables[0])
    spoken = tokens.kinds[view.words] == SYLLABLE
    owner = view.owners
    second = (spoken[1:] & spoken[:-1] & (owner[1:] == owner[:-1])).nonzero()[0] + 1
    if not len(second):
        return second, second
    pair = view.words[np.stack([second - 1, second])] - first_syllable
    written = [tokens.written[place] for place in syllables.tolist()]
    in_letters = np.array([text.isascii() for text in written], np.bool_)
    both = in_letters[pair[0]] & in_letters[pair[1]]
    neither = ~in_letters[pair[0]] & ~in_letters[pair[1]]
    found = [_paired(pair[:, both], owner[second[both]], [_of_letters(text) for text in written])]
    for tongue in range(_TONGUES) if neither.any() else ():
        lists = [_of_character(text, tongue) for text in written]
        found.append(_paired(pair[:, neither], owner[second[neither]], lists))
    names, keys = (np.concatenate(columns) for columns in zip(*found, strict=True))
    return names, keys


def _of_letters(text: str) -> list[str]:
    return [coarse_key(loose(text))] if text.isascii() else []


def _of_character(text: str, tongue: int) -> list[str]:
    return [] if text.isascii() else sorted({coarse_key(one) for one in readings_by_tongue(text)[tongue]})


def _paired(pair: Ints, names: Ints, lists: list[list[str]]) -> tuple[Ints, Ints]:
    """Every reading of the first of a pair with every reading of the second."""
    starts = starts_of(np.fromiter((len(found) for found in lists), np.int64, len(lists)))
    ids = mix(digests_of([key for found in lists for key in found])).view(np.int64)
    firsts, source = expand(pair[0], starts, ids)
    seconds, again = expand(pair[1][source], starts, ids)
    keys = mix((firsts[again].view(np.uint64) + seconds.view(np.uint64)).view(np.int64) ^ np.int64(0x5F0E)).view(
        np.int64
    )
    return names[source[again]], keys
