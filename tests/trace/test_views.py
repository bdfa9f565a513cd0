"""Is it said which books were there, and is what no book shows told as inferred, with how likely it is?"""

import pytest

from landwaiter.engine.duck import open_duck
from landwaiter.flags.judge import find_flags, judge
from landwaiter.trace.views import view_of_run
from worlds.small import SmallWorld, put_world

CHAIN = [flag for flag in find_flags() if flag.name in ("chain", "relay")]


def leg(day, pieces, start, end, books, **cells):
    """A lot of chips from one firm to another, in the books of `books`."""
    firms = {"TW": "Island Chips", "TR": "Nova Elektronik", "RU": "Volga Pribor", "GE": "Tbilisi Radio"}
    ends = {"from": start, "seller": firms[start], "to": end, "buyer": firms[end], "books": books}
    size = {"pieces": str(pieces), "kg": str(pieces // 100), "usd": str(20 * pieces)}
    return {"day": day, **ends, "hs6": "854231", **size, **cells}


def traced(rows, folder):
    """Hops, alternatives, chains, findings and the view of the run."""
    with open_duck(folder, memory_mb=500, threads=1) as corridor:
        put_world(corridor, SmallWorld("", rows))
        judge(corridor, CHAIN)
        view = view_of_run(corridor)
        return {name: corridor.get(name).to_pylist() for name in ("hops", "alternatives", "chains", "findings")}, view


def both_ends(hub="RU"):
    """One lot in and out; `hub` is whose books the second leg stands in."""
    return [leg("2022-06-01", 2598, "TW", "TR", "TW"), leg("2022-06-20", 2598, "TR", "RU", hub)]


def test_with_the_hubs_books_a_hop_is_seen(tmp_path):
    made, _ = traced(both_ends("TR"), tmp_path)
    assert [(hop["basis"], hop["probability"]) for hop in made["hops"]] == [("seen", None)]
    assert made["alternatives"] == []
    assert {(row["view"], row["basis"], row["probability"]) for row in made["chains"]} == {("c", "seen", None)}
    assert {finding["view"] for finding in made["findings"]} == {"c"}


def test_without_them_it_is_inferred_and_never_told_as_seen(tmp_path):
    made, _ = traced(both_ends(), tmp_path)
    (hop,) = made["hops"]
    assert hop["basis"] == "inferred"
    assert 0.9 < hop["probability"] < 1, "an odd lot of the very same size, weight and price"
    assert [(row["basis"], row["view"]) for row in made["chains"]] == [("seen", "b"), ("inferred", "b")]
    assert {row["probability"] for row in made["chains"]} == {hop["probability"]}
    assert {finding["view"] for finding in made["findings"]} == {"b"}
    (chain,) = [finding for finding in made["findings"] if finding["flag"] == "chain"]
    assert "no book of the hub shows the hop" in chain["reason"]
    assert chain["strength"] < 1, "what is only likely weighs less than what is seen"


def test_the_alternatives_are_kept_with_their_probabilities(tmp_path):
    rows = [leg("2022-05-20", 2600, "TW", "TR", "TW"), *both_ends()]
    made, _ = traced(rows, tmp_path)
    ways = {row["in_row"]: row for row in made["alternatives"]}
    assert set(ways) == {"w-0", "w-1"}
    assert ways["w-1"]["probability"] > ways["w-0"]["probability"] > 0
    assert sum(row["probability"] for row in ways.values()) < 1, "some of it may have come from elsewhere"
    assert [row["is_chosen"] for row in (ways["w-0"], ways["w-1"])] == [True, False], "first in, first out"
    hop = next(hop for hop in made["hops"] if hop["in_row"] == "w-0")
    assert hop["probability"] == ways["w-0"]["probability"]


@pytest.mark.parametrize(
    ("story", "change"),
    [
        ("another size", {"pieces": "2000", "kg": "20"}),
        ("another weight of a piece", {"kg": "60"}),
        ("much cheaper than it came", {"usd": "9000"}),
        ("long after", {"day": "2022-10-20"}),
    ],
)
def test_what_agrees_less_is_less_likely(tmp_path, story, change):
    for name in ("same", "other"):
        (tmp_path / name).mkdir()
    arrival, departure = both_ends()
    same, _ = traced([arrival, departure], tmp_path / "same")
    other, _ = traced([arrival, {**departure, **change}], tmp_path / "other")
    assert other["hops"][0]["probability"] < same["hops"][0]["probability"], story


def test_the_view_of_a_run_is_the_books_that_are_there(tmp_path):
    frame = {"FR"}  # the bystanders of a small world stand in French books
    for number, (hub, books) in enumerate({"TR": "c", "RU": "b"}.items()):
        (tmp_path / str(number)).mkdir()
        _, view = traced(both_ends(hub), tmp_path / str(number))
        assert view["view"] == books
        assert set(view["origins"]) == {"TW"} | frame
    (tmp_path / "one end").mkdir()
    _, view = traced(both_ends()[:1], tmp_path / "one end")
    assert view["view"] == "a"
    assert view["records"]["TW"] == 1
