"""Are ways as long as they are on the globe?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.engine.duck import open_duck
from landwaiter.own.ways import kilometres, length
from worlds.small import SmallWorld, put_world

LOT = {"day": "2022-06-01", "from": "TW", "seller": "Island Chips", "to": "TR", "buyer": "Nova", "hs6": "854231",
       "pieces": "1", "usd": "9"}  # fmt: skip
points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_known_distances():
    assert kilometres((0, 0), (0, 90)) == pytest.approx(10_007, abs=2)
    assert kilometres((90, 0), (-90, 0)) == pytest.approx(20_015, abs=2)
    assert kilometres((52.5, 13.4), (48.9, 2.4)) == pytest.approx(878, abs=10)  # Berlin, Paris


@given(points, points, points)
def test_no_way_over_a_third_place_is_shorter(one, between, other):
    assert length([one, between, other]) >= kilometres(one, other) - 1e-6
    assert kilometres(one, other) == pytest.approx(kilometres(other, one))


def test_a_way_is_told_with_the_place_that_lies_farthest(tmp_path):
    rows = [LOT, {**LOT, "through": "SG;ZA"}, {**LOT, "through": "XX"}, {**LOT, "through": "SG;ZA"}]
    with open_duck(tmp_path, memory_mb=500, threads=1) as corridor:
        put_world(corridor, SmallWorld("", shipments=rows))
        found = corridor.get("way_lengths").to_pylist()
    assert [(row["transit_countries"], row["through"]) for row in found] == [("SG;ZA", "ZA")]
    assert found[0]["way_km"] > 2 * found[0]["direct_km"] > 15_000
