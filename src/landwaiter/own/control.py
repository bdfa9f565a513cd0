"""Which of our parties does a listed party own or control, under which regime, and on what does that rest?

That an owner is the listed party is known by name, as for every match: each answer keeps the score of that match.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.own.answer import Answer, decide
from landwaiter.own.graph import Graph, read_graph
from landwaiter.own.rules import REGIMES, rule_of
from landwaiter.ref.facts import read_facts
from landwaiter.tables import TABLES

_WORTH = {"yes": 2, "possible": 1, "no": 0}
# A way of owners is told to this many; more are counted.
_MOST_STEPS = 6


@dataclass(frozen=True)
class _Listed:
    """How one of our parties matches the lists under one regime: the best score, and the listings."""

    score: float
    listings: tuple[str, ...]
    said: str


def control(corridor: Corridor, *, as_of: date) -> None:
    """Read ownership, holders, parties, matches and listings_matched; put control_of and owners."""
    graph = _graph_of_parties(corridor, as_of)
    names = _names(corridor)
    answers: list[Answer] = []
    listed: dict[str, dict[str, _Listed]] = {}
    for regime in REGIMES:
        listed[regime] = _listed(corridor, regime)
        answers += decide(graph, {party: one.said for party, one in listed[regime].items()}, regime, as_of)
    control_of = [_line(answer, root) for answer in answers for root in answer.listed]
    control_of.sort(key=lambda line: (str(line["party_id"]), str(line["listed_party"]), str(line["regime"])))
    corridor.put("control_of", pa.Table.from_pylist(control_of, schema=TABLES["control_of"].schema))
    owners = list(_owners(answers, listed, graph, names))
    corridor.put("owners", pa.Table.from_pylist(owners, schema=TABLES["owners"].schema))


def _graph_of_parties(corridor: Corridor, as_of: date) -> Graph:
    """Holdings between parties: the same holding in two sources is one when both name the same parties."""
    holders = corridor.get("holders")
    party_of = dict(zip(holders.column("holder_id").to_pylist(), holders.column("party_id").to_pylist(), strict=True))
    table = corridor.get("ownership")
    for side in ("owner_id", "owned_id"):
        ids = [party_of.get(one) or one for one in table.column(side).to_pylist()]
        table = table.set_column(table.column_names.index(side), side, pa.array(ids, pa.string()))
    joint = [[party_of.get(one) or one for one in others] for others in table.column("joint_with").to_pylist()]
    place = table.column_names.index("joint_with")
    return read_graph(table.set_column(place, "joint_with", pa.array(joint, pa.list_(pa.string()))), as_of)


def _names(corridor: Corridor) -> dict[str, str]:
    parties = corridor.get("parties")
    return dict(zip(parties.column("party_id").to_pylist(), parties.column("name").to_pylist(), strict=True))


def _listed(corridor: Corridor, regime: str) -> dict[str, _Listed]:
    """Our parties that could be a listed party from whom the cascade of a regime begins."""
    listings = {row["listing_id"]: row for row in corridor.get("listings_matched").to_pylist()}
    found: dict[str, list[dict[str, object]]] = defaultdict(list)
    for match in corridor.get("matches").to_pylist():
        if match["decision"] == "cleared":
            continue
        listing = listings[match["listing_id"]]
        if regime in regimes_of(listing["list"], listing["programmes"]):
            found[match["party_id"]].append({**match, "why": listing["reason"] or ""})
    listed = {}
    for party, matches in found.items():
        best = min(matches, key=lambda one: (-float(str(one["score"])), str(one["listing_id"])))
        ids = tuple(sorted({str(one["listing_id"]) for one in matches}))
        listed[party] = _Listed(float(str(best["score"])), ids, str(best["why"]))
    return listed


def regimes_of(list_name: str, programmes: Iterable[str]) -> set[str]:
    """Under which regimes an entry begins a cascade; one of a list that no regime knows, under all."""
    lines = [line for line in read_facts("list_regimes").to_pylist() if line["list"] == list_name]
    if not lines:
        return set(REGIMES)
    said = set(programmes)
    return {line["regime"] for line in lines if line["regime"] and (not line["programme"] or line["programme"] in said)}


def _line(answer: Answer, root: str) -> dict[str, object]:
    return {
        "party_id": answer.party_id,
        "listed_party": root,
        "regime": answer.regime,
        "answer": answer.answer,
        "edges": list(answer.edges),
        "flags": list(answer.flags),
        "reason": answer.reason,
    }


def _owners(
    answers: list[Answer], listed: dict[str, dict[str, _Listed]], graph: Graph, names: dict[str, str]
) -> Iterable[dict[str, object]]:
    """What all regimes together say of one party and one listed owner."""
    of_pair: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    by_party = {(answer.regime, answer.party_id): answer for answer in answers}
    for answer in answers:
        for root in answer.listed:
            of_pair[answer.party_id, root].append(answer)
    for (party, root), said in sorted(of_pair.items()):
        best = max(said, key=lambda one: (_WORTH[one.answer], -REGIMES.index(one.regime)))
        way = _way(best, root, by_party)
        matched = listed[best.regime][root]
        yield {
            "party_id": party,
            "listed_party": root,
            "owner_name": names.get(root, graph.names.get(root, root)),
            "answer": best.answer,
            "verdicts": _verdicts(said),
            "way": " > ".join(names.get(one, graph.names.get(one, one)) for one in way),
            "way_ids": way,
            "steps": len(way) - 1,
            "flags": sorted({flag for one in said for flag in one.flags}),
            "match_score": matched.score,
            "listing_ids": list(matched.listings),
        }


def _way(answer: Answer, root: str, by_party: dict[tuple[str, str], Answer]) -> list[str]:
    """One way of owners from the listed party down, along the edges of the proof."""
    way, seen = [answer.party_id], {answer.party_id}
    here: Answer | None = answer
    while here is not None and len(way) <= _MOST_STEPS:
        owners = [edge.split(">", 1)[0] for edge in here.edges if edge.split(">", 1)[1] == way[-1]]
        if root in owners:
            return [root, *reversed(way)]
        onward = [one for one in owners if one not in seen and root in _roots(by_party.get((answer.regime, one)))]
        if not onward:
            break
        way.append(onward[0])
        seen.add(onward[0])
        here = by_party[answer.regime, onward[0]]
    return [root, *reversed(way)]


def _roots(answer: Answer | None) -> tuple[str, ...]:
    return answer.listed if answer is not None else ()


def _verdicts(said: list[Answer]) -> str:
    """Which regime says what on which day; those without a rule of ownership have nothing to say."""
    ordered = sorted(said, key=lambda one: REGIMES.index(one.regime))
    parts = []
    for one in ordered:
        rule = rule_of(one.regime, one.as_of)
        if rule.in_force:
            doubt = " (unconfirmed: no, if its suspension was extended)" if rule.doubt and one.answer != "no" else ""
            parts.append(f"{rule.title}: {one.answer}{doubt}")
        elif rule.threshold:
            parts.append(f"{rule.title}: not in force")
    return f"on {ordered[0].as_of}: " + "; ".join(parts)
