"""How is a scheme planted? By changing a few fields of honest relations; its innocent twin differs in one thing."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from landwaiter.simulate.cast import Cast
from landwaiter.simulate.facts import NEVER, Bools, Ints, countries, goods
from landwaiter.simulate.plan import Parameters, Scheme
from landwaiter.simulate.relations import CUSTOMERS, Relations, draw_packs, draw_suppliers

# Relations that a scheme changes; all of them are drawn as honest ones first.
SLOTS_OF = {"T01": 1, "T02": 2, "T03": 3, "T05": 2, "T06": 2, "T08": 1, "T13": 8}


@dataclass
class Stage:
    """Where a scheme is planted: a chunk's firms, its stream of chance, and the goods that share jumps have taken."""

    rng: np.random.Generator
    cast: Cast
    parameters: Parameters
    reserved: Bools

    def between(self, low: float, high: float) -> int:
        """A whole number from low to high."""
        return int(self.rng.integers(int(low), int(high) + 1))


@dataclass(frozen=True)
class Planted:
    """Whom a scheme is about.

    Args:
        subject: position of the firm, or -1 where it is a route.
        route: origin>hub:hs6 where the subject is a route, else empty.
        others: the other firms in it.
        ended: a firm that gave up, and on which day; position -1 where there is none. A scheme's was listed that day.
        holding: position of a company that owns the subject and is owned by one person, or -1.
    """

    scheme: Scheme
    subject: int
    route: str
    others: tuple[int, ...]
    ended: tuple[int, int] = (-1, 0)
    holding: int = -1


