"""Is a firm that one book knows as a buyer and another as a seller found to be one, and are strangers left apart?"""

import pytest

from landwaiter.engine.duck import open_duck
from worlds.small import SmallWorld, party_id, put_world

LATIN, CYRILLIC = "VALFIRON COMMERCE FZE", "Валфирон Коммерция ФЗЕ"
BOUGHT = {"from": "TW", "seller": "Island Chips", "to": "AE", "buyer": LATIN, "buyer at": "41 FACTORY ST, ABU DHABI"}
SOLD = {"from": "AE", "seller": CYRILLIC, "to": "RU", "buyer": "Volga Pribor", "books": "RU",
        "seller at": "г. Абу-Даби, ул. Заводская, д. 41"}  # fmt: skip


def chips(day, pieces, way, cells=()):
    """A lot of chips."""
    return {**way, "day": day, "hs6": "854231", "pieces": pieces, "kg": "26", "usd": "51960", **dict(cells)}


def world(bought=None, sold=None, **sold_cells):
    """Two lots that the maker's books show, and two that the target's do."""
    bought, sold = BOUGHT | (bought or {}), SOLD | (sold or {})
    return [
        chips("2022-06-01", "2598", bought),
        chips("2022-07-01", "1403", bought),
        chips("2022-06-20", "2500", sold, sold_cells),
        chips("2022-07-20", "1400", sold, sold_cells),
    ]


def bridged(rows, folder):
    """The bridges of a world, and its chains' views."""
    with open_duck(folder, memory_mb=500, threads=1) as corridor:
        put_world(corridor, SmallWorld("", rows))
        return corridor.get("bridges").to_pylist(), {leg["view"] for leg in corridor.get("chains").to_pylist()}


def test_name_house_and_lots_join_a_buyer_and_a_seller_and_the_chain_stays_inferred(tmp_path):
    bridges, views = bridged(world(), tmp_path)
    (bridge,) = bridges
    assert (bridge["party_id"], bridge["home_party"], bridge["lots"]) == (party_id(CYRILLIC), party_id(LATIN), 2)
    assert "the same number in the address, and 2 of 2 lots" in bridge["why"]
    assert views == {"b"}


@pytest.mark.parametrize(
    ("story", "rows"),
    [
        ("another house", world(sold={"seller at": "г. Абу-Даби, ул. Заводская, д. 14"})),
        ("another name", world(sold={"seller": "Босфор Дагитим"})),
        ("another country", world(sold={"from": "TR"})),
        ("sold before it was bought", world(day="2022-05-20")),
        ("more than was bought", world(pieces="9000")),
        ("no address and no part number", world(sold={"seller at": ""})),
    ],
)
def test_what_does_not_agree_stays_apart(tmp_path, story, rows):
    assert bridged(rows, tmp_path)[0] == [], story


def test_a_firm_whose_own_books_are_there_needs_no_bridge(tmp_path):
    assert bridged(world(bought={"books": "AE"}), tmp_path)[0] == []


def test_without_an_address_the_part_number_and_the_name_must_agree(tmp_path):
    unplaced = {"seller at": ""}
    rows = [{**row, "part": "AB12"} for row in world(sold=unplaced)]
    assert "the same part number" in bridged(rows, tmp_path)[0][0]["why"]
    rows[2]["part"] = rows[3]["part"] = "CD34"
    (tmp_path / "other").mkdir()
    assert bridged(rows, tmp_path / "other")[0] == []
