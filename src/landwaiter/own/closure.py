"""Who counts as owned by the listed parties? The least fixed point of a rule: nothing counts that they do not start."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from landwaiter.own.graph import Graph, Ints, Mask
from landwaiter.own.rules import Rule
from landwaiter.own.weights import Bar, Shares, Weighing, bar_of

# Below so many holdings a round in plain Python costs less than one in arrays; a chain of 100,000 has one a round.
_FEW = 64


@dataclass(frozen=True)
class Spread:
    """Who was reached, and when: 0 for the listed, more for each that followed; -1 for those never reached."""

    inside: Mask
    turn: Ints


@dataclass(frozen=True)
class Ways:
    """Where from each party leads: `owned[starts[i]:starts[i + 1]]` are the companies of party `i`."""

    starts: Ints
    owned: Ints


@dataclass(frozen=True)
class Closure:
    """Who is owned for certain, and who is at most; the second holds the first."""

    surely: Spread
    at_most: Spread


def close(graph: Graph, listed: Sequence[int] | Ints, rule: Rule) -> Closure:
    """Everyone whom a rule that adds up counts as owned by `listed`, places in `graph.ids`.

    An owned company counts whole for what it owns in turn: the shares are not multiplied. Linear in the holdings of
    those who are reached.
    """
    seeds = np.unique(np.asarray(listed, np.int64))
    ways = Ways(graph.starts, graph.now.owned)
    surely, at_most = (
        spread(ways, seeds, Shares(graph.now, rule, floor=floor), bar_of(graph, rule, floor=floor))
        for floor in (True, False)
    )
    return Closure(surely, at_most)


def spread(ways: Ways, seeds: Ints, weighing: Weighing, bar: Bar) -> Spread:
    """From the seeds on: whoever reaches the bar counts whole in the next turn, until nobody new does."""
    return _Spreading(ways, weighing, bar).run(seeds)


class _Spreading:
    """One spreading under way."""

    def __init__(self, ways: Ways, weighing: Weighing, bar: Bar) -> None:
        size = len(ways.starts) - 1
        self.starts, self.owned = ways.starts, ways.owned
        self.weighing, self.bar = weighing, bar
        self.total = np.zeros(size, np.int64)
        self.opened = np.zeros(size, np.int64)
        self.turn = np.full(size, -1, np.int64)
        self.now = 0

    def run(self, seeds: Ints) -> Spread:
        """Turn after turn."""
        self.turn[seeds] = 0
        front = seeds
        while len(front):
            front = self._one_by_one(front) if self._holdings_of(front) < _FEW else self._at_once(front)
        return Spread(self.turn >= 0, self.turn)

    def _holdings_of(self, front: Ints) -> int:
        return int((self.starts[front + 1] - self.starts[front]).sum())

    def _at_once(self, front: Ints) -> Ints:
        self.now += 1
        lines = ranges(self.starts[front], self.starts[front + 1])
        owned = self.owned[lines]
        amount, opened, alone = self.weighing.many(lines)
        np.add.at(self.total, owned, amount)
        np.add.at(self.opened, owned, opened)
        enough = alone | self.bar.reached(owned, self.total[owned], self.opened[owned])
        new = np.unique(owned[enough & (self.turn[owned] < 0)])
        self.turn[new] = self.now
        return new

    def _one_by_one(self, front: Ints) -> Ints:
        """In plain Python, until somebody holds much or many wait; these are given back."""
        waiting = deque(front.tolist())
        starts, owned, turn, total, opened = (
            one.data for one in (self.starts, self.owned, self.turn, self.total, self.opened)
        )
        done = 0
        while waiting:
            owner = waiting[0]
            if done and (starts[owner + 1] - starts[owner] >= _FEW or (done > 50 * _FEW and len(waiting) > _FEW)):
                break
            waiting.popleft()
            done += 1
            self.now += 1
            for line in range(starts[owner], starts[owner + 1]):
                company = owned[line]
                if turn[company] >= 0:
                    continue
                amount, open_, alone = self.weighing.one(line)
                total[company] += amount
                opened[company] += open_
                if alone or self.bar.reached_by(company, total[company], opened[company]):
                    turn[company] = self.now
                    waiting.append(company)
        return np.array(waiting, np.int64)


def ranges(first: Ints, end: Ints) -> Ints:
    """The places of several ranges, one after the other."""
    counts = end - first
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(int(counts.sum()))
