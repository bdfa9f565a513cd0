"""Did controlled goods grow at a hub beyond what uncontrolled goods did there, and beyond the same elsewhere?

The triple difference: growth of treated goods at a hub, less that of untreated goods at the same hub (a boom of the
hub), less the same difference at partners that are neither hub nor target (a boom of the goods). The interval comes
from drawing the codes again; the same at every placebo date says how far such a figure goes when nothing happened.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from landwaiter.mirror.cells import NotRun
from landwaiter.mirror.dates import Comparison
from landwaiter.mirror.reasons import Row
from landwaiter.ref.facts import read_facts

Numbers = NDArray[np.float64]
DRAWS, SURE = 999, (0.025, 0.975)
# With fewer codes or dates there is nothing to draw from, and nothing to compare with.
LEAST_TREATED, LEAST_UNTREATED, LEAST_PLACEBOS = 3, 10, 4
ALL_HUBS = "all hubs"
TRIPLES = pa.schema(
    [
        ("test_no", pa.int32()),
        ("origin", pa.string()),
        ("role", pa.string()),
        ("partner", pa.string()),
        ("treated", pa.int64()),
        ("untreated", pa.int64()),
        ("at_hub", pa.float64()),
        ("elsewhere", pa.float64()),
        ("estimate", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("seen_cents", pa.int64()),
    ]
)


@dataclass(frozen=True)
class Sides:
    """Who is a hub, who a target, and which codes are treated.

    Args:
        hubs: through which goods could go instead.
        targets: left out on both sides, since their loss is what the others gain.
        treated: beginnings of codes whose export is controlled.
    """

    hubs: Sequence[str]
    targets: Collection[str]
    treated: tuple[str, ...]


def priority_goods(as_of: str) -> tuple[str, ...]:
    """The codes of the Common High Priority List as it stood on a day, with their predecessors of HS 2017."""
    rows = [row for row in read_facts("chpl").to_pylist() if row["listed_by"] <= as_of]
    return tuple(sorted({row[name] for row in rows for name in ("hs6", "hs2017") if row[name]}))


def triple_differences(
    windows: pa.Table, tests: Mapping[int, Comparison], sides: Sides
) -> tuple[pa.Table, list[NotRun]]:
    """The triple difference of every hub, and of all together, at control and placebo dates; what could not be made.

    Args:
        windows: `mirror_windows`: what each partner bought of each comparable code before and after. A code that is
            only new is not in it.
    """
    rows: list[dict[str, object]] = []
    lacking: dict[str, str] = {}
    kept = windows.filter(pc.equal(windows.column("is_heading"), 0))
    for number, test in sorted(tests.items()):
        if test.role == "window":
            continue
        mine = kept.filter(pc.equal(kept.column("test_no"), number))
        goods = _Goods(mine, sides)
        if goods.lacks:
            lacking.setdefault(test.origin, goods.lacks)
            continue
        for partner in (ALL_HUBS, *sorted(set(sides.hubs) & set(mine.column("partner").to_pylist()))):
            found = goods.difference(sides.hubs if partner == ALL_HUBS else [partner])
            if found:
                rows.append({"test_no": number, "origin": test.origin, "role": test.role, "partner": partner, **found})
    said = [(f"triple_difference of {origin}", why) for origin, why in lacking.items()]
    return pa.Table.from_pylist(rows, schema=TRIPLES), said


class _Goods:
    """What each partner bought of each code in one test, as columns of amounts by code."""

    def __init__(self, windows: pa.Table, sides: Sides) -> None:
        self._codes, self._place = np.unique(np.array(windows.column("unit").to_pylist(), str), return_inverse=True)
        self._partners = np.array(windows.column("partner").to_pylist(), str)
        self._amounts = [
            windows.column(name).combine_chunks().to_numpy(False).astype(np.float64)
            for name in ("before_cents", "after_cents")
        ]
        treated = np.array([code.startswith(sides.treated) for code in self._codes], bool)
        self._treated, self._untreated = np.flatnonzero(treated), np.flatnonzero(~treated)
        self._beside = sorted(set(self._partners.tolist()) - set(sides.hubs) - set(sides.targets))
        self.lacks = self._what_lacks()

    def _what_lacks(self) -> str:
        if not self._beside:
            return "every partner is a target or a way round one: growth of the goods elsewhere is not known"
        if len(self._treated) < LEAST_TREATED:
            return f"under {LEAST_TREATED} comparable codes of controlled goods: name them with --treated"
        if len(self._untreated) < LEAST_UNTREATED:
            return (
                f"under {LEAST_UNTREATED} comparable codes of uncontrolled goods: the file holds controlled goods only"
            )
        return ""

    def difference(self, hubs: Sequence[str]) -> dict[str, object] | None:
        """The difference with its interval; None where one of the eight sums is nothing."""
        here, there = self._sums(hubs), self._sums(self._beside)
        every = [side[when][goods].sum() for side in (here, there) for when in (0, 1) for goods in self._kinds()]
        if min(every) <= 0:
            return None
        at_hub, elsewhere = self._growth(here, *self._kinds()), self._growth(there, *self._kinds())
        low, high = self._interval(here, there)
        return {
            "treated": len(self._treated),
            "untreated": len(self._untreated),
            "at_hub": round(at_hub, 4),
            "elsewhere": round(elsewhere, 4),
            "estimate": round(at_hub - elsewhere, 4),
            "low": round(low, 4),
            "high": round(high, 4),
            "seen_cents": int(here[1][self._treated].sum()),
        }

    def _kinds(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return self._treated, self._untreated

    def _sums(self, partners: Sequence[str]) -> list[Numbers]:
        """Before and after of each code, of some partners together."""
        mine = np.isin(self._partners, list(partners))
        count = len(self._codes)
        found: list[Numbers] = [np.zeros(count), np.zeros(count)]
        for sums, amounts in zip(found, self._amounts, strict=True):
            np.add.at(sums, self._place[mine], amounts[mine])
        return found

    @staticmethod
    def _growth(side: list[Numbers], treated: NDArray[np.int64], untreated: NDArray[np.int64]) -> float:
        """How much more treated goods grew than untreated ones, as a logarithm."""
        before, after = side
        with_controls = np.log(after[treated].sum() / before[treated].sum())
        return float(with_controls - np.log(after[untreated].sum() / before[untreated].sum()))

    def _interval(self, here: list[Numbers], there: list[Numbers]) -> tuple[float, float]:
        """The middle 95 % over codes drawn again, treated and untreated apart, the same draw at hub and elsewhere."""
        chance = np.random.Generator(np.random.Philox(len(self._codes)))
        sums = []
        for goods in self._kinds():
            drawn = chance.integers(0, len(goods), (DRAWS, len(goods)))
            sums.append([[side[when][goods][drawn].sum(axis=1) for when in (0, 1)] for side in (here, there)])
        # A draw in which some sum is nothing says that the figure hangs on a few codes: an endless interval is right.
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = [[np.log(after / before) for before, after in kind] for kind in sums]
            drawn_differences = (logs[0][0] - logs[1][0]) - (logs[0][1] - logs[1][1])
        drawn_differences = np.where(np.isnan(drawn_differences), -np.inf, drawn_differences)
        low, high = np.quantile(drawn_differences, SURE, method="closest_observation")
        return float(low), float(high)


def triple_rows(triples: pa.Table, tests: Mapping[int, Comparison], money: str) -> list[Row]:
    """One row for each hub whose difference lies above nought with its interval, and above every placebo date."""
    lines = triples.to_pylist()
    rows: list[Row] = []
    for line in lines:
        placebos = [
            one["estimate"]
            for one in lines
            if one["role"] == "placebo" and all(one[name] == line[name] for name in ("origin", "partner"))
        ]
        beyond = len(placebos) >= LEAST_PLACEBOS and line["estimate"] > max(placebos)
        if line["role"] != "control" or line["partner"] == ALL_HUBS or line["low"] <= 0 or not beyond:
            continue
        test, seen = tests[line["test_no"]], line["seen_cents"] / 100
        expected = seen / float(np.exp(line["estimate"]))
        reason = (
            f"controlled goods of {line['origin']} ({line['treated']} codes) to {line['partner']}: "
            f"{money} {seen:,.0f} in {test.period}, {_times(line['at_hub'])} the growth of {line['untreated']} "
            f"uncontrolled codes there, against {_times(line['elsewhere'])} at other partners: "
            f"{_times(line['estimate'])} ({_times(line['low'])} to {_times(line['high'])}, 95 %) what both would "
            f"let one expect; at {len(placebos)} dates when nothing happened at most {_times(max(placebos))}"
        )
        rows.append(
            {
                "reporter": line["origin"],
                "partner": line["partner"],
                "hs_code": "CONTROLLED",
                "period": test.period,
                "kind": "triple_difference",
                "expected": expected,
                "seen": seen,
                "score": round(1 - expected / seen, 4),
                "reason": reason,
            }
        )
    return rows


def _times(logarithm: float) -> str:
    return f"{np.exp(logarithm):.2f} times"
