"""Which labelled rows of a trade look like this text, letter by letter? A tariff has no brands and no cut words."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from landwaiter.classify.hs_index import Floats, Ints, Postings

# So many letters in a row are compared; the blank at the ends of a word counts as one.
SHORTEST, LONGEST = 3, 5
# What a text is read for: a manifest's text is cut at thirty signs or so, and a title's end says little.
MOST_LETTERS = 120

Numbers = npt.NDArray[np.float64]


class Letters:
    """Labelled rows by their runs of letters; `width` is the number of codes."""

    def __init__(self, texts: Sequence[str], codes: Sequence[int], width: int) -> None:
        self.width = width
        self._codes = np.array(codes, np.int64)
        runs = [sorted(runs_of(text)) for text in texts]
        self._numbers = {run: number for number, run in enumerate(sorted({run for row in runs for run in row}))}
        columns = np.repeat(np.arange(len(runs)), [len(row) for row in runs]).astype(np.int32)
        numbers = np.array([self._numbers[run] for row in runs for run in row], np.int32)
        counts = np.bincount(numbers, minlength=len(self._numbers))
        self._rarity = np.log1p(len(runs) / np.maximum(counts, 1)).astype(np.float32)
        masses = np.bincount(columns, self._rarity[numbers] ** 2, len(runs))
        self._norms = np.sqrt(np.maximum(masses, 1e-6))
        order = np.lexsort((columns, numbers))
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        self._rows = Postings(starts, columns[order], self._rarity[numbers[order]] ** 2, len(runs))
        self._by_code = _lifts(numbers, self._codes[columns].astype(np.int32), width, len(self._numbers))
        self.counts = np.log1p(np.bincount(self._codes, minlength=width))

    def look(self, text: str) -> Numbers:
        """For each code: how like its likest row is, how far its rows' letters speak for it, and how many they are."""
        runs = sorted(runs_of(text))
        known = [self._numbers[run] for run in runs if run in self._numbers]
        found = np.zeros((3, self.width))
        found[2] = self.counts
        if not known:
            return found
        mass = float((self._rarity[known] ** 2).sum()) + (len(runs) - len(known)) * float(self._rarity.max()) ** 2
        alike = self._rows.add_up(known, [1.0] * len(known)) / (self._norms * np.sqrt(mass))
        np.maximum.at(found[0], self._codes, alike)
        found[1] = self._by_code.add_up(known, [1.0] * len(known)) / len(runs)
        return found


def runs_of(text: str) -> set[str]:
    """The runs of letters and digits in the words of a text."""
    words = "".join(char if char.isalnum() else " " for char in text[:MOST_LETTERS].casefold()).split()
    return {
        padded[start : start + size]
        for padded in (f" {word} " for word in words)
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(max(1, len(padded) - size + 1))
    }


def _lifts(numbers: Ints, codes: Ints, width: int, count: int) -> Postings:
    """How much more often a run stands in rows of a code than in all rows, in logarithms, over zero only."""
    keys, times = np.unique(numbers.astype(np.int64) * width + codes, return_counts=True)
    runs, of_code = (keys // width).astype(np.int32), (keys % width).astype(np.int32)
    in_all = np.bincount(numbers, minlength=count)
    share = (times + 0.02) / (in_all[runs] + 0.02 * width)
    expected = np.bincount(codes, minlength=width) / max(codes.size, 1)
    lift: Floats = np.log1p(share / np.maximum(expected[of_code], 1e-5)).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(np.bincount(runs, minlength=count))]).astype(np.int32)
    return Postings(starts, of_code, lift, width)
