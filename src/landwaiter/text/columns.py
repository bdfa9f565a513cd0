"""How are the words of a million names held and summed up without an object for each name?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.int8]


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

    @property
    def owners(self) -> Ints:
        """The name of each word."""
        return np.repeat(np.arange(len(self.starts) - 1), self.lengths)


def view_of(words: Ints, weights: Floats, owners: Ints, count: int) -> View:
    """A view of words whose owners ascend."""
    return View(starts_of(np.bincount(owners, minlength=count)), words, weights)


def starts_of(lengths: Ints) -> Ints:
    """Where each of the pieces of these lengths starts, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])


def offsets_of(lengths: Ints) -> Ints:
    """For pieces of these lengths laid in a row, the place of each member within its piece."""
    return np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def expand(places: Ints, starts: Ints, flat: Ints) -> tuple[Ints, Ints]:
    """Each place replaced by the members of its piece of `flat`, and from which place each member comes."""
    lengths = np.diff(starts)[places]
    source = np.repeat(np.arange(len(places)), lengths)
    return flat[starts[places[source]] + offsets_of(lengths)], source


def mix(ids: Ints) -> npt.NDArray[np.uint64]:
    """Digests mixed once more, so that sums of them do not meet by chance."""
    value = ids.view(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    value ^= value >> np.uint64(29)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    value ^= value >> np.uint64(32)
    return value


def digests_of(texts: list[str]) -> Ints:
    """A 64-bit digest of each text, the same in every process; 0 for the empty one.

    Every byte is mixed with its place, and the results are summed: a whole column in a few passes.
    """
    offsets = np.zeros(len(texts) + 1, np.int64)
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    np.cumsum([len(text) for text in encoded], out=offsets[1:])
    data = np.frombuffer(b"".join(encoded), np.uint8).astype(np.int64)
    lengths = np.diff(offsets)
    owners = np.repeat(np.arange(len(texts)), lengths)
    return sum_of_mixes(data + 256 * offsets_of(lengths) + 1, owners, len(texts))


def sum_of_mixes(ids: Ints, owners: Ints, count: int) -> Ints:
    """A digest of each owner's bag, whatever its order: the sum of its members, well mixed; 0 for the empty bag."""
    total = np.zeros(count, np.uint64)
    if len(owners) and np.all(owners[1:] >= owners[:-1]):
        firsts = np.flatnonzero(np.diff(owners, prepend=-1))
        total[owners[firsts]] = np.add.reduceat(np.where(ids == 0, np.uint64(0), mix(ids)), firsts)
    else:
        np.add.at(total, owners, np.where(ids == 0, np.uint64(0), mix(ids)))
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
