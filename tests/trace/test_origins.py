"""Is it said rightly which goods are under control: by who made them, by their part number, and by their licence?"""

from landwaiter.engine.duck import open_duck
from worlds.small import SmallWorld, put_world

HUB = {"to": "TR", "buyer": "Nova Elektronik"}
ONWARD = {"from": "TR", "seller": "Nova Elektronik", "to": "RU", "buyer": "Volga Pribor"}


def chips(day, pieces, way, **cells):
    """A lot of chips."""
    maker = {"from": "TW", "seller": "Island Chips"}
    return {**maker, **way, "day": day, "hs6": "854231", "pieces": pieces, "kg": "26", "usd": "51960", **cells}


def traced(rows, folder):
    """The lots of a world by row, its hops as pairs of rows, and whether a chain was found."""
    with open_duck(folder, memory_mb=500, threads=1) as corridor:
        put_world(corridor, SmallWorld("", rows))
        lots = {lot["row_id"]: lot for lot in corridor.get("lots").to_pylist()}
        hops = [(hop["in_row"], hop["out_row"], hop["quantity"]) for hop in corridor.get("hops").to_pylist()]
        return lots, hops, corridor.count("chains") > 0


def test_a_lot_under_a_licence_is_licensed_and_ends_no_chain(tmp_path):
    rows = [chips("2022-06-01", "2598", HUB), chips("2022-06-20", "2598", ONWARD, licence="L7")]
    lots, hops, is_chain = traced(rows, tmp_path)
    assert (lots["w-1"]["is_licensed"], lots["w-1"]["is_to_target"]) == (1, 0)
    assert hops == [("w-0", "w-1", 2598.0)], "the hop is there all the same"
    assert not is_chain


def test_a_licence_counts_only_where_every_book_names_it(tmp_path):
    bought = {**ONWARD, "books": "RU"}
    rows = [
        chips("2022-06-01", "2598", HUB),
        chips("2022-06-20", "2598", ONWARD, licence="L7"),
        chips("2022-06-25", "2598", bought),
    ]
    lots, _, is_chain = traced(rows, tmp_path)
    assert (lots["w-1"]["is_licensed"], lots["w-1"]["is_to_target"]) == (0, 1)
    assert is_chain
    (tmp_path / "both").mkdir()
    rows[2] = chips("2022-06-25", "2598", bought, licence="L7")
    assert not traced(rows, tmp_path / "both")[2]


def test_goods_made_where_nobody_controls_them_are_not_tainted_by_passing_through_a_maker(tmp_path):
    through = chips("2022-06-01", "2598", HUB, origin="TW", flow="re-export")
    arrived = chips("2022-06-05", "2598", HUB, origin="CN", books="TR")
    onward = chips("2022-06-20", "2598", ONWARD)
    lots, _, is_chain = traced([through, arrived, onward], tmp_path)
    assert lots["w-0"]["is_controlled_origin"] == 0, "a re-export of its own goods contradicts itself; the buyer says"
    assert not is_chain
    for place, origin in enumerate(("TW", "JP", "")):
        (tmp_path / str(place)).mkdir()
        rows = [through, {**arrived, "origin": origin}, onward]
        lots, _, is_chain = traced(rows, tmp_path / str(place))
        assert (lots["w-0"]["is_controlled_origin"], is_chain) == (1, True), origin


def test_the_same_part_number_goes_before_first_in_first_out(tmp_path):
    rows = [
        chips("2022-06-01", "1000", HUB, part="AB12"),
        chips("2022-06-02", "1000", HUB, part="CD34"),
        chips("2022-06-20", "1000", ONWARD, part="CD34"),
    ]
    assert traced(rows, tmp_path)[1] == [("w-1", "w-2", 1000.0)]
    (tmp_path / "unsaid").mkdir()
    rows[2] = chips("2022-06-20", "1000", ONWARD)
    assert traced(rows, tmp_path / "unsaid")[1] == [("w-0", "w-2", 1000.0)]
