"""What would change if one holding were other than it is?

Only companies below the one that is held can change, and only their owners, up to the top, decide about them: so the
question is asked of that part of the graph, before and after.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa

from landwaiter.errors import InputError
from landwaiter.own.closure import Closure, close, ranges
from landwaiter.own.graph import SHARES, WHOLE, Graph, Holdings, Ints
from landwaiter.own.persons import close_by_person
from landwaiter.own.rules import UNIT, rule_of


@dataclass(frozen=True)
class Supposed:
    """One holding as it is supposed: `percent` of the shares, 0 for none."""

    owner_id: str
    owned_id: str
    percent: float


def parse_supposed(text: str) -> Supposed:
    """`A>B=60` as a holding. Raises InputError where it is none."""
    pair, _, amount = text.rpartition("=")
    owner, _, owned = pair.partition(">")
    try:
        percent = float(amount)
    except ValueError:
        percent = -1.0
    if not owner.strip() or not owned.strip() or not 0 <= percent <= 100:
        raise InputError("--what-if", f"'{text}' is no holding", "write OWNER_ID>OWNED_ID=PERCENT, such as A>B=60")
    return Supposed(owner.strip(), owned.strip(), percent)


def suppose(graph: Graph, supposed: Supposed) -> Graph:
    """The graph with one holding of shares in place of what that owner holds in that company. Linear, without a sort.

    Raises InputError where the graph does not know one of the two: nothing could follow between strangers.
    """
    for one in (supposed.owner_id, supposed.owned_id):
        if one not in graph.places:
            raise InputError("--what-if", f"no holding names '{one}'", "use the ids of the ownership file")
    owner, owned = graph.places[supposed.owner_id], graph.places[supposed.owned_id]
    now = graph.now
    same = [line for line in graph.lines_of(owner, owned) if now.kind[line] == SHARES]
    amount = round(supposed.percent * UNIT)
    assert amount <= WHOLE
    if same:
        low, high, over, under = now.low.copy(), now.high.copy(), now.over.copy(), now.under.copy()
        low[same[0]] = high[same[0]] = amount
        over[same[0]] = under[same[0]] = 0
        return replace(graph, now=Holdings(now.owner, now.owned, now.kind, low, high, over, under))
    first, end = int(graph.starts[owner]), int(graph.starts[owner + 1])
    place = first + int(np.searchsorted(now.owned[first:end], owned))
    values = (owner, owned, SHARES, amount, amount, 0, 0)
    columns = (getattr(now, name) for name in now.__dataclass_fields__)
    holdings = Holdings(*(np.insert(column, place, value) for column, value in zip(columns, values, strict=True)))
    starts = graph.starts.copy()
    starts[owner + 1 :] += 1
    return replace(graph, now=holdings, starts=starts)


def what_if(
    graph: Graph, listed: Mapping[str, str], supposed: Supposed, regime: str, as_of: date
) -> dict[str, tuple[str, str]]:
    """Whose answer a supposed holding changes, by id: the answer before and after.

    Linear in the holdings of the companies below the one held and of all their owners, once `Graph.incoming` is made.
    """
    rule = rule_of(regime, as_of)
    if not rule.in_force:
        return {}
    part = _around(graph, supposed)
    seeds = np.array([place for place, one in enumerate(part.ids) if one in listed], np.int64)
    before, after = (_answers(one, seeds, regime, as_of) for one in (part, suppose(part, supposed)))
    words = ("no", "possible", "yes")
    changed = sorted(np.flatnonzero(before != after).tolist(), key=part.ids.__getitem__)
    return {part.ids[place]: (words[before[place]], words[after[place]]) for place in changed}


def _around(graph: Graph, supposed: Supposed) -> Graph:
    """The graph of the companies below the one that is held, of its supposed owner, and of all their owners."""
    held = [graph.places[one] for one in (supposed.owned_id, supposed.owner_id) if one in graph.places]
    below = _closed(np.array(held[:1], np.int64), graph.starts, graph.now.owned)
    lines, starts = graph.incoming
    inside = _closed(np.union1d(below, np.array(held, np.int64)), starts, graph.now.owner[lines])
    kept = np.sort(lines[ranges(starts[inside], starts[inside + 1])])
    now = graph.now.take(kept)
    now.owner, now.owned = np.searchsorted(inside, now.owner), np.searchsorted(inside, now.owned)
    place_of = {place: number for number, place in enumerate(inside.tolist())}
    joint = {
        (place_of[member], place_of[company]): tuple(place_of[one] for one in partners if one in place_of)
        for (member, company), partners in graph.joint.items()
        if member in place_of and company in place_of
    }
    return replace(
        graph,
        coded=graph.coded.take(pa.array(inside)),
        now=now,
        starts=np.searchsorted(now.owner, np.arange(len(inside) + 1)).astype(np.int64),
        own_shares={place_of[one]: held for one, held in graph.own_shares.items() if one in place_of},
        joint=joint,
    )


def _closed(seeds: Ints, starts: Ints, ends: Ints) -> Ints:
    """The seeds and everyone to whom ways lead from them; sorted."""
    inside = set(seeds.tolist())
    front = seeds
    while len(front):
        reached = np.unique(ends[ranges(starts[front], starts[front + 1])]).tolist()
        front = np.array([one for one in reached if one not in inside], np.int64)
        inside.update(front.tolist())
    return np.array(sorted(inside), np.int64)


def _answers(graph: Graph, seeds: Ints, regime: str, as_of: date) -> Ints:
    rule = rule_of(regime, as_of)
    closure: Closure = close(graph, seeds, rule) if rule.adds_up else close_by_person(graph, seeds, rule)[0]
    return closure.surely.inside.astype(np.int64) + closure.at_most.inside
