"""Which words of a name or a register does an officer stop at, and which only look like them?"""

import pytest

from landwaiter.engine.duck import open_duck
from landwaiter.own.papers import read_papers
from worlds.small import SmallWorld, party_id, put_world

ROW = {
    "day": "2022-06-01",
    "from": "TW",
    "seller": "Island Chips",
    "to": "TR",
    "hs6": "854231",
    "pieces": "1",
    "usd": "9",
}


def papers(folder, buyer, **company):
    world = SmallWorld("", shipments=[{**ROW, "buyer": buyer}], companies=[{"company": buyer, **company}])
    with open_duck(folder, memory_mb=500, threads=1) as corridor:
        put_world(corridor, world)
        read_papers(corridor)
        rows = corridor.get("party_papers").to_pylist()
    return [(row["kind"], row["value"]) for row in rows if row["party_id"] == party_id(buyer)]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Nova Freight Forwarding LLC", "forwarder"),
        ("大同貨運有限公司", "forwarder"),
        ("TO THE ORDER OF", "name that stands for nobody"),
        ("Банк Пример", "bank"),
        ("Bankston Electronics", ""),
        ("Order Management Systems", ""),
        ("Air Freightliner Parts", ""),
        ("Bank Negara Example", "bank"),
        ("1 Upper Bank Street Limited", ""),
        ("Example Logistics Propco A14 Ltd", ""),
        ("Example Logistics VII Limited", ""),
        ("Example Logistics EU 2025 37 Sarl", ""),
        ("Example Logistics 24 Ltd", "forwarder"),
        ("VII Logistics Ltd", "forwarder"),
        ("Example Bank Equity Fund", ""),
        ("To the order of Example Fund VII", "name that stands for nobody"),
    ],
)
def test_a_role_is_read_from_whole_words(tmp_path, name, role):
    assert papers(tmp_path, name) == ([("role", role)] if role else [])


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        ("+7 495 1", [("phone_elsewhere", "RU")]),
        ("+90 212 1", []),
        ("8 495 1", []),
        ("", []),
        ("+1 212 1", [("phone_elsewhere", "US")]),
    ],
)
def test_a_telephone_is_of_another_country_only_where_it_says_so(tmp_path, phone, said):
    assert papers(tmp_path, "Nova", phone=phone) == said


def test_a_forwarder_is_known_by_other_rows(tmp_path):
    world = SmallWorld("", shipments=[{**ROW, "buyer": "Nova"}, {**ROW, "buyer": "Alpine", "forwarder": "NOVA"}])
    with open_duck(tmp_path, memory_mb=500, threads=1) as corridor:
        put_world(corridor, world)
        rows = corridor.get("party_papers").to_pylist()
    assert [(row["party_id"], row["kind"], row["word"]) for row in rows] == [("p-Nova", "carries", "NOVA")]
