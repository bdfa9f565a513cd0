"""Which holdings decide about one company? The fewest that reach the threshold, of owners reached before it."""

from collections.abc import Mapping

import numpy as np

from landwaiter.own.closure import Closure, Spread, Ways, close, spread
from landwaiter.own.graph import SHARES, Graph, Holdings, Ints, Mask
from landwaiter.own.persons import Sums, close_by_person
from landwaiter.own.rules import Rule
from landwaiter.own.weights import Bar, Everything, bar_of, control


class Proofs:
    """What a rule makes of a graph on one day, and why.

    Args:
        graph: the holdings.
        seeds: places of the listed parties.
        rule: that of the regime; one that is not in force is worked out all the same.
    """

    def __init__(self, graph: Graph, seeds: Ints, rule: Rule) -> None:
        self.graph, self.rule, self.seeds = graph, rule, set(seeds.tolist())
        self.closure: Closure
        self.sums: tuple[Sums, Sums] = ({}, {})
        if rule.adds_up:
            self.closure = close(graph, seeds, rule)
        else:
            self.closure, self.sums = close_by_person(graph, seeds, rule)
        self.reached = reached_from(graph, seeds)
        near = np.zeros(len(graph.coded), np.bool_)
        near[self.reached] = near[seeds] = True
        self.now, self.former = _by_company(graph.now, near), _by_company(graph.former, near)
        self._alone = control(graph.now) if rule.counts_control else (np.zeros(len(graph.now), np.bool_),) * 2
        self._bars = (bar_of(graph, rule, floor=True), bar_of(graph, rule, floor=False))

    def of(self, place: int) -> tuple[str, list[int]]:
        """yes, possible or no, and the holdings that give it; none for a `no`."""
        for side, answer in enumerate(("yes", "possible")):
            spread = (self.closure.surely, self.closure.at_most)[side]
            if spread.turn[place] < 0:
                continue
            if place in self.sums[side]:
                return answer, list(self.sums[side][place][1])
            lines = self._fewest(place, spread, side)
            if lines:
                return answer, lines
        return "no", []

    def _fewest(self, place: int, spread: Spread, side: int) -> list[int]:
        """A listed party is reached from the beginning: its owners may come later, and need not be there."""
        now = self.graph.now
        before = np.iinfo(np.int64).max if place in self.seeds else int(spread.turn[place])
        lines = [line for line in self.now.get(place, ()) if 0 <= spread.turn[now.owner[line]] < before]
        for line in lines:
            if self._alone[side][line]:
                return [line]
        amount, opens = ((now.low, now.over), (now.high, now.under))[side]
        chosen: list[int] = []
        total = opened = 0
        for line in sorted(lines, key=lambda line: (-int(amount[line]), self.graph.ids[now.owner[line]])):
            if now.kind[line] != SHARES:
                continue
            chosen.append(line)
            total, opened = total + int(amount[line]), opened + int(opens[line])
            if self._bars[side].reached_by(place, total, opened):
                return chosen
            if not self.rule.adds_up:
                break
        return []


def reached_from(graph: Graph, seeds: Ints) -> Ints:
    """Everyone to whom a way of holdings of any kind and size, present or former, leads; sorted."""
    now, former = graph.now, graph.former
    owner, owned = np.concatenate((now.owner, former.owner)), np.concatenate((now.owned, former.owned))
    kind, high = np.concatenate((now.kind, former.kind)), np.concatenate((now.high, former.high))
    is_tie = (high > 0) | (kind != SHARES)
    owner, owned = owner[is_tie], owned[is_tie]
    order = np.argsort(owner, kind="stable")
    ways = Ways(np.searchsorted(owner[order], np.arange(len(graph.coded) + 1)).astype(np.int64), owned[order])
    inside = spread(ways, seeds, Everything(), Bar(1, {}, strict=True, is_floor=True)).inside
    return np.unique(ways.owned[np.repeat(inside, np.diff(ways.starts))])


def _by_company(holdings: Holdings, near: Mask) -> Mapping[int, list[int]]:
    lines = np.flatnonzero(near[holdings.owner] & near[holdings.owned])
    found: dict[int, list[int]] = {}
    for line, owned in zip(lines.tolist(), holdings.owned[lines].tolist(), strict=True):
        found.setdefault(owned, []).append(line)
    return found
