"""Who comes first? Adds up the findings on each party, chain and route to one explained, ranked probability."""

import csv
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import read_step
from landwaiter.tables import TABLES

HERE = Path(__file__).parent
# A red flag that weights.csv does not know yet counts a little, until it is fitted: adding one edits no other file.
UNFITTED = 1.0
# The weights were fitted on a few thousand parties: no share nearer to one can be told from them.
SUREST = 0.999


class Subject(NamedTuple):
    """Who or what is pointed at: kind is party, chain or route."""

    kind: str
    id: str


class Pointer(NamedTuple):
    """One finding, as far as fusing needs it."""

    finding_id: str
    flag: str
    strength: float


Weights = Mapping[tuple[str, str], float]


def assess(
    corridor: Corridor, *, innocent: Mapping[str, str], context: Collection[str] = (), view: object = None
) -> None:
    """Put `assessments`: every party, chain and route with a finding, scored and ranked.

    The score is a logistic sum of the strongest finding of each red flag, so that one fact told twice does not count
    twice and more evidence never lowers it. A chain adds the score of the most suspicious party that relayed it. More
    evidence than a score of 0.999 tells still ranks higher.
    Reads `findings`, `parties`, `shipments`, `hops` and `chains`.

    Args:
        innocent: what would explain each red flag innocently, by its id.
        context: flags that are context alone: they are told beside others, weigh nothing and make nobody a lead.
        view: whose books the run has, a, b or c: what a hub's own books show is right more often than what is inferred.
    """
    pointed = _pointed_at(corridor, context)
    weights = read_weights()
    seen = [Pointer("", "view_c", 1.0)] if view == "c" else []
    scores = {
        subject: score(subject.kind, [*pointers, *seen] if subject.kind == "party" else pointers, weights)
        for subject, pointers in pointed.items()
        if subject.kind != "chain"
    }
    hub_of = _most_suspicious_hubs(corridor, scores)
    for subject, pointers in pointed.items():
        if subject.kind == "chain":
            hub = Pointer("", "hub", hub_of.get(subject.id, 0.0))
            scores[subject] = score("chain", [*pointers, hub], weights)
    corridor.put("assessments", _ranked(corridor, pointed, scores, innocent))


def read_weights() -> dict[tuple[str, str], float]:
    """The weight of each term, by subject kind and term; see the head of weights.csv for how they were found."""
    with (HERE / "weights.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {(row["subject_kind"], row["term"]): float(row["weight"]) for row in rows}


def score(kind: str, pointers: Iterable[Pointer], weights: Weights) -> float:
    """Probability, 0 to 1, that a subject with these findings is part of a diversion."""
    strongest: dict[str, float] = {}
    for pointer in pointers:
        strongest[pointer.flag] = max(strongest.get(pointer.flag, 0.0), pointer.strength)
    terms = [weights.get((kind, flag), UNFITTED) * strongest[flag] for flag in sorted(strongest)]
    return 1 / (1 + math.exp(-math.fsum([weights[kind, "intercept"], *terms])))


def _pointed_at(corridor: Corridor, context: Collection[str]) -> dict[Subject, list[Pointer]]:
    pointed: dict[Subject, list[Pointer]] = defaultdict(list)
    columns = ["subject_kind", "subject_id", "finding_id", "flag", "strength"]
    for row in corridor.get("findings").select(columns).to_pylist():
        if row["subject_kind"] in ("party", "chain", "route"):
            subject = Subject(row["subject_kind"], row["subject_id"])
            strength = 0.0 if row["flag"] in context else row["strength"]
            pointed[subject].append(Pointer(row["finding_id"], row["flag"], strength))
    return {one: all_ for one, all_ in pointed.items() if any(pointer.flag not in context for pointer in all_)}


def _most_suspicious_hubs(corridor: Corridor, scores: Mapping[Subject, float]) -> dict[str, float]:
    """For every chain the highest score among the parties that relayed it."""
    corridor.run(read_step(HERE / "chain_hubs.sql"), {})
    highest: dict[str, float] = {}
    for row in corridor.get("chain_hubs").to_pylist():
        found = scores.get(Subject("party", row["party_id"]), 0.0)
        highest[row["chain_id"]] = max(highest.get(row["chain_id"], 0.0), found)
    corridor.drop("chain_hubs")
    return highest


def _ranked(
    corridor: Corridor,
    pointed: Mapping[Subject, list[Pointer]],
    scores: Mapping[Subject, float],
    innocent: Mapping[str, str],
) -> pa.Table:
    values = _values(corridor)
    parties = corridor.get("parties").select(["party_id", "name", "country"]).to_pylist()
    named = {row["party_id"]: (row["name"], row["country"]) for row in parties}
    # Firms before chains: an officer opens a case on a firm, and its chains are its evidence.
    order = sorted(pointed, key=lambda one: (one.kind != "party", -scores[one], -values[one], one.id))
    rows = []
    for rank, subject in enumerate(order, start=1):
        name, country = named[subject.id] if subject.kind == "party" else (None, None)
        strongest_first = sorted(pointed[subject], key=lambda pointer: (-pointer.strength, pointer.finding_id))
        rows.append(
            {
                "subject_kind": subject.kind,
                "subject_id": subject.id,
                "name": name,
                "country": country,
                "score": min(SUREST, round(scores[subject], 6)),
                "rank": rank,
                "reasons": [pointer.finding_id for pointer in strongest_first],
                "innocent": list(dict.fromkeys(innocent[pointer.flag] for pointer in strongest_first)),
                "value_usd": values[subject] / 100,
            }
        )
    return pa.Table.from_pylist(rows, schema=TABLES["assessments"].schema)


def _values(corridor: Corridor) -> dict[Subject, int]:
    """Value in cents of the distinct rows that prove the findings on each subject."""
    pairs = {
        (row["subject_kind"], row["subject_id"], one)
        for row in corridor.get("findings").select(["subject_kind", "subject_id", "evidence"]).to_pylist()
        for one in row["evidence"]
    }
    columns = list(zip(*sorted(pairs), strict=True)) or [(), (), ()]
    schema = pa.schema([("subject_kind", pa.string()), ("subject_id", pa.string()), ("row_id", pa.string())])
    corridor.put("subject_rows", pa.table([pa.array(column, pa.string()) for column in columns], schema=schema))
    corridor.run(read_step(HERE / "subject_values.sql"), {})
    values: dict[Subject, int] = defaultdict(int)
    for row in corridor.get("subject_values").to_pylist():
        values[Subject(row["subject_kind"], row["subject_id"])] = row["cents"]
    for name in ("subject_rows", "subject_values"):
        corridor.drop(name)
    return values
