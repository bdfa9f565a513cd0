"""Is a withdrawal measured from the day of the listing, and is what has no day left without one?"""

import pytest

from landwaiter.engine.duck import open_duck
from landwaiter.own.around import look_around
from landwaiter.own.owner_facts import tell_owner_facts
from worlds.small import AS_OF, SmallWorld, put_world

ROW = {
    "day": "2022-06-01",
    "from": "TW",
    "seller": "Chips",
    "to": "TR",
    "buyer": "Nova",
    "hs6": "854231",
    "pieces": "1",
}
MATCH = {"party": "Ivan Primer", "listing": "made:1", "listed name": "PRIMER, Ivan", "score": "0.9"}


def facts(folder, holding, **match):
    world = SmallWorld(
        "", [{**ROW, "usd": "9"}], [], [MATCH | match], [{"owner": "Ivan Primer", "owned": "Nova", **holding}]
    )
    with open_duck(folder, memory_mb=500, threads=1) as corridor:
        put_world(corridor, world)
        tell_owner_facts(corridor, as_of=AS_OF)
        rows = corridor.get("owner_facts").to_pylist()
        assert [one for one, _ in look_around(corridor, has_register=False, has_statements=False)] == [
            "shared attributes",
            "end-user statements",
        ]
    return [(row["kind"], row["gap_days"]) for row in rows]


@pytest.mark.parametrize(
    ("holding", "listed_on", "told"),
    [
        ({"percent": "80", "valid_to": "2022-05-11"}, "2022-05-01", [("former", 10)]),
        ({"percent": "80", "valid_to": "2022-04-21"}, "2022-05-01", [("former", 10)]),
        ({"percent": "80", "valid_to": "2022-05-11"}, "", [("former", None)]),
        ({"percent": "30"}, "2022-05-01", [("minority", None)]),
        ({"percent": "60"}, "2022-05-01", []),
    ],
)
def test_what_is_told_of_an_owner(tmp_path, holding, listed_on, told):
    assert facts(tmp_path, holding, listed_on=listed_on) == told
