"""Which cases first, when a week has room for so many? Those that together find the most.

Firms that stand in the same rows (a hub and the one before it, the shells of one buyer) are found by one case: who
opens it sees the others. So a case is worth the scores of all whom it shows and no earlier case has shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

QUEUE = pa.schema(
    [
        ("place", pa.int64()),
        ("subject_id", pa.string()),
        ("name", pa.string()),
        ("country", pa.string()),
        ("score", pa.float64()),
        ("also_shown", pa.list_(pa.string())),
        ("expected", pa.float64()),
        ("expected_so_far", pa.float64()),
    ]
)
# A row that so many firms' findings cite joins nobody: it is a register's or a list's, not a deal of a few.
MOST_IN_A_RING = 12


class Case(NamedTuple):
    """One case: whom it opens on, whom it shows besides, and how many of them are expected to be right."""

    subject: str
    also: tuple[str, ...]
    expected: float


def queue(assessments: pa.Table, findings: pa.Table, *, budget: int, least: float = 0.0) -> pa.Table:
    """The cases of a week in the order in which to open them, as QUEUE.

    Greedy: each next case is the one that adds the most expected finds, which is within 1 - 1/e of the best choice.

    Args:
        budget: how many cases.
        least: firms of a lower score open no case; another case may still show them.
    """
    parties = assessments.filter(pc.equal(assessments["subject_kind"], "party"))
    rows = {row["subject_id"]: row for row in parties.to_pylist()}
    scores = {party: row["score"] for party, row in rows.items()}
    cases = choose(scores, _beside(findings, scores), budget=budget, least=least)
    told, so_far = [], 0.0
    for place, case in enumerate(cases, start=1):
        so_far += case.expected
        row = rows[case.subject]
        told.append(
            {
                "place": place,
                "subject_id": case.subject,
                "name": row["name"],
                "country": row["country"],
                "score": row["score"],
                "also_shown": list(case.also),
                "expected": round(case.expected, 4),
                "expected_so_far": round(so_far, 4),
            }
        )
    return pa.Table.from_pylist(told, schema=QUEUE)


def choose(
    scores: Mapping[str, float], beside: Mapping[str, Iterable[str]], *, budget: int, least: float = 0.0
) -> list[Case]:
    """Case after case the one that adds most; its gain only ever shrinks, so the largest kept gain is asked again."""
    shown: set[str] = set()

    def gain(party: str) -> float:
        return sum(scores[one] for one in {party, *beside.get(party, ())} if one not in shown)

    waiting = [(-gain(party), -scores[party], party) for party in scores if scores[party] >= least]
    heapify(waiting)
    cases: list[Case] = []
    while waiting and len(cases) < budget:
        kept, score, party = heappop(waiting)
        now = gain(party)
        if now < -kept - 1e-12:
            if now > 0:
                heappush(waiting, (-now, score, party))
            continue
        ring = {party, *beside.get(party, ())}
        cases.append(Case(party, tuple(sorted(ring - shown - {party})), now))
        shown |= ring
    return cases


def _beside(findings: pa.Table, scores: Mapping[str, float]) -> dict[str, set[str]]:
    """For each firm the others whose findings cite a row that its own cite."""
    citing: dict[str, set[str]] = defaultdict(set)
    for row in findings.select(["subject_kind", "subject_id", "evidence"]).to_pylist():
        if row["subject_kind"] == "party" and row["subject_id"] in scores:
            for one in row["evidence"]:
                citing[one].add(row["subject_id"])
    beside: dict[str, set[str]] = defaultdict(set)
    for ring in {frozenset(parties) for parties in citing.values() if 1 < len(parties) <= MOST_IN_A_RING}:
        for party in ring:
            beside[party] |= ring - {party}
    return beside
