"""Which names are worth comparing? Those that share keys: words by their sound, halves of words, pairs of words.

The side that is looked up (the listed names) decides how much a key says and which keys are too frequent, so a single
name finds the same candidates as a whole file does. A key that very many looked-up names have is dropped; pairs of
such words, and equality of the whole name, stand in for it.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from landwaiter.text.columns import Ints, digests_of, distinct_of, expand, mix, starts_of, sum_of_mixes
from landwaiter.text.forms import Forms
from landwaiter.text.reading_keys import keys_of_other_readings
from landwaiter.text.readings_korean import is_hangul, spellings_of_hangul
from landwaiter.text.scripts import HANGUL
from landwaiter.text.tokens import CHARACTER, CORE, SYLLABLE, sound_of_word

_EXACT_WEIGHT = 1_000_000

WORD, HALF, BONES, PAIR, EXACT, SPOKEN, OTHERWISE = range(7)
# What a shared key says of a word, beside a shared word, in per cent.
_SHARE_OF_ROLE = np.array([100, 50, 60, 100, 100, 100, 100], np.int64)


@dataclass(frozen=True)
class Limits:
    """What bounds the search: the most names that a key may lead to, and how much two names must share.

    Args:
        words: a word, or a pair of words, that more looked-up names have is dropped.
        halves: the same for half a word, which says less and leads to more.
        of_lighter: share of the weight of the lighter name that must be shared, in per cent.
        of_heavier: the same of the heavier name.
    """

    words: int
    halves: int
    of_lighter: int
    of_heavier: int

    def most(self, roles: npt.NDArray[np.int8]) -> Ints:
        """The most names that a key of each of these roles may lead to; equality of the whole name has no limit."""
        limits = np.full(7, self.words, np.int64)
        limits[[HALF, BONES]] = self.halves
        limits[EXACT] = np.iinfo(np.int64).max
        most: Ints = limits[roles]
        return most


@dataclass(frozen=True)
class Keys:
    """Keys of names: `parts` are, for a pair, the two words it is made of, otherwise the key itself."""

    names: Ints
    keys: Ints
    roles: npt.NDArray[np.int8]
    first_parts: Ints
    second_parts: Ints


@dataclass(frozen=True)
class Weighed:
    """Keys that can lead to a candidate, each with its weight, and what its name needs to share in all.

    The one of two names that needs less must share as much as `light`, the other as much as `heavy`.
    """

    names: Ints
    keys: Ints
    weights: Ints
    light: Ints
    heavy: Ints

    def table(self) -> pa.Table:
        """The same as a table for the join in a corridor."""
        return pa.table({"name": self.names, "key": self.keys, "weight": self.weights, "light": self.light,
                         "heavy": self.heavy})  # fmt: skip


@dataclass(frozen=True)
class Frequencies:
    """How many looked-up names have each key. `keys` are sorted."""

    keys: Ints
    counts: Ints
    names: int

    def of(self, keys: Ints) -> Ints:
        """Count of each key, 0 where no looked-up name has it."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int64)
        places = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, self.counts[places], 0)


def find_keys(forms: Forms) -> Keys:
    """Every key of every name, each once."""
    tables = [_words(forms), _parts_of_words(forms), _pairs(forms), _wholes(forms), _spoken_pairs(forms)]
    tables.append(_spelled_pairs(forms))
    tables.append(_table(*keys_of_other_readings(forms), OTHERWISE))
    names, keys, roles, first, second = (np.concatenate(columns) for columns in zip(*tables, strict=True))
    order = np.lexsort((roles, keys, names))
    ranked, of_rank = keys[order], names[order]
    fresh = np.ones(len(names), bool)
    fresh[1:] = (of_rank[1:] != of_rank[:-1]) | (ranked[1:] != ranked[:-1])
    order = order[fresh]
    return Keys(of_rank[fresh], ranked[fresh], roles[order], first[order], second[order])


def count_keys(keys: Keys, names: int) -> Frequencies:
    """Frequencies of the keys of `names` looked-up names."""
    distinct, counts = np.unique(keys.keys, return_counts=True)
    return Frequencies(distinct, counts.astype(np.int64), names)


