"""Who buys what from whom, how often, and what does the buyer do with it? Honest trade, drawn as relations."""

import numpy as np
import numpy.typing as npt

from landwaiter.simulate.cast import Cast
from landwaiter.simulate.facts import NEVER, Bools, Ints, countries, goods
from landwaiter.simulate.plan import Parameters

SUPPLIERS = 3
TO_TARGETS = -2  # Marks, while traders are drawn, who may sell to targets.
CUSTOMERS = 8

# A relation: its buyer takes `lots` lots from its suppliers between two days. Of each `merge` lots that arrive, with
# the chance `passes`, a part between keep_low and keep_high leaves again, in pieces, after lag days, as `good_out` of
# `origin_out`, one piece out for each `ratio` pieces in. What reaches the buyer of the relation `onto` places further
# on is an arrival there. The papers may state an end use (`use`, in the words of `form`), a way (`via`) and a part of
# their own, describe the goods under another code as what they were (`is_told`), name no end user (`blind`), and be
# lost or late in the books of the country of arrival. Scheme -1 is honest; a scheme is nothing but other values.
RELATION = np.dtype(
    [
        ("scheme", "i8"),
        ("buyer", "i8"),
        ("suppliers", "i8", (SUPPLIERS,)),
        ("good", "i8"),
        ("origin", "i8"),
        ("first", "i8"),
        ("last", "i8"),
        ("lots", "i8"),
        ("lot_log", "f8"),
        ("lot_spread", "f8"),
        ("pack", "i8"),
        ("price_log", "f8"),
        ("season", "f8"),
        ("passes", "f8"),
        ("keep_low", "f8"),
        ("keep_high", "f8"),
        ("merge", "i8"),
        ("pieces_low", "i8"),
        ("pieces_high", "i8"),
        ("lag_low", "i8"),
        ("lag_high", "i8"),
        ("good_out", "i8"),
        ("origin_out", "i8"),
        ("ratio", "i8"),
        ("margin", "f8"),
        ("customers", "i8", (CUSTOMERS,)),
        ("weights", "f8", (CUSTOMERS,)),
        ("since", "i8", (CUSTOMERS,)),
        ("until", "i8", (CUSTOMERS,)),
        ("licensed", "?"),
        ("onto", "i8"),
        ("use", "i8"),
        ("form", "i8"),
        ("is_told", "?"),
        ("via", "i8"),
        ("part", "i8"),
        ("lost", "f8"),
        ("late", "i8"),
        ("blind", "?"),
    ],
    align=True,
)
Relations = npt.NDArray[np.void]

# What honest traders are: share of traders, chance that a lot is passed on, part of it kept moving, lots merged,
# pieces made, days it takes.
TRADERS = {
    "regional centre": (0.30, 0.95, (0.70, 1.0), (1, 3), (1, 4), (3, 60)),
    "wholesaler": (0.20, 0.95, (0.60, 1.0), (1, 3), (2, 5), (3, 75)),
    "assembler": (0.12, 0.90, (0.80, 1.0), (2, 3), (1, 3), (20, 90)),
    "local distributor": (0.15, 0.20, (0.10, 0.60), (1, 1), (1, 2), (5, 90)),
    "back-to-back trader": (0.13, 0.95, (1.00, 1.0), (1, 1), (1, 1), (2, 45)),
    "dealer in parts": (0.10, 0.85, (0.50, 1.0), (1, 2), (1, 3), (5, 70)),
}


