"""Which spellings end up as one party? Pairs are joined best first, and a join that would bring a conflict is refused.

Without that guard A and C become one because both look like B. Two groups are joined only where nothing in one
contradicts anything in the other: countries, numbers given by one reporter, and every pair of names across them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from landwaiter.resolve.pairs import Pairs
from landwaiter.resolve.spellings import Spellings

_MOST_UNITS = 40
# A pair under this score, or of one script and not worth comparing, is not one party.
_LEAST_ACROSS = 0.8


@dataclass(frozen=True)
class Join:
    """One join that was made: the two spellings, the score of their names, and what it was by.

    Args:
        by: number, name, rare brand or unknown country.
    """

    first: int
    second: int
    score: float
    by: str


@dataclass
class _Group:
    """Spellings that are one party so far, with what can contradict another group.

    Spellings that one number joined are one unit, whose names may differ: of two units one pair of names must agree.
    """

    units: list[list[int]]
    countries: set[int]
    ids: dict[str, set[str]] = field(default_factory=dict)
    addresses: dict[str, set[str]] = field(default_factory=dict)


class Clusters:
    """Groups of spellings that grow by joins; `label` says in which group each spelling is."""

    def __init__(self, spellings: Spellings, books: list[tuple[int, str, str, str]]) -> None:
        """Every spelling alone.

        Args:
            spellings: what is grouped.
            books: for each mention its spelling, reporter, id and folded address.
        """
        self.label = list(range(len(spellings)))
        self.joins: list[Join] = []
        self._spellings = spellings
        self._groups: dict[int, _Group] = {}
        self._books: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
        for spelling, reporter, number, address in books:
            self._books[spelling].append((reporter, number, address))

    def join_by_number(self, first: int, second: int) -> None:
        """Join two spellings that one reporter gives one number."""
        root = self._join(Join(first, second, 1.0, "number"))
        if root is not None:
            group = self._group(root)
            group.units = [[spelling for unit in group.units for spelling in unit]]

    def join_by_name(self, pairs: Pairs) -> None:
        """Join the pairs that agree, best first, but where the groups contradict each other."""
        touched = set(pairs.first[pairs.agrees].tolist()) | set(pairs.second[pairs.agrees].tolist())
        touched |= {
            member for spelling in touched for unit in self._group(self.root(spelling)).units for member in unit
        }
        scores = {
            (first, second): score
            for first, second, score in zip(
                pairs.first.tolist(), pairs.second.tolist(), pairs.scores.tolist(), strict=True
            )
            if first in touched and second in touched
        }
        chosen = pairs.agrees.nonzero()[0].tolist()
        for place in chosen:
            first, second = int(pairs.first[place]), int(pairs.second[place])
            ours, theirs = self._group(self.root(first)), self._group(self.root(second))
            if ours is not theirs and not self._contradict(ours, theirs, scores):
                self._join(Join(first, second, float(pairs.scores[place]), "name"))

    def join_likely(self, first: int, second: int, score: float) -> None:
        """Join two groups whose names only resemble each other, but where numbers or countries contradict."""
        ours, theirs = self._group(self.root(first)), self._group(self.root(second))
        one_country = len(ours.countries | theirs.countries) <= 1
        if ours is not theirs and one_country and not self._ids_contradict(ours, theirs):
            self._join(Join(first, second, score, "rare brand"))

    def group_of(self, root: int) -> list[int]:
        """The spellings of the group of a root."""
        return [spelling for unit in self._group(root).units for spelling in unit]

    def members(self, spellings: Iterable[int]) -> set[int]:
        """All spellings that are in a group with one of these."""
        return {member for root in {self.root(one) for one in spellings} for member in self.group_of(root)}

    def join_same_names(self, without: list[int], known: list[int]) -> None:
        """Join spellings without a country to the same names of a country, where these are all one party."""
        roots = {self.root(spelling) for spelling in known}
        for spelling in without:
            ours, theirs = self.root(spelling), self.root(known[0])
            if len(roots) == 1 and not self._ids_contradict(self._group(ours), self._group(theirs)):
                self._join(Join(known[0], spelling, 1.0, "unknown country"))

    def _contradict(self, ours: _Group, theirs: _Group, scores: dict[tuple[int, int], float]) -> bool:
        if len(ours.units) + len(theirs.units) > _MOST_UNITS or len(ours.countries | theirs.countries) > 1:
            return True
        return self._ids_contradict(ours, theirs) or any(
            all(self._differ(min(left, right), max(left, right), scores) for left in one for right in other)
            for one in ours.units
            for other in theirs.units
        )

    def _ids_contradict(self, ours: _Group, theirs: _Group) -> bool:
        """Whether one reporter tells the two apart, by number and by address."""
        for reporter in ours.ids.keys() & theirs.ids.keys():
            same_address = ours.addresses.get(reporter, set()) & theirs.addresses.get(reporter, set())
            if not ours.ids[reporter] & theirs.ids[reporter] and not same_address:
                return True
        return False

    def _differ(self, first: int, second: int, scores: dict[tuple[int, int], float]) -> bool:
        forms, names = self._spellings.forms, self._spellings.names
        if forms.numbers[names[first]] != forms.numbers[names[second]]:
            return True
        score = scores.get((first, second))
        if score is not None:
            return score < _LEAST_ACROSS
        return bool(forms.scripts[names[first]] == forms.scripts[names[second]])

    def _join(self, join: Join) -> int | None:
        ours, theirs = self.root(join.first), self.root(join.second)
        if ours == theirs:
            return None
        keep, drop = min(ours, theirs), max(ours, theirs)
        kept, dropped = self._group(keep), self._group(drop)
        kept.units.extend(dropped.units)
        kept.countries.update(dropped.countries)
        for mine, other in ((kept.ids, dropped.ids), (kept.addresses, dropped.addresses)):
            for reporter, values in other.items():
                mine.setdefault(reporter, set()).update(values)
        del self._groups[drop]
        self.label[drop] = keep
        self.joins.append(join)
        return keep

    def root(self, spelling: int) -> int:
        """The smallest spelling of the group that a spelling is in."""
        while self.label[spelling] != spelling:
            self.label[spelling] = self.label[self.label[spelling]]
            spelling = self.label[spelling]
        return spelling

    def labels(self) -> list[int]:
        """The smallest spelling of each spelling's group."""
        return [self.root(spelling) for spelling in range(len(self.label))]

    def _group(self, root: int) -> _Group:
        group = self._groups.get(root)
        if group is None:
            country = int(self._spellings.countries[root])
            group = self._groups[root] = _Group([[root]], {country} if country else set())
            for reporter, number, address in self._books.get(root, ()):
                if number:
                    group.ids.setdefault(reporter, set()).add(number)
                if address:
                    group.addresses.setdefault(reporter, set()).add(address)
        return group
