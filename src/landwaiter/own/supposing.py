"""What would change if one holding were other than it is?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from landwaiter.errors import InputError
from landwaiter.own.closure import Closure, close
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
    """Whose answer a supposed holding changes, by id: the answer before and after."""
    rule = rule_of(regime, as_of)
    if not rule.in_force:
        return {}
    seeds = np.array(sorted({graph.places[one] for one in listed if one in graph.places}), np.int64)
    before, after = (_answers(one, seeds, regime, as_of) for one in (graph, suppose(graph, supposed)))
    words = ("no", "possible", "yes")
    changed = np.flatnonzero(before != after).tolist()
    return {graph.ids[place]: (words[before[place]], words[after[place]]) for place in changed}


def _answers(graph: Graph, seeds: Ints, regime: str, as_of: date) -> Ints:
    rule = rule_of(regime, as_of)
    closure: Closure = close(graph, seeds, rule) if rule.adds_up else close_by_person(graph, seeds, rule)[0]
    return closure.surely.inside.astype(np.int64) + closure.at_most.inside