def draw_traders(rng: np.random.Generator, cast: Cast, parameters: Parameters, many: int, reserved: Bools) -> Relations:
    """Relations of traders, who buy in order to sell on to other countries."""
    kinds = list(TRADERS.values())
    kind = rng.choice(len(kinds), many, p=[k[0] for k in kinds])
    trade = _blank(many)
    traders = cast.pools["traders"].members
    trade["buyer"] = traders[np.floor(rng.random(many) ** 1.3 * len(traders)).astype(np.int64)]
    civil = kind == list(TRADERS).index("back-to-back trader")
    _draw_goods(rng, cast, trade, _wants_listed(rng, parameters, many, 0.55) & ~civil, reserved)
    _draw_terms(rng, parameters, cast, trade, before=120)
    for field, at in (("merge", 3), ("pieces", 4), ("lag", 5)):
        low, high = np.array([k[at] for k in kinds])[kind].T
        if field == "merge":
            trade["merge"] = rng.integers(low, high + 1)
        else:
            trade[f"{field}_low"], trade[f"{field}_high"] = low, high
    trade["passes"] = np.array([k[1] for k in kinds])[kind]
    trade["keep_low"], trade["keep_high"] = np.array([k[2] for k in kinds])[kind].T
    trade["margin"] = rng.uniform(0.03, 0.22, many)
    _two_origins(rng, cast, trade, reserved)
    steps = _second_steps(rng, cast, trade)
    _obey_controls(rng, trade, cast.country[trade["buyer"]])
    _draw_customers(rng, cast, trade)
    _sell_the_uncontrolled(rng, cast, trade)
    _sell_under_licence(rng, cast, trade)
    _assemble(rng, cast, trade, kind == list(TRADERS).index("assembler"))
    _mislabel(rng, trade)
    _keep_stock(rng, cast, trade)
    _take_steps(trade, steps)
    trade["last"] = np.minimum(trade["last"], parameters.last_day)
    # Nor do they sell from a country the goods that a scheme has for itself there.
    trade["passes"] = np.where(reserved[trade["good_out"], cast.country[trade["buyer"]]], 0.0, trade["passes"])
    return trade


def draw_direct(rng: np.random.Generator, cast: Cast, parameters: Parameters, many: int, reserved: Bools) -> Relations:
    """Relations of buyers who use what they buy; what controls forbid ends before they begin."""
    there = countries()
    trade = _blank(many)
    country = rng.choice(len(there.code), many, p=there.buys / there.buys.sum())
    listed = _wants_listed(rng, parameters, many, 1.6)
    # Hubs and targets buy much of the listed goods, lawfully: what is new is seldom what is forbidden.
    near = np.where(there.role == "hub", there.buys, np.where(there.role == "target", 6 * there.buys, 0.0))
    country = np.where(listed & (rng.random(many) < 0.92), rng.choice(len(near), many, p=near / near.sum()), country)
    trade["buyer"] = cast.pools["buyers"].pick(rng, country)
    _draw_goods(rng, cast, trade, listed, reserved, chinese=0.25)
    _draw_terms(rng, parameters, cast, trade)
    _obey_controls(rng, trade, country)
    trade["first"] = np.maximum(trade["first"], parameters.first_day)
    trade["lots"] = np.where(trade["last"] < trade["first"], 0, trade["lots"])
    return trade


def _blank(many: int) -> Relations:
    trade = np.zeros(many, dtype=RELATION)
    for name in ("scheme", "use", "via", "part", "form"):
        trade[name] = -1
    return trade


def forbidden(good: Ints, origin: Ints, country: Ints, last: Ints) -> Bools:
    """Whether goods on the priority list still reach a target when their origin's controls are in force."""
    there = countries()
    to_target = there.role[country] == "target"
    return np.asarray(goods().is_listed[good] & to_target & (last >= there.control_from[origin]))


def _obey_controls(rng: np.random.Generator, trade: Relations, country: Ints) -> None:
    """End what controls forbid before they begin, but for a few relations that have a licence."""
    stopped = forbidden(trade["good"], trade["origin"], country, trade["last"])
    trade["licensed"] = stopped & (rng.random(len(trade)) < 0.06)
    stop = countries().control_from[trade["origin"]] - rng.integers(1, 30, len(trade))
    stopped &= ~trade["licensed"]
    trade["last"] = np.where(stopped, stop, trade["last"])
    trade["first"] = np.where(stopped, np.minimum(trade["first"], stop - 150), trade["first"])
    trade["lots"] = np.where(trade["last"] < trade["first"], 0, trade["lots"])


def _wants_listed(rng: np.random.Generator, parameters: Parameters, many: int, scale: float) -> Bools:
    return rng.random(many) < parameters.listed_goods_share / scale


