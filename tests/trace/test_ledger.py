"""Does the ledger agree with a clerk who moves one unit at a time?"""

from collections import deque
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.engine.duck import open_duck
from landwaiter.trace.ledger import allocate

WINDOW = 10


def side(lots, is_departure):
    """One side of one ledger from (is_departure, day, quantity), the row number being the position."""
    taken = [(number, day, quantity) for number, (side, day, quantity) in enumerate(lots) if side == is_departure]
    return pa.table(
        {
            "ledger_no": pa.array([1] * len(taken), pa.int64()),
            "row_no": pa.array([lot[0] for lot in taken], pa.int64()),
            "partner_no": pa.array([2] * len(taken), pa.int32()),
            "day": pa.array([lot[1] for lot in taken], pa.int32()),
            "quantity": pa.array([lot[2] for lot in taken], pa.int64()),
        }
    )


def linked(lots, folder: Path):
    with open_duck(folder, memory_mb=500, threads=1) as corridor:
        corridor.put("arrivals", side(lots, 0))
        corridor.put("departures", side(lots, 1))
        allocate(corridor, window_days=WINDOW)
        return sorted((row["in_no"], row["out_no"], row["quantity"]) for row in corridor.get("links").to_pylist())


def by_a_clerk(lots):
    """The obvious ledger: a queue of lots, one departure after the other, old lots thrown out first."""
    order = sorted(range(len(lots)), key=lambda n: (lots[n][1], lots[n][0], lots[n][2], n))
    queue: deque[list[int]] = deque()
    taken = []
    for n in order:
        is_departure, day, quantity = lots[n]
        while queue and queue[0][1] + WINDOW < day:
            queue.popleft()
        if not is_departure:
            queue.append([n, day, quantity])
            continue
        while quantity and queue:
            part = min(quantity, queue[0][2])
            taken.append((queue[0][0], n, part))
            quantity -= part
            queue[0][2] -= part
            if not queue[0][2]:
                queue.popleft()
    return sorted(taken)


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 60), st.integers(1, 9)), max_size=24))
@settings(max_examples=150, deadline=None)
def test_the_ledger_agrees_with_a_clerk(tmp_path_factory, lots):
    assert linked(lots, tmp_path_factory.mktemp("ledger")) == by_a_clerk(lots)


@pytest.mark.parametrize(
    ("story", "lots", "expected"),
    [
        ("a whole lot goes on", [(0, 1, 5), (1, 3, 5)], [(0, 1, 5)]),
        ("one lot is split", [(0, 1, 5), (1, 2, 2), (1, 3, 3)], [(0, 1, 2), (0, 2, 3)]),
        ("two lots are merged", [(0, 1, 2), (0, 2, 3), (1, 3, 5)], [(0, 2, 2), (1, 2, 3)]),
        ("what left before it came is not linked", [(1, 1, 5), (0, 2, 5)], []),
        ("old stock is used up at home", [(0, 1, 5), (0, 30, 4), (1, 31, 4)], [(1, 2, 4)]),
        ("own goods leave first, then a relay", [(1, 1, 50), (0, 20, 4), (1, 22, 4)], [(1, 2, 4)]),
    ],
)
def test_small_stories(tmp_path, story, lots, expected):
    assert linked(lots, tmp_path) == expected, story
