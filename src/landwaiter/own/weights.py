"""What does a holding count for its company under a rule, at least and at most?

Only the holdings that a search meets are weighed: of a million, a listed party seldom reaches more than a few thousand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from landwaiter.own.graph import BOARD, CONTROL, SHARES, VOTES, WHOLE, Graph, Holdings, Ints, Mask
from landwaiter.own.rules import Rule

_HALF = WHOLE // 2


@dataclass(frozen=True)
class Bar:
    """What the sum of a company's holdings must reach.

    Args:
        threshold: millionths of a per cent.
        own: companies that hold shares of their own to a lower threshold: 40 of the other 80 per cent are half.
        strict: more than the threshold is needed.
        is_floor: the sums are lower bounds; else they are upper ones.
    """

    threshold: int
    own: Mapping[int, int]
    strict: bool
    is_floor: bool

    def reached(self, companies: Ints, total: Ints, opened: Ints) -> Mask:
        """Whether sums reach it; `opened` counts the bounds in them that are excluded."""
        bar: Ints | int = self.threshold
        if self.own:
            bar = np.array([self.own.get(one, self.threshold) for one in companies.tolist()], np.int64)
        level = (opened > 0) | (not self.strict) if self.is_floor else (opened == 0) & (not self.strict)
        enough: Mask = (total > bar) | ((total == bar) & level)
        return enough

    def reached_by(self, company: int, total: int, opened: int) -> bool:
        """The same for one company."""
        bar = self.own.get(company, self.threshold)
        if total != bar:
            return total > bar
        return (opened > 0 or not self.strict) if self.is_floor else (opened == 0 and not self.strict)


def bar_of(graph: Graph, rule: Rule, *, floor: bool) -> Bar:
    """For certain the threshold itself must be reached; at most, what is left of it without a company's own shares."""
    own = {}
    if not floor:
        for company, held in graph.own_shares.items():
            own[company] = max(1, -(-rule.threshold * (WHOLE - held) // WHOLE))
    return Bar(rule.threshold, own, rule.strict, floor)


class Weighing(Protocol):
    """What holdings, by their places in `Graph.now`, add to their companies, and which decide by themselves."""

    def many(self, lines: Ints) -> tuple[Ints, Ints, Mask]:
        """Amount, count of excluded bounds, and whether it decides alone, of each."""

    def one(self, line: int) -> tuple[int, int, bool]:
        """The same of one."""


class Shares:
    """Shares add up; votes do not, and decide only under a rule that counts control."""

    def __init__(self, now: Holdings, rule: Rule, *, floor: bool) -> None:
        self.now, self.rule, self.floor = now, rule, floor
        self.amount, self.opened = (now.low, now.over) if floor else (now.high, now.under)

    def many(self, lines: Ints) -> tuple[Ints, Ints, Mask]:
        """See Weighing."""
        is_share = self.now.kind[lines] == SHARES
        amount = np.where(is_share, self.amount[lines], 0)
        opened = np.where(is_share, self.opened[lines], 0).astype(np.int64)
        if not self.rule.counts_control or is_share.all():
            return amount, opened, np.zeros(len(lines), np.bool_)
        return amount, opened, control(self.now.take(lines))[0 if self.floor else 1]

    def one(self, line: int) -> tuple[int, int, bool]:
        """See Weighing."""
        if self.now.kind[line] == SHARES:
            return int(self.amount[line]), int(self.opened[line]), False
        return 0, 0, self.rule.counts_control and bool(self.many(np.array([line]))[2][0])


class Everything:
    """Every tie decides: who can be reached at all."""

    def many(self, lines: Ints) -> tuple[Ints, Ints, Mask]:
        """See Weighing."""
        nothing = np.zeros(len(lines), np.int64)
        return nothing, nothing, np.ones(len(lines), np.bool_)

    def one(self, line: int) -> tuple[int, int, bool]:
        """See Weighing."""
        assert line >= 0
        return 0, 0, True


def control(holdings: Holdings) -> tuple[Mask, Mask]:
    """Which holdings are control by themselves, for certain and at most.

    A board interest without a number is the right to appoint most of the board, as the registers mean it.
    """
    most_surely = (holdings.low > _HALF) | ((holdings.low == _HALF) & (holdings.over == 1))
    most_at_most = holdings.high > _HALF
    unsaid = holdings.is_unknown | (holdings.high == 0)
    board, votes = holdings.kind == BOARD, holdings.kind == VOTES
    surely: Mask = (holdings.kind == CONTROL) | (board & (unsaid | most_surely)) | (votes & most_surely)
    at_most: Mask = surely | ((board | votes) & most_at_most)
    return surely, at_most
