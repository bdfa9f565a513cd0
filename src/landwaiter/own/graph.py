"""Who holds what in whom on a day? Interests as integer arrays, sorted by owner."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.own.rules import UNIT

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

KINDS = ("shares", "votes", "board", "control")
SHARES, VOTES, BOARD, CONTROL = range(4)
WHOLE = 100 * UNIT


@dataclass
class Holdings:
    """Interests, one line each: who holds between `low` and `high` of what kind in whom.

    Args:
        owner, owned: places in `Graph.ids`.
        kind: place in KINDS.
        low, high: millionths of a per cent. An unknown share is more than nothing, at most all.
        over, under: 1 where `low` or `high` itself is excluded.
    """

    owner: Ints
    owned: Ints
    kind: npt.NDArray[np.int8]
    low: Ints
    high: Ints
    over: npt.NDArray[np.int8]
    under: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.owner)

    def take(self, places: Ints | Mask) -> "Holdings":
        """The lines at some places."""
        return Holdings(*(getattr(self, name)[places] for name in self.__dataclass_fields__))

    @property
    def is_unknown(self) -> Mask:
        """Whether nothing is known of the size of an interest."""
        unknown: Mask = (self.low == 0) & (self.over == 1) & (self.high == WHOLE) & (self.under == 0)
        return unknown


@dataclass
class Graph:
    """The interests that hold on a day, those that ended before, and who holds some of them jointly.

    Args:
        coded: ids of the parties in the order of their places.
        said: the columns owner_id, owner_name, owned_id, owned_name of the source.
        now: holdings on the day, sorted by owner, owned and kind; each owner has one of a kind in a company.
        starts: where the holdings of each owner begin in `now`; one longer than `ids`.
        former: holdings that ended before the day.
        own_shares: companies that hold shares of their own, and how many at most; these are in neither of the two.
        joint: (owner, owned) to those who hold jointly with that owner, as places.
        contradicted: (owner, owned, kind) for which sources exclude each other; both their bounds stand.
    """

    coded: pa.Array
    said: pa.Table
    now: Holdings
    starts: Ints
    former: Holdings
    own_shares: dict[int, int]
    joint: dict[tuple[int, int], tuple[int, ...]]
    contradicted: set[tuple[int, int, int]]

    @cached_property
    def ids(self) -> list[str]:
        """Each place to its id."""
        ids: list[str] = self.coded.to_pylist()
        return ids

    @cached_property
    def names(self) -> dict[str, str]:
        """Ids to names as the source writes them, where it does."""
        names: dict[str, str] = {}
        for side in ("owner", "owned"):
            said = self.said.filter(self.said.column(f"{side}_name").is_valid())
            columns = (said.column(f"{side}_{what}").to_pylist() for what in ("id", "name"))
            names.update(zip(*columns, strict=True))
        return names

    @cached_property
    def places(self) -> dict[str, int]:
        """Each id to its place."""
        return {one: place for place, one in enumerate(self.ids)}

    @cached_property
    def incoming(self) -> tuple[Ints, Ints]:
        """The lines of `now` sorted by the company owned, and where those of each company begin."""
        lines = np.argsort(self.now.owned, kind="stable")
        starts = np.searchsorted(self.now.owned[lines], np.arange(len(self.coded) + 1))
        return lines.astype(np.int64), starts.astype(np.int64)

    def lines_of(self, owner: int, company: int) -> list[int]:
        """The holdings of one owner in one company, as places in `now`."""
        first, end = int(self.starts[owner]), int(self.starts[owner + 1])
        places = self.now.owned[first:end]
        return list(range(*(first + int(np.searchsorted(places, company, side)) for side in ("left", "right"))))


def read_graph(ownership: pa.Table, as_of: date) -> Graph:
    """The graph of an `ownership` table on a day, both ends of an interest's time included.

    Of the same interest said twice, the bounds that both statements allow; where none does, everything between them.
    """
    table = ownership.combine_chunks()
    coded = _codes(table.column("owner_id"), table.column("owned_id"))
    owner, owned = coded.owner, coded.owned
    lines = _lines(table, owner, owned)
    day = pa.scalar(as_of, pa.date32())
    begun = pc.less_equal(table.column("valid_from"), day).fill_null(True).to_numpy(zero_copy_only=False)
    ended = pc.less(table.column("valid_to"), day).fill_null(False).to_numpy(zero_copy_only=False)
    other = owner != owned
    now, contradicted = _once(lines.take(begun & ~ended & other))
    former, own = lines.take(ended & other), lines.take(begun & ~ended & ~other)
    starts = np.searchsorted(now.owner, np.arange(len(coded.ids) + 1)).astype(np.int64)
    said = table.select(["owner_id", "owner_name", "owned_id", "owned_name"])
    return Graph(
        coded.ids,
        said,
        now,
        starts,
        former,
        _own_shares(own),
        _joint(table, coded, begun & ~ended),
        contradicted,
    )


def _own_shares(own: Holdings) -> dict[int, int]:
    known = own.take((own.kind == SHARES) & ~own.is_unknown)
    held: dict[int, int] = {}
    for company, amount in zip(known.owner.tolist(), known.high.tolist(), strict=True):
        held[company] = max(held.get(company, 0), amount)
    return held


@dataclass(frozen=True)
class _Codes:
    ids: pa.Array
    owner: Ints
    owned: Ints


def _codes(owners: pa.ChunkedArray, owned: pa.ChunkedArray) -> _Codes:
    """Parties numbered as they come; whoever chooses between two of them goes by their ids, not by their places."""
    coded = pa.chunked_array([*owners.chunks, *owned.chunks], pa.string()).combine_chunks().dictionary_encode()
    places = coded.indices.to_numpy().astype(np.int64)
    return _Codes(coded.dictionary, places[: len(owners)], places[len(owners) :])


def _lines(table: pa.Table, owner: Ints, owned: Ints) -> Holdings:
    kind = pc.index_in(table.column("interest"), value_set=pa.array(KINDS)).to_numpy().astype(np.int8)
    low, low_unsaid = _share(table.column("share_min"))
    high, high_unsaid = _share(table.column("share_max"))
    over = _flag(table.column("share_min_exclusive")) | low_unsaid
    under = _flag(table.column("share_max_exclusive")) & ~high_unsaid
    high = np.where(high_unsaid, WHOLE, high)
    return Holdings(owner, owned, kind, low, high, over.astype(np.int8), under.astype(np.int8))


def _share(column: pa.ChunkedArray) -> tuple[Ints, Mask]:
    values = np.asarray(column.to_numpy(), np.float64)
    unsaid = np.isnan(values)
    return np.rint(np.where(unsaid, 0, values) * UNIT).astype(np.int64), unsaid


def _flag(column: pa.ChunkedArray) -> Mask:
    return np.asarray(pc.fill_null(column, False).to_numpy(), np.bool_)


def _once(lines: Holdings) -> tuple[Holdings, set[tuple[int, int, int]]]:
    """Each (owner, owned, kind) once, sorted."""
    order = np.lexsort((lines.kind, lines.owned, lines.owner))
    lines = lines.take(order)
    if not len(lines):
        return lines, set()
    is_new = np.ones(len(lines), np.bool_)
    is_new[1:] = (np.diff(lines.owner) != 0) | (np.diff(lines.owned) != 0) | (np.diff(lines.kind.astype(np.int64)) != 0)
    if is_new.all():
        return lines, set()
    first = np.flatnonzero(is_new)
    # Bounds are whole numbers: doubled, an excluded one fits in between.
    floor, ceiling = 2 * lines.low + lines.over, 2 * lines.high - lines.under
    lowest, highest = np.minimum.reduceat(floor, first), np.maximum.reduceat(ceiling, first)
    floor, ceiling = np.maximum.reduceat(floor, first), np.minimum.reduceat(ceiling, first)
    clash = floor > ceiling
    floor, ceiling = np.where(clash, lowest, floor), np.where(clash, highest, ceiling)
    kept = lines.take(first)
    kept.low, kept.over = floor // 2, (floor % 2).astype(np.int8)
    kept.high, kept.under = (ceiling + 1) // 2, (ceiling % 2).astype(np.int8)
    places = np.flatnonzero(clash).tolist()
    return kept, {(int(kept.owner[i]), int(kept.owned[i]), int(kept.kind[i])) for i in places}


def _joint(table: pa.Table, coded: _Codes, holds: Mask) -> dict[tuple[int, int], tuple[int, ...]]:
    column = table.column("joint_with")
    rows = np.flatnonzero(pc.greater(pc.list_value_length(column), 0).fill_null(False).to_numpy() & holds)
    if not len(rows):
        return {}
    places = {one: place for place, one in enumerate(coded.ids.to_pylist())}
    joint: dict[tuple[int, int], set[int]] = {}
    for row, others in zip(rows.tolist(), column.take(pa.array(rows)).to_pylist(), strict=True):
        known = {places[other] for other in others if other in places}
        for member in known | {int(coded.owner[row])}:
            pair = (member, int(coded.owned[row]))
            joint.setdefault(pair, set()).update((known | {int(coded.owner[row])}) - {member})
    return {pair: tuple(sorted(others)) for pair, others in joint.items()}
