"""What could not be compared, and why? It is said in few lines, however many origins it concerns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow.compute as pc

from landwaiter.engine.corridor import Corridor
from landwaiter.mirror import reasons
from landwaiter.mirror.cells import NotRun
from landwaiter.mirror.dates import Comparison


def without_placebo(corridor: Corridor) -> list[NotRun]:
    """Origins and sizes with so few placebo dates that none of them could be beyond the nominal share."""
    said = []
    measures, limits = corridor.get("mirror_measures"), corridor.get("mirror_limits").to_pylist()
    for kind in ("break", "hub_share"):
        control = measures.filter(pc.and_(pc.equal(measures["role"], "control"), pc.equal(measures["kind"], kind)))
        counts = control.group_by(["origin", "size"]).aggregate([("unit", "count")]).to_pylist()
        known = {(row["origin"], row["size"]) for row in limits if row["kind"] == kind}
        lacking: dict[str, int] = {}
        for row in counts:
            if (row["origin"], row["size"]) not in known:
                lacking[row["origin"]] = lacking.get(row["origin"], 0) + row["unit_count"]
        for origin in sorted(lacking):
            why = f"{lacking[origin]} series have too few series of their size at placebo dates to be judged"
            said.append((f"{kind} of {origin}", why))
    return said


def not_compared(corridor: Corridor, tests: Mapping[int, Comparison]) -> list[NotRun]:
    """Codes that mean other goods in both windows, by period for all origins, and the headings that stand for them."""
    by_test = corridor.get("mirror_statuses").group_by(["test_no", "status"]).aggregate([([], "count_all")])
    statuses: dict[int, dict[str, int]] = {}
    for row in by_test.to_pylist():
        statuses.setdefault(row["test_no"], {})[row["status"]] = row["count_all"]
    whole: dict[int, list[str]] = {}
    for row in corridor.get("mirror_headings").to_pylist():
        whole.setdefault(row["test_no"], []).append(row["hs4"])
    found: dict[tuple[str, str], _Left] = {}
    for number, test in tests.items():
        counts = statuses.get(number, {})
        if test.role == "placebo" or counts.keys() <= {"comparable"}:
            continue
        kinds = f"substitution for {test.target}" if test.role == "window" else "break, hub_share"
        left = found.setdefault((kinds, test.period), _Left([], Counter(), set()))
        left.origins.append(test.origin)
        left.counts.update(counts)
        left.headings.update(whole.get(number, []) if test.role == "control" else [])
    return [
        (f"{kinds} of {_listed(left.origins)}, {period}", reasons.revision(left.counts, sorted(left.headings)))
        for (kinds, period), left in found.items()
    ]


@dataclass
class _Left:
    """What was left out of the comparisons of one period."""

    origins: list[str]
    counts: Counter[str]
    headings: set[str]


def gathered(not_run: Sequence[NotRun]) -> list[NotRun]:
    """One line for all subjects of one reason: `break of TW` and `break of JP` become `break of JP, TW`."""
    subjects: dict[tuple[str, str], list[str]] = {}
    for name, reason in not_run:
        what, _, subject = name.partition(" of ")
        subjects.setdefault((what, reason), []).append(subject)
    return [
        (f"{what} of {_listed(found)}" if found != [""] else what, reason) for (what, reason), found in subjects.items()
    ]


def _listed(names: Sequence[str]) -> str:
    """Names with commas; beyond ten their number."""
    shown = sorted(names)[:10]
    return ", ".join(shown) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
