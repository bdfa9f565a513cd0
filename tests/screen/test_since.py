import random
from datetime import date

import pyarrow as pa
import pytest

from landwaiter.screen.index import Asked, NameIndex
from landwaiter.screen.since import changes_since
from landwaiter.tables import TABLES

DAY = date(2026, 1, 1)
WORDS = ["kupol", "orbita", "zenith", "Купол", "賴清德", "sea", "star", "trading", "radio", "almaz", "vympel"]


def index(listings):
    blank = {"list": "us", "kind": "unknown", "birth_dates": [], "addresses": [], "programmes": []}
    rows = [{**blank, "listing_id": ident, "name": names[0], "countries": countries, "identifiers": numbers}
            for ident, (names, countries, numbers) in sorted(listings.items())]  # fmt: skip
    names = [{"listing_id": ident, "position": place, "name": name, "is_weak": False}
             for ident, (names, *_) in sorted(listings.items()) for place, name in enumerate(names)]  # fmt: skip
    return NameIndex(
        pa.Table.from_pylist(rows, schema=TABLES["listings"].schema),
        pa.Table.from_pylist(names, schema=TABLES["listing_names"].schema),
        as_of=DAY,
    )


def by_two_whole_runs(old, new, asked, threshold):
    """The obvious way: screen all against both, and lay the answers side by side."""
    found = []
    runs = [one.screen(asked, threshold=threshold, most=10**6) for one in (old, new)]
    for place, sides in enumerate(zip(*runs, strict=True)):
        was, now = ({match.listing_id: match for match in side} for side in sides)
        for ident in sorted({*was, *now}):
            said_otherwise = old.digest(ident) != new.digest(ident)
            if ident in was and ident in now and was[ident] == now[ident] and not said_otherwise:
                continue
            change = "gone" if ident not in now else "new" if ident not in was else "changed"
            before = was[ident].score if ident in was else None
            found.append((place, change, now.get(ident, was.get(ident)), before))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_what_changed_is_what_two_whole_runs_show(seed):
    chance = random.Random(seed)

    def name():
        return " ".join(chance.choices(WORDS, k=chance.randint(1, 3)))

    def entry():
        names = list(dict.fromkeys(name() for _ in range(chance.randint(1, 3))))
        return names, chance.choice([[], ["RU"]]), chance.choice([[], ["inn:1831083343"]])

    listings = {f"us:{place:03d}": entry() for place in range(120)}
    later = {ident: one for ident, one in listings.items() if chance.random() > 0.05}
    later |= {ident: entry() for ident in chance.sample(sorted(later), 8)}
    # Two hundred more that share a word make frequent what was rare.
    later |= {f"us:{place}": ([f"kupol {place}x"], [], []) for place in range(500, 700)}
    old, new = index(listings), index(later)
    asked = [Asked([name()], countries=chance.choice([[], ["RU"], ["DE"]]),
                   identifiers=chance.choice([[], [], ["inn:1831083343"]])) for _ in range(60)]  # fmt: skip
    changes = changes_since(old, new, asked, threshold=0.6)
    expected = by_two_whole_runs(old, new, asked, 0.6)
    assert [(one.place, one.change, one.match, one.before) for one in changes] == expected
    assert {one.change for one in changes} >= {"new", "gone"}


def test_the_same_lists_change_nothing():
    one = index({"us:1": (["Kupol"], ["RU"], [])})
    assert changes_since(one, one, [Asked(["Kupol"])], threshold=0.5) == []


def test_a_listing_that_says_something_else_is_shown_though_its_score_is_the_same():
    old, new = index({"us:1": (["Kupol"], [], [])}), index({"us:1": (["Kupol"], [], ["inn:1831083343"])})
    (change,) = changes_since(old, new, [Asked(["Kupol"])], threshold=0.5)
    assert (change.change, change.before) == ("changed", change.match.score)