def plant(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """Change the slots, which are honest relations, into the scheme or into its innocent twin."""
    slots["scheme"] = scheme.number
    return _PLANTERS[scheme.typology](stage, scheme, slots)


def _shell(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T01: a firm that began after the control date buys listed goods and sends nearly all of them to a target."""
    good, origin = _goods(stage, civil=scheme.innocent == "new trader in civil goods")
    first = _some_day(stage, origin)
    hub = _hub(stage)
    since = int(countries().control_from[origin])
    shell = _new_firm(stage, hub, first - stage.between(7, min(270, first - since)))
    _deal(stage, slots, shell, good, origin)
    _time(stage, slots, first, stage.between(5, 16))
    keeps = scheme.innocent == "new distributor with local sales"
    _onward(slots, passes=0.25 if keeps else 1.0, keep=(0.1, 0.5) if keeps else (0.85, 1.0), lag=(3, 60))
    slots["merge"], slots["pieces_low"], slots["pieces_high"] = 1, 1, 2
    buyers = _customers(stage, hub, to_target=scheme.innocent in ("", "new trader in civil goods"))
    _sell_to(stage, slots, buyers)
    holding = _new_firm(stage, _hub(stage), first - stage.between(400, 4000))
    return Planted(scheme, shell, "", tuple(buyers), holding=holding)


def _behind_a_hub(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T02: a seller's direct lots to a buyer stop at the date, and go on through a new hub of the same owner."""
    good, origin = _goods(stage, civil=scheme.innocent == "civil goods through a distributor")
    stop = int(countries().control_from[origin]) - stage.between(0, 20)
    hub = _hub(stage)
    to_target = scheme.innocent in ("", "civil goods through a distributor")
    buyer = _customers(stage, hub, to_target=to_target)[0]
    _deal(stage, slots, buyer, good, origin)
    middle = _new_firm(stage, hub, stop - stage.between(0, 400))
    slots["buyer"][1] = middle
    _time(stage, slots[:1], max(stage.parameters.first_day, stop - 380), stage.between(5, 10), until=stop)
    _time(stage, slots[1:], stop + stage.between(20, 110), stage.between(5, 12))
    slots["passes"][0] = 0.0
    _onward(slots[1:], passes=1.0, keep=(0.9, 1.0), lag=(3, 50))
    slots["merge"][1], slots["pieces_low"][1], slots["pieces_high"][1] = 1, 1, 1
    buyers = [buyer]
    if scheme.innocent == "genuine change of distributor":
        # The direct buyer was a distributor himself; both sell to the same neighbours.
        home = int(stage.cast.country[buyer])
        buyers = _customers(stage, hub, to_target=False, besides=home)
        _onward(slots[:1], passes=1.0, keep=(0.9, 1.0), lag=(3, 50))
        _sell_to(stage, slots, buyers)
    elif to_target:
        stage.cast.share_officers(middle, buyer)
    _sell_to(stage, slots[1:], buyers)
    return Planted(scheme, middle, "", (buyer, *buyers))


def _phoenix(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T03: an importer ends when it is listed; another takes over its suppliers, goods and often its address."""
    abroad = scheme.innocent == "insolvency and takeover"
    good, origin = _goods(stage, civil=scheme.innocent in ("takeover by an old firm", "merger of civil importers"))
    control = int(countries().control_from[origin])
    ends = control + stage.between(180, 280)
    begins = ends + stage.between(5, 55)  # To which the time between two lots comes.
    hub = _hub(stage)
    country = _country(stage, hub, to_target=not abroad)
    old = _new_firm(stage, country, stage.parameters.first_day - stage.between(300, 4000))
    if scheme.innocent == "takeover by an old firm":
        new = int(stage.cast.pools["buyers"].pick(stage.rng, np.array([country]))[0])
    else:
        new = _new_firm(stage, country, begins - stage.between(7, 100))
    if stage.rng.random() < 0.7:
        stage.cast.address_no[new] = stage.cast.address_no[old]
    if stage.rng.random() < 0.5 and scheme.innocent != "takeover by an old firm":
        stage.cast.share_officers(new, old)
    _deal(stage, slots, old, good, origin)
    for slot in range(len(slots)):
        place = _hub(stage, besides=country)
        slots["buyer"][slot] = stage.cast.pools["traders"].pick(stage.rng, np.array([place]))[0]
        first, last = ends - stage.between(110, 170), begins + stage.between(100, 170)
        last = min(last, stage.parameters.last_day - 60)
        _time(stage, slots[slot : slot + 1], first, (last - first) // stage.between(22, 32), until=last)
    _onward(slots, passes=1.0, keep=(0.8, 1.0), lag=(3, 50))
    slots["merge"], slots["pieces_low"], slots["pieces_high"] = 1, 1, 1
    kept = 3 if stage.rng.random() < 0.6 else 2
    slots["customers"][:, 0], slots["customers"][:, 1] = old, new
    slots["weights"] = 0.0
    slots["weights"][:, 0] = 1.0
    slots["weights"][:kept, 1] = 1.0
    slots["until"][:, 0], slots["since"][:, 1] = ends, begins
    return Planted(scheme, new, "", (old, *slots["buyer"].tolist()), ended=(old, ends))


def _exact_lots(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T05: what arrives leaves soon in the very same odd quantity."""
    trader, buyers = _trader_after_control(stage, scheme, slots, "back-to-back trade in civil goods")
    _onward(slots, passes=0.95, keep=(1.0, 1.0), lag=(3, 50))
    slots["pack"], slots["merge"], slots["pieces_low"], slots["pieces_high"] = 1, 1, 1, 1
    return Planted(scheme, trader, "", tuple(buyers))


def _split_and_merged(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T06: lots are put together and cut anew, so that only the sums agree."""
    trader, buyers = _trader_after_control(stage, scheme, slots, "break-bulk of civil goods")
    _onward(slots, passes=1.0, keep=(1.0, 1.0), lag=(3, 50))
    slots["merge"], slots["pieces_low"], slots["pieces_high"] = stage.between(2, 3), 2, 5
    return Planted(scheme, trader, "", tuple(buyers))


def _trader_after_control(stage: Stage, scheme: Scheme, slots: Relations, civil: str) -> tuple[int, list[int]]:
    """An old trader with other business takes on goods after the control date; customers by the scheme's sort."""
    good, origin = _goods(stage, civil=scheme.innocent == civil)
    hub = _hub(stage)
    trader = int(stage.cast.pools["traders"].pick(stage.rng, np.array([hub]))[0])
    _deal(stage, slots, trader, good, origin)
    _time(stage, slots, _some_day(stage, origin), stage.between(5, 10))
    buyers = _customers(stage, hub, to_target=scheme.innocent in ("", civil))
    _sell_to(stage, slots, buyers)
    if scheme.innocent == "dealer in goods of two origins":
        # Same code from a country without controls: those lots may go where the others may not.
        slots["origin"][1] = slots["origin_out"][1] = countries().number("CN")
        draw_suppliers(stage.rng, stage.cast, slots[1:], np.array([1]))
        buyers_of_other = _customers(stage, hub, to_target=True)
        _sell_to(stage, slots[1:], buyers_of_other)
        return trader, buyers + buyers_of_other
    slots["lots"][1] = 0
    return trader, buyers


def _relabelled(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T08: chips arrive, and the same count and mass leaves under another code."""
    made = goods()
    good, origin = _goods(stage, among=np.flatnonzero([len(codes) > 0 for codes in made.relabel]))
    other = int(stage.rng.choice(made.relabel[good]))
    hub = _hub(stage)
    trader = int(stage.cast.pools["traders"].pick(stage.rng, np.array([hub]))[0])
    parts = scheme.innocent == "trade in parts"
    if parts:
        good, origin = _goods(stage, among=np.array([made.number("847330"), made.number("950450")]))
        other = good
    _deal(stage, slots, trader, good, origin)
    _time(stage, slots, _some_day(stage, origin), stage.between(5, 10))
    _onward(slots, passes=0.95, keep=(1.0, 1.0), lag=(5, 60))
    slots["merge"], slots["pieces_low"], slots["pieces_high"], slots["good_out"] = 1, 1, 1, other
    if scheme.innocent == "assembly":
        slots["good_out"], slots["ratio"] = made.number("851713"), stage.between(4, 30)
        slots["origin_out"] = hub
    buyers = _customers(stage, hub, to_target=scheme.innocent != "honest error in the code")
    _sell_to(stage, slots, buyers)
    return Planted(scheme, trader, "", tuple(buyers))


def _share_jump(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T13: after the control date one hub suddenly takes half of what an origin sells of some goods."""
    there, rng = countries(), stage.rng
    good, origin = scheme.good, scheme.origin
    hub = _hub(stage)
    elsewhere = scheme.innocent == "factory opened elsewhere"
    if elsewhere:
        hub = int(rng.choice([there.number(code) for code in ("VN", "MX", "IN", "TH")]))
    jump = int(there.control_from[origin]) + stage.between(5, 60)
    pace = 90 if stage.parameters.rows < 10_000 else 60
    span, after = stage.parameters.last_day - stage.parameters.first_day, stage.parameters.last_day - jump - 60
    _deal(stage, slots, 0, good, origin)
    slots["lot_spread"], slots["lot_log"] = 0.3, np.log(goods().lot[good])
    slots["scheme"][:4] = -1
    others = [_country(stage, origin, to_target=False) for _ in range(3)]
    others = [there.number("SG") if place == hub else place for place in others]
    slots["buyer"][:4] = stage.cast.pools["buyers"].pick(rng, np.array([*others, hub]))
    slots["buyer"][4:] = stage.cast.pools["traders"].pick(rng, np.full(4, hub))
    for slot in range(4):
        # The hub's small old share is there before, but no single lot makes up the first weeks.
        first = stage.parameters.first_day + (90 if slot == 3 else 0)
        _time(stage, slots[slot : slot + 1], first, 1, until=stage.parameters.last_day - 20)
    slots["lots"][:3], slots["lots"][3] = span // pace, max(3, span // pace // 3)
    slots["passes"][:4] = 0.0
    for slot in range(4, 8):
        _time(stage, slots[slot : slot + 1], jump + stage.between(0, 40), 1, until=stage.parameters.last_day - 60)
    slots["lots"][4:] = np.maximum(3, int(after / pace * stage.rng.uniform(0.8, 1.1)))
    keeps = scheme.innocent in ("project that keeps the goods", "factory opened elsewhere")
    _onward(slots[4:], passes=0.0 if keeps else 0.9, keep=(0.8, 1.0), lag=(3, 60))
    slots["merge"], slots["pieces_low"], slots["pieces_high"] = 1, 1, 1
    buyers = _customers(stage, hub, to_target=True)
    _sell_to(stage, slots[4:], buyers)
    route = f"{there.code[origin]}>{there.code[hub]}:{goods().hs6[good]}"
    return Planted(scheme, -1, route, tuple(slots["buyer"][4:].tolist()))


_PLANTERS: dict[str, Callable[[Stage, Scheme, Relations], Planted]] = {
    "T01": _shell,
    "T02": _behind_a_hub,
    "T03": _phoenix,
    "T05": _exact_lots,
    "T06": _split_and_merged,
    "T08": _relabelled,
    "T13": _share_jump,
}


def _goods(stage: Stage, *, civil: bool = False, among: Ints | None = None) -> tuple[int, int]:
    """Goods sold by the piece in lots worth splitting, and a controlling country that makes them."""
    made, there = goods(), countries()
    fits = (made.unit == "C62") & (made.lot >= 100) & (made.is_listed != civil)
    candidates = np.flatnonzero(fits) if among is None else among
    makers = there.role == "maker"
    pairs = [(g, c) for g in candidates.tolist() for c in made.made_in[g].tolist() if makers[c]]
    pairs = [pair for pair in pairs if not stage.reserved[pair]]
    chips = [(g, c) for g, c in pairs if made.hs6[g].startswith("8542")]
    pairs = chips if chips and stage.rng.random() < 0.5 else pairs
    return pairs[stage.between(0, len(pairs) - 1)]


def _hub(stage: Stage, *, besides: int = -1) -> int:
    """A hub other than China, which also makes the goods."""
    there = countries()
    hubs = np.array([c for c in there.of_role("hub").tolist() if there.code[c] != "CN" and c != besides])
    weights = there.buys[hubs] / there.buys[hubs].sum()
    return int(stage.rng.choice(hubs, p=weights))


def _country(stage: Stage, home: int, *, to_target: bool, besides: int = -1) -> int:
    """A target, or a country without controls that is neither home nor another one named."""
    there = countries()
    if to_target:
        return there.number("RU" if stage.rng.random() < 0.8 else "BY")
    near = np.flatnonzero((there.role == "hub") | (there.role == "other"))
    return int(stage.rng.choice(near[(near != home) & (near != besides)]))


def _customers(stage: Stage, home: int, *, to_target: bool, besides: int = -1) -> list[int]:
    """One to three buyers of one or two countries, old ones with other business."""
    many = stage.between(1, 3)
    place = np.array([_country(stage, home, to_target=to_target, besides=besides) for _ in range(many)])
    return [int(firm) for firm in stage.cast.pools["buyers"].pick(stage.rng, place)]


def _new_firm(stage: Stage, country: int, founded: int) -> int:
    return int(stage.cast.add(np.array([country]), np.array([founded]))[0])


def _deal(stage: Stage, slots: Relations, buyer: int, good: int, origin: int) -> None:
    """Let the slots' buyer take these goods from sellers of their origin; terms are drawn as for anybody."""
    made, rng = goods(), stage.rng
    slots["buyer"] = buyer
    slots["good"], slots["good_out"], slots["origin"], slots["origin_out"] = good, good, origin, origin
    slots["ratio"] = 1
    slots["licensed"] = False
    draw_suppliers(rng, stage.cast, slots[:1], np.array([stage.between(1, 3)]))
    slots["suppliers"] = slots["suppliers"][0]
    slots["lot_log"] = np.log(made.lot[good]) + rng.normal(0, 0.6, len(slots))
    slots["pack"] = draw_packs(rng, slots["lot_log"])
    slots["price_log"] = np.log(made.usd[good]) + rng.normal(0, stage.parameters.price_spread)


def _some_day(stage: Stage, origin: int) -> int:
    """A day after the origin's controls began that leaves eight months for the lots."""
    control = int(countries().control_from[origin])
    return control + stage.between(15, max(60, stage.parameters.last_day - control - 240))


def _time(stage: Stage, slots: Relations, first: int, lots: int, *, until: int = NEVER) -> None:
    last = min(stage.parameters.last_day - 60, first + lots * stage.between(15, 40)) if until == NEVER else until
    slots["first"], slots["last"], slots["lots"] = first, max(last, first + 30), lots


def _onward(slots: Relations, *, passes: float, keep: tuple[float, float], lag: tuple[int, int]) -> None:
    slots["passes"] = passes
    slots["keep_low"], slots["keep_high"] = keep
    slots["lag_low"], slots["lag_high"] = lag


def _sell_to(stage: Stage, slots: Relations, buyers: list[int]) -> None:
    slots["customers"] = np.resize(np.array(buyers), CUSTOMERS)
    slots["weights"] = np.where(np.arange(CUSTOMERS) < len(buyers), stage.rng.exponential(1.0, CUSTOMERS) + 0.2, 0.0)
    slots["since"], slots["until"] = -NEVER, NEVER
