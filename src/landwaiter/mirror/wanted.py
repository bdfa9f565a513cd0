"""Which goods does a target want most and no longer get? Those that it lost, and that its neighbours began to buy.

A code stands high where both are so: the target lost much of what it bought before, and the neighbours gained more
than their own trade in it would let one expect. The two are ranked among all codes and count the same; nothing is
fitted, so no list of goods that was published later is in it. A ranking is a forecast, not a finding.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from landwaiter.mirror.dates import Comparison

Numbers = NDArray[np.float64]
WANTED = pa.schema(
    [
        ("origin", pa.string()),
        ("target", pa.string()),
        ("period", pa.string()),
        ("hs6", pa.string()),
        ("lost_cents", pa.int64()),
        ("lost_share", pa.float64()),
        ("gained_cents", pa.int64()),
        ("score", pa.float64()),
        ("rank", pa.int64()),
    ]
)


def wanted(
    windows: pa.Table, tests: Mapping[int, Comparison], neighbours: Mapping[str, Sequence[str]], least_cents: int
) -> pa.Table:
    """The codes of every substitution window, most wanted first.

    Args:
        windows: what each partner bought of each comparable code before and after, `mirror_windows`; a code that is
            only new in a revision of the nomenclature is not in it.
        least_cents: amounts under this count as noise, so that first kilograms are no surge.
    """
    tables = [WANTED.empty_table()]
    for number, test in sorted(tests.items()):
        if test.role == "window":
            mine = windows.filter(pc.and_(pc.equal(windows.column("test_no"), number), _whole_codes(windows)))
            tables.append(_of_window(mine, test, neighbours[test.target], least_cents))
    return pa.concat_tables(tables)


def _whole_codes(windows: pa.Table) -> pa.ChunkedArray:
    return pc.equal(windows.column("is_heading"), 0)


def _of_window(windows: pa.Table, test: Comparison, beside: Sequence[str], least_cents: int) -> pa.Table:
    codes = np.array(sorted(set(windows.column("unit").to_pylist())), dtype=object)
    if not len(codes):
        return WANTED.empty_table()
    partner = windows.column("partner")
    lost_before, lost_after = _sums(windows.filter(pc.equal(partner, test.target)), codes)
    near_before, near_after = _sums(windows.filter(pc.is_in(partner, pa.array(beside, pa.string()))), codes)
    lost, gained = lost_before - lost_after, near_after - near_before
    noise = max(least_cents, 1)
    share = lost / (lost_before + noise)
    # Trade wavers with the root of its size: a gain is measured in that.
    surge = gained / np.sqrt(near_before + noise)
    score = (_ranked(share) + _ranked(surge)) / 2
    order = np.lexsort((codes.astype(str), -score))
    return pa.table(
        {
            "origin": [test.origin] * len(codes),
            "target": [test.target] * len(codes),
            "period": [test.period] * len(codes),
            "hs6": codes[order].tolist(),
            "lost_cents": lost[order].astype(np.int64),
            "lost_share": np.round(share[order], 6),
            "gained_cents": gained[order].astype(np.int64),
            "score": np.round(score[order], 6),
            "rank": np.arange(1, len(codes) + 1),
        },
        schema=WANTED,
    )


def _sums(windows: pa.Table, codes: NDArray[np.object_]) -> tuple[Numbers, Numbers]:
    """Before and after of each code, nought where nothing was bought."""
    place = np.searchsorted(codes.astype(str), np.array(windows.column("unit").to_pylist(), dtype=str))
    before, after = (windows.column(name).combine_chunks().to_numpy(False) for name in ("before_cents", "after_cents"))
    count = len(codes)
    sums = [np.bincount(place, amounts, minlength=count).astype(np.float64) for amounts in (before, after)]
    return sums[0], sums[1]


def _ranked(values: Numbers) -> Numbers:
    """The share of codes that are not above each, ties in the middle."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Numbers = ((np.cumsum(counts) - (counts - 1) / 2)[place]) / len(values)
    return ranks