def _draw_goods(
    rng: np.random.Generator, cast: Cast, trade: Relations, listed: Bools, reserved: Bools, *, chinese: float = 0.5
) -> None:
    """Choose goods, one of the countries that make them, and sellers there.

    Args:
        reserved: goods by country: pairs that a planned scheme has for itself.
        chinese: how often hubs buy in China what China makes too.
    """
    made, there, many = goods(), countries(), len(trade)
    buyer_country = cast.country[trade["buyer"]]
    # Chips are half of what is traded of the listed goods, and parts sold by the hundred outnumber machines.
    chips = np.flatnonzero([code.startswith("8542") for code in made.hs6])
    other, civil = np.flatnonzero(made.is_listed), np.flatnonzero(~made.is_listed)
    often = np.where((made.unit[other] == "C62") & (made.lot[other] >= 100), 4.0, 1.0)
    good = np.where(
        listed,
        np.where(rng.random(many) < 0.5, rng.choice(chips, many), rng.choice(other, many, p=often / often.sum())),
        rng.choice(civil, many),
    )
    makers = _padded(made.made_in)
    count = np.array([len(places) for places in made.made_in])
    place = np.floor(rng.random(many) * count[good]).astype(np.int64)
    origin = makers[good, place]
    # Not from the buyer's own country, and not a pair that a scheme has for itself.
    for step in range(1, 8):
        wrong = (origin == buyer_country) | reserved[good, origin]
        origin = np.where(wrong, makers[good, (place + step) % count[good]], origin)
    wrong = (origin == buyer_country) | reserved[good, origin]
    chip, cable = made.number("854239"), made.number("854442")
    good = np.where(wrong, np.where(listed, chip, cable), good)
    second = np.where(listed, makers[chip, 0], makers[cable, 0])
    third = np.where(listed, makers[chip, 1], makers[cable, 1])
    origin = np.where(wrong, np.where(second == buyer_country, third, second), origin)
    china = there.number("CN")
    also_china = np.array([china in places for places in made.made_in]) & ~reserved[:, china]
    role = there.role[buyer_country]
    uncontrolled = np.where(role == "target", 0.95, np.where(role == "hub", chinese, 0.0))
    origin = np.where(also_china[good] & (buyer_country != china) & (rng.random(many) < uncontrolled), china, origin)
    trade["good"], trade["good_out"] = good, good
    trade["origin"], trade["origin_out"] = origin, origin
    draw_suppliers(rng, cast, trade, 1 + (rng.random(many) < 0.35) + (rng.random(many) < 0.2))


def draw_suppliers(rng: np.random.Generator, cast: Cast, trade: Relations, many: Ints) -> None:
    """Give each relation this many sellers of the country of origin; the first sells most."""
    for slot in range(SUPPLIERS):
        picked = cast.pools["sellers"].pick(rng, trade["origin"])
        trade["suppliers"][:, slot] = np.where(slot < many, picked, -1)


def _draw_terms(
    rng: np.random.Generator, parameters: Parameters, cast: Cast, trade: Relations, *, before: int = 0
) -> None:
    """Time, pace, size and price; some relations are older than the world by up to `before` days."""
    made, many = goods(), len(trade)
    begin, end = parameters.first_day, parameters.last_day
    span = end - begin
    founded = cast.founded[trade["buyer"]]
    first = begin - 120 + np.floor(rng.random(many) * (span - 30)).astype(np.int64)
    first = np.maximum(first, founded + rng.integers(7, 270, many))
    first = np.clip(first, begin - before, end - 20)
    trade["first"] = first
    trade["last"] = np.minimum(end, first + np.floor(rng.uniform(120, 1100, many)).astype(np.int64))
    pace = np.exp(rng.normal(np.log(32), 0.5, many))
    trade["lots"] = np.clip((trade["last"] - first) / pace, 3, 60).astype(np.int64)
    trade["lot_log"] = np.log(made.lot[trade["good"]]) + rng.normal(0, 0.6, many)
    trade["lot_spread"] = rng.uniform(0.15, 0.6, many)
    trade["pack"] = draw_packs(rng, trade["lot_log"])
    trade["price_log"] = np.log(made.usd[trade["good"]]) + rng.normal(0, parameters.price_spread, many)
    trade["season"] = rng.random(many)
    _send_parcels(rng, parameters, trade)


def _send_parcels(rng: np.random.Generator, parameters: Parameters, trade: Relations) -> None:
    """Some relations live from small lots by courier: web shops, spare parts, samples."""
    price = goods().usd[trade["good"]]
    small = np.flatnonzero((rng.random(len(trade)) < parameters.parcel_share) & (price < 400))
    trade["lot_log"][small] = np.log(parcel_units(rng, price[small]))
    trade["pack"][small] = 1
    # Small lots come more often.
    trade["lots"][small] = np.minimum(2 * trade["lots"][small], 60)


