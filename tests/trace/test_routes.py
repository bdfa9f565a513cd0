"""Are the countries that goods cross those declared, and the usual way by land only where nothing is?"""

import pytest

from landwaiter.engine.duck import open_duck
from landwaiter.trace.routes import find_ways
from worlds.small import SmallWorld, put_world


@pytest.mark.parametrize(
    ("start", "end", "declared", "expected"),
    [
        ("DE", "KZ", "PL; RU", {("PL", 1), ("RU", 1)}),
        ("DE", "KZ", "TR;GE", {("TR", 1), ("GE", 1)}),
        ("DE", "KZ", "", {("RU", 0)}),
        ("TW", "KZ", "", set()),
        ("DE", "FR", "", set()),
    ],
)
def test_the_ways_of_a_row(tmp_path, start, end, declared, expected):
    row = {"day": "2022-06-01", "from": start, "seller": "A", "to": end, "buyer": "B", "hs6": "854231", "pieces": "9"}
    with open_duck(tmp_path, memory_mb=300, threads=1) as corridor:
        put_world(corridor, SmallWorld("", [{**row, "kg": "1", "usd": "90", "through": declared}]))
        find_ways(corridor)
        ways = [way for way in corridor.get("ways").to_pylist() if way["row_no"] == 0]
    assert {(way["through_country"], way["is_declared"]) for way in ways} == expected
