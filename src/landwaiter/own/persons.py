"""Who is owned or controlled by one listed party, where the shares of several do not add up?

The rule of the United Kingdom asks of each person by itself, with what the companies hold in which it has a majority,
and with what its partners in a joint arrangement hold. Most companies are decided by one holding; only for those that
some sum might decide is each person followed apart.
"""

from collections import defaultdict, deque
from collections.abc import Sequence

import numpy as np

from landwaiter.own.closure import Closure, Spread, Ways, spread
from landwaiter.own.graph import SHARES, VOTES, Graph, Holdings, Ints, Mask
from landwaiter.own.rules import Rule
from landwaiter.own.weights import Bar, bar_of, control


class _Majorities:
    """Shares and votes, each weighed by itself; a majority of either decides, and so does control."""

    def __init__(self, now: Holdings, bar: Bar, partners: dict[int, tuple[int, ...]]) -> None:
        self.now, self.bar, self.partners = now, bar, partners
        self.amount, self.opened = (now.low, now.over) if bar.is_floor else (now.high, now.under)

    def many(self, lines: Ints) -> tuple[Ints, Ints, Mask]:
        """See Weighing; nothing adds up."""
        amount, opened = self.counted(lines)
        nothing = np.zeros(len(lines), np.int64)
        return nothing, nothing, self.decides(lines, amount, opened)

    def one(self, line: int) -> tuple[int, int, bool]:
        """See Weighing."""
        return 0, 0, self.decides_alone(line)

    def decides_alone(self, line: int) -> bool:
        """The same of one, without arrays where it is a share: long chains are followed one by one."""
        if self.now.kind[line] == SHARES:
            company, amount = int(self.now.owned[line]), int(self.amount[line])
            return self.bar.reached_by(company, amount, int(self.opened[line]))
        return bool(self.many(np.array([line]))[2][0])

    def counted(self, lines: Ints) -> tuple[Ints, Ints]:
        """Amount and count of excluded bounds of shares and votes; of a board there is nothing to add."""
        counts = (self.now.kind[lines] == SHARES) | (self.now.kind[lines] == VOTES)
        return np.where(counts, self.amount[lines], 0), np.where(counts, self.opened[lines], 0).astype(np.int64)

    def decides(self, lines: Ints, amount: Ints, opened: Ints) -> Mask:
        """Whether a holding alone is a majority or control."""
        enough: Mask = self.bar.reached(self.now.owned[lines], amount, opened)
        return enough | control(self.now.take(lines))[0 if self.bar.is_floor else 1]

    def with_partners(self, line: int) -> tuple[int, int]:
        """What a holding counts with what is held jointly with it."""
        if line not in self.partners and self.now.kind[line] == SHARES:
            return int(self.amount[line]), int(self.opened[line])
        amount, opened = self.counted(np.array([line, *self.partners.get(line, ())]))
        return int(amount.sum()), int(opened.sum())


class _Together(_Majorities):
    """All persons as one, shares and votes too: no person alone has more."""

    def many(self, lines: Ints) -> tuple[Ints, Ints, Mask]:
        """See Weighing."""
        amount, opened = self.counted(lines)
        alone = self.decides(lines, amount, opened)
        for place, line in enumerate(lines.tolist() if self.partners else ()):
            if line in self.partners:
                amount[place], opened[place] = self.with_partners(line)
        return amount, opened, alone

    def one(self, line: int) -> tuple[int, int, bool]:
        """See Weighing."""
        amount, opened = self.with_partners(line)
        return amount, opened, self.decides_alone(line)


# For a company that only a sum decides: the listed party whose sum it is, and the holdings in it.
Sums = dict[int, tuple[int, tuple[int, ...]]]


def close_by_person(graph: Graph, listed: Sequence[int] | Ints, rule: Rule) -> tuple[Closure, tuple[Sums, Sums]]:
    """As `closure.close`, each listed party by itself; and the sums, those that are certain and those that may be."""
    seeds = np.unique(np.asarray(listed, np.int64))
    partners = _partners(graph)
    spreads, sums = [], []
    for floor in (True, False):
        found, of_sums = _spread(graph, seeds, bar_of(graph, rule, floor=floor), partners)
        spreads.append(found)
        sums.append(of_sums)
    return Closure(*spreads), (sums[0], sums[1])


def _spread(graph: Graph, seeds: Ints, bar: Bar, partners: dict[int, tuple[int, ...]]) -> tuple[Spread, Sums]:
    ways, majorities = Ways(graph.starts, graph.now.owned), _Majorities(graph.now, bar, partners)
    one = spread(ways, seeds, majorities, bar)
    most = spread(ways, seeds, _Together(graph.now, bar, partners), bar)
    open_ = most.inside & ~one.inside
    if not open_.any():
        return one, {}
    turn = one.turn.copy()
    sums: Sums = {}
    for person in _who_may_reach(graph, seeds, most.inside, open_):
        for when, (company, lines) in enumerate(_follow(graph, person, majorities, most.inside).items()):
            if turn[company] < 0:
                turn[company] = len(turn) + when
                sums[company] = (person, lines)
    return Spread(turn >= 0, turn), sums


def _who_may_reach(graph: Graph, seeds: Ints, inside: Mask, open_: Mask) -> list[int]:
    """The listed parties from whom some chain inside leads to a company that is still open."""
    now = graph.now
    lines = np.flatnonzero(inside[now.owned] & inside[now.owner])
    holders = defaultdict(list)
    for owner, owned in zip(now.owner[lines].tolist(), now.owned[lines].tolist(), strict=True):
        holders[owned].append(owner)
    waiting = deque(np.flatnonzero(open_).tolist())
    seen = set(waiting)
    while waiting:
        for owner in holders[waiting.popleft()]:
            if owner not in seen:
                seen.add(owner)
                waiting.append(owner)
    return [seed for seed in seeds.tolist() if seed in seen]


def _follow(graph: Graph, person: int, side: _Majorities, inside: Mask) -> dict[int, tuple[int, ...]]:
    """Whom one person has a majority in, directly or through others of his, in their order, and by which holdings."""
    owned, kind = graph.now.owned, graph.now.kind
    held: dict[tuple[int, int], tuple[int, int, tuple[int, ...]]] = {}
    his: dict[int, tuple[int, ...]] = {person: ()}
    waiting = deque([person])
    while waiting:
        owner = waiting.popleft()
        for line in range(int(graph.starts[owner]), int(graph.starts[owner + 1])):
            company = int(owned[line])
            total, opened, lines = held.get((company, int(kind[line])), (0, 0, ()))
            if not inside[company] or company in his or line in lines:
                continue
            amount, open_ = side.with_partners(line)
            alone = side.decides_alone(line)
            total, opened, lines = total + amount, opened + open_, (*lines, line, *side.partners.get(line, ()))
            held[company, int(kind[line])] = (total, opened, lines)
            if alone or side.bar.reached_by(company, total, opened):
                his[company] = (line,) if alone else lines
                waiting.append(company)
    del his[person]
    return his


def _partners(graph: Graph) -> dict[int, tuple[int, ...]]:
    """Each joint holding, and those of the same kind that its partners have: each is taken to hold all."""
    found = {}
    for (member, company), partners in graph.joint.items():
        for line in graph.lines_of(member, company):
            kind = graph.now.kind[line]
            others = (one for partner in partners for one in graph.lines_of(partner, company))
            found[line] = tuple(one for one in others if graph.now.kind[one] == kind)
    return found