def parcel_units(rng: np.random.Generator, price: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Units of a parcel: so many as are worth a few hundred dollars, one at least."""
    return np.maximum(1.0, rng.uniform(300, 800, len(price)) / price)


def draw_packs(rng: np.random.Generator, lot_log: npt.NDArray[np.float64]) -> Ints:
    """Units to a pack: three relations in five count single units; never more than a fifth of a lot."""
    pack = rng.choice(np.array([1, 10, 100, 1000]), len(lot_log), p=[0.6, 0.2, 0.15, 0.05])
    return np.where(pack * 5 <= np.exp(lot_log), pack, 1)


def _draw_customers(rng: np.random.Generator, cast: Cast, trade: Relations) -> None:
    there, many = countries(), len(trade)
    home = cast.country[trade["buyer"]][:, None]
    shape = (many, CUSTOMERS)
    country = rng.choice(len(there.code), shape, p=there.buys / there.buys.sum())
    # Half of a hub's customers are its neighbours: other hubs and the targets.
    weight = np.where(there.role == "hub", 0.7 * there.buys, np.where(there.role == "target", 24.0, 0.0))
    near = rng.choice(len(weight), shape, p=weight / weight.sum())
    country = np.where(rng.random(shape) < 0.75, near, country)
    # What was bought before the controls may be sold from stock long after them: only the last arrival counts.
    forbids = forbidden(trade["good"][:, None], trade["origin"][:, None], country, trade["last"][:, None])
    free = np.array([there.number(code) for code in ("VN", "IN", "CN", "HK", "TR", "AE", "KZ", "KG", "AM", "UZ", "RS")])
    country = np.where(forbids, rng.choice(free, shape), country)
    country = np.where(country == home, there.number("SG"), country)
    country = np.where(country == home, there.number("MY"), country)
    trade["customers"] = cast.pools["buyers"].pick(rng, country)
    few = rng.integers(2, CUSTOMERS + 1, many)[:, None]
    trade["weights"] = np.where(np.arange(CUSTOMERS) < few, rng.exponential(1.0, shape) + 0.05, 0.0)
    trade["since"], trade["until"] = -NEVER, NEVER


def _two_origins(rng: np.random.Generator, cast: Cast, trade: Relations, reserved: Bools) -> None:
    """One trader in six also deals in goods of the same code from China, which may go where the others may not."""
    made, china = goods(), countries().number("CN")
    both = np.array([china in places for places in made.made_in]) & ~reserved[:, china]
    first = np.arange(0, len(trade) - 1, 2)
    controlled = made.is_listed & both
    chosen = controlled[trade["good"][first]] & (trade["origin"][first] != china) & (rng.random(len(first)) < 0.7)
    chosen &= cast.country[trade["buyer"][first]] != china
    first = first[chosen]
    second = first + 1
    for name in ("buyer", "good", "good_out", "lot_log", "pack", "price_log"):
        trade[name][second] = trade[name][first]
    trade["origin"][second] = trade["origin_out"][second] = china
    trade["lot_log"][second] += rng.normal(0.6, 0.5, len(second))
    other = trade[second]
    draw_suppliers(rng, cast, other, np.full(len(second), 2))
    trade["suppliers"][second] = other["suppliers"]
    trade["via"][second] = TO_TARGETS


def _sell_the_uncontrolled(rng: np.random.Generator, cast: Cast, trade: Relations) -> None:
    """Send to targets what the dealers in two origins have from China, and most of what others have from there."""
    there = countries()
    chinese = goods().is_listed[trade["good"]] & (trade["origin"] == there.number("CN"))
    chosen = (trade["via"] == TO_TARGETS) | (chinese & (rng.random(len(trade)) < 0.85))
    trade["via"] = np.where(trade["via"] == TO_TARGETS, -1, trade["via"])
    chosen = np.flatnonzero(chosen & (there.role[cast.country[trade["buyer"]]] == "hub"))
    where = _targets(rng, (len(chosen), CUSTOMERS))
    trade["customers"][chosen] = cast.pools["buyers"].pick(rng, where)


def _targets(rng: np.random.Generator, shape: tuple[int, ...]) -> Ints:
    """Four customers in five are in the larger of the two."""
    there = countries()
    return np.where(rng.random(shape) < 0.8, there.number("RU"), there.number("BY"))


def _sell_under_licence(rng: np.random.Generator, cast: Cast, trade: Relations) -> None:
    """One trader in ten may sell controlled goods to a target, and its papers name the licence."""
    there = countries()
    controlled = goods().is_listed[trade["good"]] & (there.control_from[trade["origin"]] < NEVER)
    chosen = np.flatnonzero(controlled & (rng.random(len(trade)) < 0.1))
    chosen = chosen[there.role[cast.country[trade["buyer"][chosen]]] != "target"]
    trade["licensed"][chosen] = True
    targets = _targets(rng, (len(chosen),))
    trade["customers"][chosen, 0] = cast.pools["buyers"].pick(rng, targets)
    # Some of them have the licence for a customer who takes nearly all.
    trade["weights"][chosen, 0] = trade["weights"][chosen].sum(axis=1) * rng.exponential(2.0, len(chosen))


def _second_steps(rng: np.random.Generator, cast: Cast, trade: Relations) -> Ints:
    """Where the next trader in the row takes its goods from this one: distribution in more than one step."""
    first = np.arange(0, len(trade) - 1, 2)
    country = cast.country[trade["buyer"]]
    chosen = (rng.random(len(first)) < 0.1) & (country[first] != country[first + 1])
    chosen &= trade["origin"][first] != country[first + 1]
    chosen &= (trade["via"][first + 1] != TO_TARGETS) & (trade["via"][first] != TO_TARGETS)
    first = first[chosen]
    for name in ("good", "good_out", "origin", "origin_out", "price_log", "lot_log", "pack", "suppliers"):
        trade[name][first + 1] = trade[name][first]
    # Its customers are lawful if even its last lot may go to them.
    trade["last"][first + 1] = np.maximum(trade["last"][first + 1], trade["last"][first] + 90)
    return np.asarray(first)


def _take_steps(trade: Relations, first: Ints) -> None:
    first = first[(trade["ratio"][first] == 1) & (trade["passes"][first + 1] > 0) & ~trade["licensed"][first]]
    trade["onto"][first], trade["lots"][first + 1], trade["ratio"][first + 1] = 1, 0, 1
    for name in ("good_out", "origin_out"):
        trade[name][first + 1] = trade[name][first]
    trade["customers"][first, 0] = trade["buyer"][first + 1]
    trade["weights"][first, 0] = trade["weights"][first].sum(axis=1)


def _assemble(rng: np.random.Generator, cast: Cast, trade: Relations, assembles: Bools) -> None:
    """Assemblers of chips sell devices: fewer pieces, other goods, made at home."""
    made = goods()
    chips = np.isin(trade["good"], np.flatnonzero([code.startswith("854") for code in made.hs6]))
    devices = np.array([made.number(code) for code in ("851713", "847130", "852872", "940542")])
    changed = assembles & chips
    trade["good_out"] = np.where(changed, rng.choice(devices, len(trade)), trade["good"])
    trade["origin_out"] = np.where(changed, cast.country[trade["buyer"]], trade["origin"])
    trade["ratio"] = np.where(changed, rng.integers(4, 30, len(trade)), 1)


def _mislabel(rng: np.random.Generator, trade: Relations) -> None:
    """One trader in twenty-five of the goods that can be mistaken for others calls them so; nothing is meant by it."""
    others = goods().relabel
    known = np.array([len(codes) > 0 for codes in others])[trade["good"]]
    for at in np.flatnonzero(known & (trade["ratio"] == 1) & (rng.random(len(trade)) < 0.04)).tolist():
        trade["good_out"][at] = rng.choice(others[trade["good"][at]])
    trade["is_told"] = rng.random(len(trade)) < 0.5


def _keep_stock(rng: np.random.Generator, cast: Cast, trade: Relations) -> None:
    """One trader in twelve bought before the controls and sells from that stock for most of a year, to targets too."""
    there = countries()
    starts = there.control_from[trade["origin"]]
    abroad = there.role[cast.country[trade["buyer"]]] != "target"
    chosen = (rng.random(len(trade)) < 0.08) & abroad & (starts < NEVER) & (trade["first"] + 60 < starts)
    many = int(chosen.sum())
    trade["last"][chosen] = np.minimum(trade["last"], starts - 5)[chosen]
    trade["lag_high"][chosen] = rng.integers(120, 300, many)
    targets = _targets(rng, (many,))
    trade["customers"][chosen, 0] = cast.pools["buyers"].pick(rng, targets)
    fewer = (trade["last"] - trade["first"]) // 25
    trade["lots"][chosen] = np.clip(np.minimum(trade["lots"], fewer), 2, 60)[chosen]


def _padded(lists: tuple[Ints, ...]) -> Ints:
    width = max(len(items) for items in lists)
    return np.array([np.resize(items, width) for items in lists])
