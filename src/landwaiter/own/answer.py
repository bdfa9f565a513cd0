"""What does a regime say of each party that a listed one reaches, in words and with its proof?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from landwaiter.own.circles import in_circles
from landwaiter.own.graph import BOARD, CONTROL, SHARES, VOTES, WHOLE, Graph, Holdings
from landwaiter.own.proof import Proofs
from landwaiter.own.rules import UNIT, rule_of
from landwaiter.own.weights import control

FLAGS = ("minority", "unknown_share", "control", "former_owner", "over_100", "circular", "contradicted", "suspended")
# Of so many listed parties and holdings an answer names the first; its reason counts the others.
_MOST = 100


@dataclass(frozen=True)
class Answer:
    """One party under one regime: yes, possible or no.

    Args:
        listed: the listed parties from whom the proof starts, by id.
        edges: `owner_id>owned_id`; a proof goes on in the answers of the owners that it names.
        flags: of FLAGS.
        reason: the arithmetic in words.
    """

    party_id: str
    regime: str
    as_of: date
    answer: str
    listed: tuple[str, ...]
    edges: tuple[str, ...]
    flags: tuple[str, ...]
    reason: str


def decide(graph: Graph, listed: Mapping[str, str], regime: str, as_of: date) -> list[Answer]:
    """An answer for each party that a listed one reaches by shares, votes or control, now or formerly, by id.

    Args:
        graph: the holdings on the same day.
        listed: id to what the listing requires, which may be empty; ids that no holding names reach nobody.
    """
    rule = rule_of(regime, as_of)
    seeds = np.array(sorted({graph.places[one] for one in listed if one in graph.places}), np.int64)
    if not len(seeds):
        return []
    return _Answers(graph, Proofs(graph, seeds, rule), listed, as_of).all()


class _Answers:
    """One regime on one day."""

    def __init__(self, graph: Graph, proofs: Proofs, listed: Mapping[str, str], as_of: date) -> None:
        self.graph, self.proofs, self.rule, self.listed, self.as_of = graph, proofs, proofs.rule, listed, as_of
        self.circles = in_circles(graph, proofs.reached)
        self.over_whole = _over_whole(graph)
        self.unknown = graph.now.is_unknown
        # Of any regime: who appoints a board matters to an officer also where the law asks for shares.
        self.controls = control(graph.now)[1]
        self.roots: dict[int, tuple[int, ...]] = {seed: (seed,) for seed in proofs.seeds}

    def all(self) -> list[Answer]:
        """Worked out in the order of the proof, so that an owner's roots are known before its companies'.

        A listed party that others own comes last: it is its own root, and its owners may be reached late.
        """
        reached, late = self.proofs.reached, np.iinfo(np.int64).max
        turns = (self.proofs.closure.at_most.turn[reached], self.proofs.closure.surely.turn[reached])
        is_seed = np.isin(reached, list(self.proofs.seeds))
        order = np.lexsort((reached, *(np.where(turn < 0, late, turn) for turn in turns), is_seed))
        found = [self._of(place) for place in reached[order].tolist()]
        return sorted(found, key=lambda one: one.party_id)

    def _of(self, place: int) -> Answer:
        answer, proof = self.proofs.of(place)
        lines = [(self.graph.now, line) for line in proof or self.proofs.now.get(place, [])]
        lines = lines or [(self.graph.former, line) for line in self.proofs.former.get(place, ())]
        roots = self._roots(place, lines)
        flags = self._flags(place, answer)
        reason = self._reason(place, answer, proof, roots, flags)
        if not self.rule.in_force:
            answer = "no"
        edges = sorted({self._edge(holdings, line) for holdings, line in lines})
        if not proof:
            edges = edges[:_MOST]
        listed = tuple(self.graph.ids[root] for root in roots[:_MOST])
        named = tuple(flag for flag in FLAGS if flag in flags)
        party = self.graph.ids[place]
        return Answer(party, self.rule.regime, self.as_of, answer, listed, tuple(edges), named, reason)

    def _roots(self, place: int, lines: Sequence[tuple[Holdings, int]]) -> tuple[int, ...]:
        owners = {int(holdings.owner[line]) for holdings, line in lines}
        found = tuple(
            sorted({root for owner in owners for root in self.roots.get(owner, ())}, key=self.graph.ids.__getitem__)
        )
        return self.roots.setdefault(place, found) if place not in self.proofs.seeds else found

    def _edge(self, holdings: Holdings, line: int) -> str:
        return f"{self.graph.ids[holdings.owner[line]]}>{self.graph.ids[holdings.owned[line]]}"

    def _flags(self, place: int, answer: str) -> set[str]:
        now, turn = self.graph.now, self.proofs.closure.at_most.turn
        held = [line for line in self.proofs.now.get(place, []) if turn[now.owner[line]] >= 0]
        shares = [line for line in held if now.kind[line] == SHARES and now.high[line] > 0]
        unknown = self.unknown
        flags = {
            "minority": answer == "no" and any(not unknown[line] for line in shares),
            "unknown_share": any(unknown[line] for line in shares),
            "control": any(self.controls[line] for line in held),
            "former_owner": any(turn[self.graph.former.owner[line]] >= 0 for line in self.proofs.former.get(place, ())),
            "over_100": place in self.over_whole,
            "circular": place in self.circles,
            "contradicted": any((now.owner[i], now.owned[i], now.kind[i]) in self.graph.contradicted for i in held),
            "suspended": not self.rule.in_force and self.rule.threshold > 0,
        }
        return {name for name, is_so in flags.items() if is_so}

    def _reason(self, place: int, answer: str, proof: Sequence[int], roots: Sequence[int], flags: set[str]) -> str:
        parts = [self.rule.title]
        if not self.rule.in_force:
            parts = [f"{self.rule.title}: {self.rule.note}"]
        held = proof or self.proofs.now.get(place, [])
        if held:
            parts.append(self._holdings(held))
        if self.rule.in_force:
            parts.append(self._verdict(answer, proof, held))
        if answer == "yes" and self.rule.in_force and self.rule.note:
            parts.append(self.rule.note + self._requirement(roots))
        if answer != "no" and self.rule.doubt:
            parts.append(self.rule.doubt)
        for line in self.proofs.former.get(place, ()) if "former_owner" in flags else ():
            former = self.graph.former
            parts.append(f"{self._name(int(former.owner[line]))} held {_share(former, line)} formerly")
        if "over_100" in flags:
            parts.append(f"the shares said of it sum to {_percent(int(self.over_whole[place]))}: check the data")
        if "contradicted" in flags:
            parts.append("sources contradict each other; everything between them was allowed for")
        if len(roots) > _MOST:
            parts.append(f"and {len(roots) - _MOST:,} more listed parties")
        return "; ".join(parts)

    def _holdings(self, lines: Sequence[int]) -> str:
        now = self.graph.now
        said = [f"{self._name(int(now.owner[line]))} holds {_share(now, line)}" for line in lines[:3]]
        return ", ".join(said) + (f" and {len(lines) - 3:,} more hold shares" if len(lines) > 3 else "")

    def _verdict(self, answer: str, proof: Sequence[int], held: Sequence[int]) -> str:
        needed = f"{'more than' if self.rule.strict else 'at least'} {_percent(self.rule.threshold)} is needed"
        now = self.graph.now
        if answer != "no" and any(self.controls[line] for line in proof):
            return f"which {'is' if answer == 'yes' else 'may be'} control"
        if answer == "yes":
            return needed
        if answer == "possible":
            return f"{needed}, which the stated bounds allow and do not prove"
        if held and any(now.kind[line] == SHARES for line in held):
            return f"not enough from listed or owned parties: {needed}"
        return "no present share or control that counts under this rule"

    def _requirement(self, roots: Sequence[int]) -> str:
        """Of several listed owners, whose licence requirement is the hardest."""
        wanted = {root: self.listed.get(self.graph.ids[root], "") for root in roots}
        hardest = [root for root, text in wanted.items() if "all items subject to the ear" in text.casefold()]
        if hardest:
            return (
                f": the requirement of {', '.join(self._name(root) for root in hardest)}, all items subject to the EAR"
            )
        said = [f"{self._name(root)}: {text}" for root, text in wanted.items() if text]
        return f"; compare {'; '.join(said)}" if said else ""

    def _name(self, place: int) -> str:
        one = self.graph.ids[place]
        return self.graph.names.get(one, one)


def _over_whole(graph: Graph) -> dict[int, int]:
    """Companies of which more than the whole is said to be held, and how much at least."""
    now = graph.now
    shares = now.kind == SHARES
    total = np.zeros(len(graph.coded), np.int64)
    np.add.at(total, now.owned[shares], now.low[shares])
    return {place: int(total[place]) for place in np.flatnonzero(total > WHOLE).tolist()}


def _share(holdings: Holdings, line: int) -> str:
    kind = int(holdings.kind[line])
    what = {SHARES: "", VOTES: " of the votes", BOARD: " of the board", CONTROL: ""}[kind]
    low, high = int(holdings.low[line]), int(holdings.high[line])
    is_unknown = low == 0 and high == WHOLE
    if kind == CONTROL:
        return "control"
    if kind == BOARD and (is_unknown or high == 0):
        return "the right to appoint the board"
    if is_unknown:
        return f"an unknown share{what}"
    if low == high:
        return _percent(low) + what
    floor = ("more than " if holdings.over[line] else "") + _percent(low)
    ceiling = ("less than " if holdings.under[line] else "at most ") + _percent(high)
    return f"{floor} and {ceiling}{what}"


def _percent(amount: int) -> str:
    return f"{amount / UNIT:.6f}".rstrip("0").rstrip(".") + " %"
