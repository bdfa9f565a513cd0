"""Who owns himself through others?"""

import numpy as np

from landwaiter.own.graph import Graph, Ints


def in_circles(graph: Graph, among: Ints) -> set[int]:
    """Those of `among`, places in `graph.ids`, who own a part of themselves through another; own shares are none.

    Tarjan's components without recursion: linear, and a chain of any length will do.
    """
    is_among = np.zeros(len(graph.coded), np.bool_)
    is_among[among] = True
    now = graph.now
    lines = np.flatnonzero(is_among[now.owner] & is_among[now.owned])
    holds: dict[int, list[int]] = {}
    for owner, owned in zip(now.owner[lines].tolist(), now.owned[lines].tolist(), strict=True):
        if owner != owned:
            holds.setdefault(owner, []).append(owned)
    search = _Search(holds)
    for place in among.tolist():
        search.begin(place)
    return search.circles


class _Search:
    """One search through all components."""

    def __init__(self, holds: dict[int, list[int]]) -> None:
        self.holds = holds
        self.number: dict[int, int] = {}
        self.lowest: dict[int, int] = {}
        self.path: list[int] = []
        self.on_path: set[int] = set()
        self.circles: set[int] = set()

    def begin(self, place: int) -> None:
        """Search from a place that may have been met already."""
        if place in self.number:
            return
        self._meet(place)
        stack = [(place, iter(self.holds.get(place, ())))]
        while stack:
            here, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    self.lowest[above] = min(self.lowest[above], self.lowest[here])
                self._leave(here)
            elif following not in self.number:
                self._meet(following)
                stack.append((following, iter(self.holds.get(following, ()))))
            elif following in self.on_path:
                self.lowest[here] = min(self.lowest[here], self.number[following])

    def _meet(self, place: int) -> None:
        self.number[place] = self.lowest[place] = len(self.number)
        self.path.append(place)
        self.on_path.add(place)

    def _leave(self, place: int) -> None:
        if self.lowest[place] != self.number[place]:
            return
        component = []
        while True:
            last = self.path.pop()
            self.on_path.discard(last)
            component.append(last)
            if last == place:
                break
        if len(component) > 1:
            self.circles.update(component)
