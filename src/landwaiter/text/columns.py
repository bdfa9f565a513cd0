"""How are the words of a million names held and summed up without an object for each name?"""

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.int8]

# Up to so many texts are summed up one by one, each once: a single question has few, and arrays cost more than they.
FEW = 64
_LONGEST_OF_FEW = 64


@dataclass(frozen=True)
class View:
    """Words of all names in one row: those of name `i` are `words[starts[i]:starts[i + 1]]`, with their weights."""

    starts: Ints
    words: Ints
    weights: Floats

    @cached_property
    def lengths(self) -> Ints:
        """Number of words of each name."""
        lengths: Ints = self.starts[1:] - self.starts[:-1]
        return lengths

    @cached_property
    def owners(self) -> Ints:
        """The name of each word."""
        return np.arange(len(self.starts) - 1).repeat(self.lengths)


def view_of(words: Ints, weights: Floats, owners: Ints, count: int) -> View:
    """A view of words whose owners ascend."""
    return View(starts_of(np.bincount(owners, minlength=count)), words, weights)


def starts_of(lengths: Ints) -> Ints:
    """Where each of the pieces of these lengths starts, and where the last one ends."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    lengths.cumsum(out=starts[1:])
    return starts


def offsets_of(lengths: Ints) -> Ints:
    """For pieces of these lengths laid in a row, the place of each member within its piece."""
    ends = lengths.cumsum()
    offsets: Ints = np.arange(ends[-1] if len(ends) else 0) - (ends - lengths).repeat(lengths)
    return offsets


def expand(places: Ints, starts: Ints, flat: Ints) -> tuple[Ints, Ints]:
    """Each place replaced by the members of its piece of `flat`, and from which place each member comes."""
    lengths = (starts[1:] - starts[:-1])[places]
    source = np.arange(len(places)).repeat(lengths)
    return flat[starts[places[source]] + offsets_of(lengths)], source


def distinct_of(values: Ints) -> tuple[Ints, Ints]:
    """The distinct values, sorted, and which of them each value is."""
    order = values.argsort()
    ranked = values[order]
    fresh = np.ones(len(values), np.bool_)
    np.not_equal(ranked[1:], ranked[:-1], out=fresh[1:])
    places = np.empty(len(values), np.int64)
    places[order] = fresh.cumsum() - 1
    return ranked[fresh], places


def mix(ids: Ints) -> npt.NDArray[np.uint64]:
    """Digests mixed once more, so that sums of them do not meet by chance."""
    value = ids.view(np.uint64) * _FIRST_FACTOR
    value ^= value >> _FIRST_SHIFT
    value *= _SECOND_FACTOR
    value ^= value >> _SECOND_SHIFT
    return value


_FIRST_FACTOR, _SECOND_FACTOR = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
_FIRST = np.zeros(1, np.int64)
_FIRST_SHIFT, _SECOND_SHIFT = np.uint64(29), np.uint64(32)


def digests_of(texts: list[str]) -> Ints:
    """A 64-bit digest of each text, the same in every process; 0 for the empty one.

    Every byte is mixed with its place, and the results are summed: a whole column in a few passes.
    """
    if len(texts) <= FEW:
        return np.array([digest_of(text) for text in texts], np.int64)
    offsets = np.zeros(len(texts) + 1, np.int64)
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    np.cumsum([len(text) for text in encoded], out=offsets[1:])
    data = np.frombuffer(b"".join(encoded), np.uint8).astype(np.int64)
    lengths = np.diff(offsets)
    owners = np.repeat(np.arange(len(texts)), lengths)
    return sum_of_mixes(data + 256 * offsets_of(lengths) + 1, owners, len(texts))


@lru_cache(maxsize=100_000)
def digest_of(text: str) -> int:
    """The digest of one text: the same as `digests_of` gives it among many."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data) <= _LONGEST_OF_FEW:
        table = _mixed_bytes()
        total = sum(table[256 * place + byte] for place, byte in enumerate(data)) & (2**64 - 1)
    else:
        codes = np.frombuffer(data, np.uint8).astype(np.int64) + np.arange(1, 256 * len(data) + 1, 256)
        total = int(mix(codes).sum())
    return total - 2**64 if total >= 2**63 else total


@cache
def _mixed_bytes() -> list[int]:
    """What each byte adds to a digest at each of the first places."""
    mixed: list[int] = mix(np.arange(1, 256 * _LONGEST_OF_FEW + 1, dtype=np.int64)).tolist()
    return mixed


def sum_of_mixes(ids: Ints, owners: Ints, count: int) -> Ints:
    """A digest of each owner's bag, whatever its order: the sum of its members, well mixed; 0 for the empty bag."""
    total = np.zeros(count, np.uint64)
    if not len(owners):
        return total.view(np.int64)
    mixed = mix(ids)
    mixed[ids == 0] = 0
    if (owners[1:] >= owners[:-1]).all():
        firsts = (owners[1:] != owners[:-1]).nonzero()[0] + 1
        firsts = np.concatenate((_FIRST, firsts))
        total[owners[firsts]] = np.add.reduceat(mixed, firsts)
    else:
        np.add.at(total, owners, mixed)
    return total.view(np.int64)


def any_of(flags: Flags, owners: Ints, count: int) -> Flags:
    """Whether some member of each owner has the flag."""
    found = np.zeros(count, np.bool_)
    found[owners[flags]] = True
    return found


def all_of(flags: Flags, owners: Ints, count: int) -> Flags:
    """Whether each owner has members and all have the flag."""
    has = np.zeros(count, np.bool_)
    has[owners] = True
    return has & ~any_of(~flags, owners, count)


def largest(values: Bytes, owners: Ints, count: int) -> Bytes:
    """The largest value of each owner, 0 where it has none."""
    found = np.zeros(count, np.int8)
    np.maximum.at(found, owners, values)
    return found


def bits_of(values: Bytes, owners: Ints, count: int) -> Bytes:
    """All bits that the values of each owner have."""
    bits = np.zeros(count, np.int8)
    np.bitwise_or.at(bits, owners, values)
    return bits
