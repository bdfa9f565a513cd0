"""Whom does a young firm follow under one name, and who only bears it?"""

import pytest

from landwaiter.engine.duck import open_duck
from worlds.small import SmallWorld, put_world

LOT = {"day": "2022-06-01", "from": "TW", "seller": "Island Chips", "to": "TR", "buyer": "Nova Elektronik",
       "hs6": "854231", "pieces": "1", "usd": "9"}  # fmt: skip
YOUNG = {"company": "Nova Elektronik", "country": "TR", "incorporated_on": "2022-03-01"}
GONE = {
    "company": "NOVA ELEKTRONİK A.Ş.",
    "country": "TR",
    "incorporated_on": "2015-01-01",
    "dissolved_on": "2021-11-01",
}


@pytest.mark.parametrize(
    ("young", "gone", "told"),
    [
        ({}, {}, [("struck off", 120)]),
        ({}, {"company": "Elektronik Nova Ltd."}, [("struck off", 120)]),
        ({"incorporated_on": "2021-09-01"}, {}, [("struck off", -61)]),
        ({"incorporated_on": "2021-06-01"}, {}, []),
        ({"incorporated_on": "2023-12-01"}, {}, []),
        ({"incorporated_on": ""}, {}, []),
        ({}, {"dissolved_on": ""}, []),
        ({}, {"incorporated_on": "2022-03-01", "dissolved_on": "2022-04-01"}, []),
        # The words of business alone name nobody.
        ({"company": "Trading Electronics"}, {"company": "Electronics Trading AS"}, []),
    ],
)
def test_a_firm_follows_one_of_its_name_that_was_struck_off(tmp_path, young, gone, told):
    world = SmallWorld("", shipments=[LOT], companies=[YOUNG | young, GONE | gone])
    with open_duck(tmp_path, memory_mb=500, threads=1) as corridor:
        put_world(corridor, world)
        rows = corridor.get("phoenix_names").to_pylist()
    assert [(row["kind"], row["gap_days"]) for row in rows] == told
