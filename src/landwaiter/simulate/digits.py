"""How are many numbers written out fast? As Arrow texts of one width: letters, then as many digits for each."""

from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from landwaiter.simulate.facts import Ints, Texts


def lettered(heads: Texts, head: Ints, number: Ints, *, digits: int = 10) -> pa.StringArray:
    """For each number a text: its head, by position among the heads, and its digits, with leading zeros.

    Args:
        heads: letters without accents, all of one length.
        number: below 10**digits.
        digits: six to ten.
    """
    letters = np.frombuffer("".join(heads.tolist()).encode("ascii"), dtype=np.uint8).reshape(len(heads), -1)
    wide = letters.shape[1]
    text = np.empty((len(number), wide + digits), dtype=np.uint8)
    text[:, :wide] = letters[head]
    five = _five_digits()
    text[:, wide:-5] = five[number // 100_000, 10 - digits :]
    text[:, -5:] = five[number % 100_000]
    offsets = np.arange(len(number) + 1, dtype=np.int32) * (wide + digits)
    return pa.StringArray.from_buffers(len(number), pa.py_buffer(offsets), pa.py_buffer(text))


@cache
def _five_digits() -> npt.NDArray[np.uint8]:
    """The digits of every number of five."""
    number = np.arange(100_000)[:, None]
    return np.asarray(number // np.array([10_000, 1_000, 100, 10, 1]) % 10 + ord("0")).astype(np.uint8)
