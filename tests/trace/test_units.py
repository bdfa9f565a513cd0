"""Do goods that are counted here and weighed there stay in one ledger, and is that said?"""

from landwaiter.engine.duck import open_duck
from worlds.small import SmallWorld, put_world

USUAL = [
    {"day": f"2021-{1 + n // 28:02d}-{1 + n % 28:02d}", "from": "TW", "seller": "Island Chips", "to": "DE",
     "buyer": f"User {n}", "hs6": "854231", "pieces": str(1000 + 10 * n), "kg": str((1000 + 10 * n) / 100), "usd": "9"}
    for n in range(24)
]  # fmt: skip


def chips(day, start, seller, end, buyer, **size):
    """A lot of chips, counted or only weighed."""
    return {"day": day, "from": start, "seller": seller, "to": end, "buyer": buyer, "hs6": "854231", "usd": "9", **size}


def hops_of(rows, folder):
    """The hops of a world, and its lots by row."""
    with open_duck(folder, memory_mb=500, threads=1) as corridor:
        put_world(corridor, SmallWorld("", rows))
        return corridor.get("hops").to_pylist(), {lot["row_id"]: lot for lot in corridor.get("lots").to_pylist()}


def relayed(**weighed):
    """2,600 pieces come in, 26 kg leave."""
    return [
        chips("2022-06-01", "TW", "Island Chips", "TR", "Nova Elektronik", pieces="2600", kg="26"),
        chips("2022-06-20", "TR", "Nova Elektronik", "RU", "Volga Pribor", pieces="", **weighed),
    ]


def test_pieces_that_leave_by_weight_are_followed_and_the_hop_says_converted(tmp_path):
    hops, lots = hops_of([*USUAL, *relayed(kg="26")], tmp_path)
    (hop,) = [hop for hop in hops if hop["out_row"] == "w-25"]
    assert hop["basis"] == "seen, converted"
    assert hop["quantity"] == 2600
    assert (lots["w-25"]["unit"], lots["w-25"]["is_converted"]) == ("C62", 1)
    assert lots["w-24"]["is_converted"] == 0


def test_where_pieces_weigh_this_and_that_nothing_is_converted(tmp_path):
    mixed = [{**row, "kg": str(float(row["kg"]) * (1 + n % 5))} for n, row in enumerate(USUAL)]
    hops, lots = hops_of([*mixed, *relayed(kg="26")], tmp_path)
    assert hops == []
    assert lots["w-25"]["unit"] == "KGM"


def test_few_lots_teach_no_weight(tmp_path):
    assert hops_of([*USUAL[:10], *relayed(kg="26")], tmp_path)[0] == []
