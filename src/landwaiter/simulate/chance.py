"""Where does chance come from? Counter-based streams keyed by (seed, stream), and hashes of whole arrays."""

import numpy as np
import numpy.typing as npt

from landwaiter.simulate.facts import Floats, Ints

Hashes = npt.NDArray[np.uint64]


def stream(seed: int, number: int) -> np.random.Generator:
    """An independent stream of random numbers; stream 0 plans the world, stream n + 1 makes chunk n."""
    return np.random.Generator(np.random.Philox(key=np.array([seed, number], dtype=np.uint64)))


def mix(seed: int, *parts: Ints | int) -> Hashes:
    """A hash of each row of the parts (splitmix64), the same wherever the row is met again."""
    return mix_on(np.asarray(np.uint64(seed & (2**63 - 1))), *parts)


def mix_on(state: Hashes, *parts: Ints | int) -> Hashes:
    """The same for a hash that is known already, and what it is of further on."""
    for part in parts:
        state = _scrambled(state ^ _scrambled(np.asarray(part).astype(np.uint64)))
    return state


def share(seed: int, *parts: Ints | int) -> Floats:
    """The hash as a number from 0 to 1."""
    return as_share(mix(seed, *parts))


def as_share(state: Hashes) -> Floats:
    """A hash as a number from 0 to 1."""
    return (state >> np.uint64(11)).astype(np.float64) / float(2**53)


def choice(size: int | Ints, seed: int, *parts: Ints | int) -> Ints:
    """The hash as a position below `size`."""
    return np.floor(share(seed, *parts) * size).astype(np.int64)


def _scrambled(value: Hashes) -> Hashes:
    with np.errstate(over="ignore"):
        mixed = np.asarray(value + np.uint64(0x9E3779B97F4A7C15))
        mixed ^= mixed >> np.uint64(30)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(27)
        mixed *= np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
        return mixed
