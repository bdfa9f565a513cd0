"""Are lots followed both ways, each once?"""

import pyarrow as pa

from landwaiter.trace.follow import follow


def hops(*pairs):
    return pa.table(
        {
            "in_row": [pair[0] for pair in pairs],
            "out_row": [pair[1] for pair in pairs],
            "party_id": ["p-1"] * len(pairs),
            "family": ["854231"] * len(pairs),
            "quantity": [1.0] * len(pairs),
            "days_between": pa.array([3] * len(pairs), pa.int32()),
        }
    )


def told(table):
    return [(row["direction"], row["level"], row["in_row"], row["out_row"]) for row in table.to_pylist()]


def test_both_ways_from_the_middle():
    found = follow(hops(("a", "b"), ("b", "c"), ("c", "d")), ["b"], max_hops=6)
    assert told(found) == [("upstream", 1, "a", "b"), ("downstream", 1, "b", "c"), ("downstream", 2, "c", "d")]


def test_a_circle_ends():
    found = follow(hops(("a", "b"), ("b", "a")), ["a"], max_hops=6)
    assert len(told(found)) == 4


def test_it_stops_at_the_number_of_hops():
    assert told(follow(hops(("a", "b"), ("b", "c")), ["a"], max_hops=1)) == [("downstream", 1, "a", "b")]


def test_nothing_to_follow():
    assert told(follow(hops(("a", "b")), ["z"], max_hops=3)) == []