def weigh_keys(keys: Keys, frequencies: Frequencies, names: int, limits: Limits) -> Weighed:
    """The keys of `names` names that can lead to a looked-up name, and how much each says."""
    count = len(keys.keys)
    pairs = (keys.roles == PAIR).nonzero()[0]
    # Keys, and the words of pairs behind them, are looked up in one go.
    all_counts = frequencies.of(np.concatenate([keys.keys, keys.first_parts[pairs], keys.second_parts[pairs]]))
    all_rarity = _rarity(all_counts, frequencies.names)
    counts, rarity = all_counts[:count], all_rarity[:count]
    weights = rarity * _SHARE_OF_ROLE[keys.roles] // 100
    parts = all_counts[count:].reshape(2, -1)
    weights[pairs] = all_rarity[count:].reshape(2, -1).sum(axis=0)
    weights[keys.roles == EXACT] = _EXACT_WEIGHT
    # A pair of words stands in for them where one of them is dropped.
    of_use = np.ones(len(counts), np.bool_)
    of_use[pairs] = parts.max(axis=0) > limits.words
    weight = _weight_of_names(keys, rarity, names)
    light, heavy = (weight * percent // 100 for percent in (limits.of_lighter, limits.of_heavier))
    alive = (counts > 0) & (counts <= limits.most(keys.roles)) & of_use
    owners = keys.names[alive]
    return Weighed(owners, keys.keys[alive], weights[alive], light[owners], heavy[owners])


def dropped_keys(frequencies: Frequencies, limits: Limits) -> int:
    """How many keys are too frequent to be used."""
    return int((frequencies.counts > limits.words).sum())


def _weight_of_names(keys: Keys, rarity: Ints, names: int) -> Ints:
    """The weight of a name's words; of its spoken pairs where these weigh less."""
    words = np.bincount(keys.names, rarity * (keys.roles == WORD), names)
    spoken = np.bincount(keys.names, rarity * (keys.roles == SPOKEN), names)
    weight: Ints = np.where((spoken > 0) & (spoken < words), spoken, words).astype(np.int64)
    return weight


def _rarity(counts: Ints, names: int) -> Ints:
    """Hundredths of a bit that a key tells among the looked-up names; a key that none has tells most."""
    # What is not below zero is cut as it is rounded down.
    rarity: Ints = (100 * np.log2(1 + names / np.maximum(counts, 1))).astype(np.int64)
    return rarity


Table = tuple[Ints, Ints, npt.NDArray[np.int8], Ints, Ints]


def _table(names: Ints, keys: Ints, role: int) -> Table:
    return names, keys, np.full(len(names), role, np.int8), keys, keys


def _tagged(ids: Ints, role: int) -> Ints:
    """Digests of one role, apart from equal digests of another."""
    tagged: Ints = (mix(ids) + _MARKS[role]).view(np.int64)
    return tagged


_MARKS = np.array([role * 0x9E3779B97F4A7C15 % 2**64 for role in range(6)], np.uint64)


def _words(forms: Forms) -> Table:
    """Words of business say too little to be looked up alone, as do single characters."""
    words = forms.words.words
    kinds = forms.tokens.kinds[words]
    told = (kinds != CHARACTER) & ((kinds == CORE) | (forms.words.weights >= 0.25))
    return _table(forms.words.owners[told], _tagged(forms.tokens.sound_ids[words[told]], WORD), WORD)


def _parts_of_words(forms: Forms) -> Table:
    """Halves, of which a slip of the pen leaves one as it is; and consonants, which Arabic writes alone."""
    words = forms.words.words
    told = forms.tokens.kinds[words] == CORE
    used, places = distinct_of(words[told])
    lists = [_parts(forms.tokens.sounds[word], forms.tokens.bones[word]) for word in used.tolist()]
    counts = np.fromiter((len(parts) for parts in lists), np.int64, len(lists))
    ids = digests_of([part for parts in lists for part in parts])
    roles = np.fromiter((BONES if part[0] == "=" else HALF for parts in lists for part in parts), np.int8, len(ids))
    flat, source = expand(places, starts_of(counts), np.arange(len(ids)))
    keys = _tagged(ids, HALF)[flat]
    return forms.words.owners[told][source], keys, roles[flat], keys, keys


@lru_cache(maxsize=400_000)
def _parts(sound: str, bones: str) -> tuple[str, ...]:
    size = len(sound)
    if not sound.isascii() or size < 4:
        return ()
    lengths = {max(3, size // 2), max(3, (size + 1) // 2)}
    halves = [part for length in sorted(lengths) for part in (f"{sound[:length]}-", f"-{sound[-length:]}")]
    return (*halves, f"={bones}") if len(bones) >= 3 else tuple(halves)


def _pairs(forms: Forms) -> Table:
    """Neighbouring words, and the first with the last, whatever their order; neighbouring Chinese characters in it."""
    words, starts, lengths = forms.words.words, forms.words.starts, forms.words.lengths
    follows = np.ones(len(words), bool)
    follows[starts[:-1][lengths > 0]] = False
    second = follows.nonzero()[0]
    if not len(second):
        return _table(second, second, PAIR)
    first = second - 1
    long = (lengths >= 3).nonzero()[0]
    first = np.concatenate([first, starts[long]])
    second = np.concatenate([second, starts[long + 1] - 1])
    names = forms.words.owners[first]
    sounds = _tagged(forms.tokens.sound_ids[words], WORD)
    keys = _unordered(sounds[first], sounds[second])
    return names, keys, np.full(len(names), PAIR, np.int8), sounds[first], sounds[second]


def _spelled_pairs(forms: Forms) -> Table:
    """Neighbouring syllables in Hangul have the keys of all the pairs of words that spell them in Latin letters."""
    view, tokens = forms.words, forms.tokens
    hangul = (tokens.kinds[view.words] == CHARACTER) & ((tokens.scripts[view.words] & HANGUL) != 0)
    second = (hangul[1:] & hangul[:-1] & (view.owners[1:] == view.owners[:-1])).nonzero()[0] + 1
    if not len(second):
        return _table(second, second, OTHERWISE)
    used, places = distinct_of(view.words)
    lists = [_spelled(tokens.texts[word]) if tokens.kinds[word] == CHARACTER else () for word in used.tolist()]
    starts = starts_of(np.fromiter((len(found) for found in lists), np.int64, len(lists)))
    ids = _tagged(digests_of([sound for found in lists for sound in found]), WORD)
    first, source = expand(places[second - 1], starts, ids)
    last, again = expand(places[second][source], starts, ids)
    return _table(view.owners[second][source[again]], _unordered(first[again], last), OTHERWISE)


@lru_cache(maxsize=20_000)
def _spelled(syllable: str) -> tuple[str, ...]:
    """The sounds of all spellings of a syllable in Hangul, as words have them."""
    return tuple(sorted(set(map(sound_of_word, spellings_of_hangul(syllable))))) if is_hangul(syllable) else ()


def _unordered(first: Ints, second: Ints) -> Ints:
    return mix((mix(first) + mix(second)).view(np.int64)).view(np.int64)


def _wholes(forms: Forms) -> Table:
    """The whole name, as written, as it sounds, and as it looks on paper without its spaces."""
    owner = forms.words.owners
    ids = forms.tokens.sound_ids[forms.words.words]
    sounds = sum_of_mixes(ids, owner, len(forms))
    names = forms.words.lengths.nonzero()[0]
    wholes = (forms.exact[names], sounds[names], forms.looks[names])
    return _table(np.concatenate([names] * len(wholes)), _tagged(np.concatenate(wholes), EXACT), EXACT)


def _spoken_pairs(forms: Forms) -> Table:
    """Neighbouring Mandarin syllables, whatever their order; Chinese characters by themselves too."""
    view = forms.syllables
    kinds = forms.tokens.kinds[view.words]
    owner = view.owners
    second = ((kinds[1:] == SYLLABLE) & (kinds[:-1] == SYLLABLE) & (owner[1:] == owner[:-1])).nonzero()[0] + 1
    if not len(second):
        return _table(second, second, SPOKEN)
    sounds = forms.tokens.sound_ids[view.words]
    return _table(owner[second], _tagged(_unordered(sounds[second - 1], sounds[second]), SPOKEN), SPOKEN)
