"""What does every scheme need? Goods, a day, a hub, buyers and firms, chosen as honest trade chooses them."""

from dataclasses import dataclass, field

import numpy as np

from landwaiter.simulate.cast import Cast
from landwaiter.simulate.facts import NEVER, Bools, Ints, countries, goods
from landwaiter.simulate.plan import Parameters, Scheme
from landwaiter.simulate.relations import CUSTOMERS, Relations, draw_packs, draw_suppliers


@dataclass
class Stage:
    """Where a scheme is planted: a chunk's firms, its chance, what share jumps have taken, and company services."""

    rng: np.random.Generator
    cast: Cast
    parameters: Parameters
    reserved: Bools
    services: dict[int, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def between(self, low: float, high: float) -> int:
        """A whole number from low to high."""
        return int(self.rng.integers(int(low), int(high) + 1))


@dataclass(frozen=True)
class Stake:
    """Shares of a company, exact where both ends are equal, unknown where they are missing.

    Args:
        owner: position of a company, or -1 - k for the k-th person of the scheme.
        owned: position of a company.
        since, until: days; NEVER for an open end.
    """

    owner: int
    owned: int
    low: float | None
    high: float | None
    since: int
    until: int = NEVER


@dataclass(frozen=True)
class Named:
    """Whom a list names: a company's position, or -1 - k for a person or somebody of nearly the same name."""

    who: int
    day: int
    is_namesake: bool = False
    with_address: bool = False


@dataclass(frozen=True)
class Planted:
    """Whom a scheme is about.

    Args:
        subject: position of the firm, or -1 where it is a route.
        hubs: the firms that pass the goods on, or that take the lots in their name; a scheme's know what they do.
        buyers: the firms that receive in the end.
        route: origin>hub:hs6 where the subject is a route, else empty.
        ended: a firm that gave up, and on which day; position -1 where there is none. A scheme's was listed that day.
        stakes: who owns whom above the subject.
        named: whom a list names beside those who gave up.
        signs: the red flags of papers and registers that it bears, or looks like bearing.
    """

    scheme: Scheme
    subject: int
    hubs: tuple[int, ...]
    buyers: tuple[int, ...]
    route: str = ""
    ended: tuple[int, int] = (-1, 0)
    stakes: tuple[Stake, ...] = ()
    named: tuple[Named, ...] = ()
    signs: tuple[str, ...] = ()


def after_control(
    stage: Stage, slots: Relations, firm: int, *, civil: bool, to_target: bool, lots: tuple[int, int] = (5, 10)
) -> list[int]:
    """Let a firm take goods after the control date, on ordinary terms, and sell them all to new customers."""
    good, origin = some_goods(stage, civil=civil)
    deal(stage, slots, firm, good, origin)
    lots_between(stage, slots, some_day(stage, origin), stage.between(*lots))
    pass_on(slots, passes=1.0, keep=(0.85, 1.0), lag=(3, 50))
    slots["merge"], slots["pieces_low"], slots["pieces_high"] = 1, 1, 2
    buyers = some_buyers(stage, int(stage.cast.country[firm]), to_target=to_target)
    sell_to(stage, slots, buyers, cover=0.35)
    return buyers


def old_trader(stage: Stage, hub: int) -> int:
    """A trader of the hub with other business, where possible one whom no scheme or twin has yet."""
    for trader in stage.cast.pools["traders"].pick(stage.rng, np.full(12, hub)).tolist():
        if trader not in stage.taken:
            break
    stage.taken.add(trader)
    return int(trader)


def carry_on(slots: Relations, hubs: list[int]) -> None:
    """Let the lots go from hub to hub: slot k is what hub k takes from the one before it and sells to the next."""
    slots["buyer"][: len(hubs)] = hubs
    for at, following in enumerate(hubs[1:]):
        slots["onto"][at], slots["lots"][at + 1] = 1, 0
        slots["customers"][at], slots["weights"][at] = following, np.eye(CUSTOMERS)[0]
    slots["lots"][len(hubs) :] = 0


def some_goods(stage: Stage, *, civil: bool = False, among: Ints | None = None) -> tuple[int, int]:
    """Goods sold by the piece in lots worth splitting, and a controlling country that makes them."""
    made, there = goods(), countries()
    fits = (made.unit == "C62") & (made.lot >= 100) & (made.is_listed != civil)
    candidates = np.flatnonzero(fits) if among is None else among
    makers = there.role == "maker"
    pairs = [(g, c) for g in candidates.tolist() for c in made.made_in[g].tolist() if makers[c]]
    pairs = [pair for pair in pairs if not stage.reserved[pair]]
    chips = [(g, c) for g, c in pairs if made.hs6[g].startswith("8542")]
    pairs = chips if chips and stage.rng.random() < 0.5 else pairs
    # The goods first, then who makes them: as honest trade chooses.
    kinds = sorted({g for g, _ in pairs})
    good = kinds[stage.between(0, len(kinds) - 1)]
    pairs = [pair for pair in pairs if pair[0] == good]
    return pairs[stage.between(0, len(pairs) - 1)]


def some_hub(stage: Stage, *, besides: int = -1) -> int:
    """A hub, those with more trade more often; now and then another country without controls."""
    there = countries()
    elsewhere = (there.role == "other") & (there.control_from == NEVER)
    weights = there.buys * np.where(there.role == "hub", 1.0, np.where(elsewhere, 0.14, 0.0))
    weights[besides] = 0.0 if besides >= 0 else weights[besides]
    return int(stage.rng.choice(len(weights), p=weights / weights.sum()))


def some_country(stage: Stage, home: int, *, to_target: bool, besides: int = -1) -> int:
    """A target, or a country without controls that is neither home nor another one named."""
    there = countries()
    if to_target:
        return there.number("RU" if stage.rng.random() < 0.8 else "BY")
    near = np.flatnonzero((there.role == "hub") | (there.role == "other"))
    return int(stage.rng.choice(near[(near != home) & (near != besides)]))


def some_buyers(stage: Stage, home: int, *, to_target: bool, besides: int = -1) -> list[int]:
    """One to three buyers of one or two countries, old ones with other business."""
    many = stage.between(1, 3)
    place = np.array([some_country(stage, home, to_target=to_target, besides=besides) for _ in range(many)])
    return [int(firm) for firm in stage.cast.pools["buyers"].pick(stage.rng, place)]


def new_firm(stage: Stage, country: int, founded: int) -> int:
    """A firm that nobody else deals with, and the day on which it was founded."""
    return int(stage.cast.add(np.array([country]), np.array([founded]))[0])


def deal(stage: Stage, slots: Relations, buyer: int, good: int, origin: int) -> None:
    """Let the slots' buyer take these goods from sellers of their origin; terms are drawn as for anybody."""
    made, rng = goods(), stage.rng
    slots["buyer"] = buyer
    slots["good"], slots["good_out"], slots["origin"], slots["origin_out"] = good, good, origin, origin
    slots["ratio"], slots["licensed"], slots["onto"] = 1, False, 0
    slots["margin"] = rng.uniform(0.03, 0.22)
    draw_suppliers(rng, stage.cast, slots[:1], np.array([stage.between(1, 3)]))
    slots["suppliers"] = slots["suppliers"][0]
    slots["lot_log"] = np.log(made.lot[good]) + rng.normal(0, 0.6, len(slots))
    slots["pack"] = draw_packs(rng, slots["lot_log"])
    slots["price_log"] = np.log(made.usd[good]) + rng.normal(0, stage.parameters.price_spread)


def deal_in_several(stage: Stage, slots: Relations, *, civil: bool) -> None:
    """Let each slot have goods and sellers of its own, none before the controls of their origin."""
    for at in range(len(slots)):
        good, origin = some_goods(stage, civil=civil)
        slot = slots[at : at + 1]
        deal(stage, slot, int(slot["buyer"][0]), good, origin)
        slot["first"] = np.maximum(slot["first"], int(countries().control_from[origin]) + 5)


def some_day(stage: Stage, origin: int) -> int:
    """A day after the origin's controls began that leaves half a year for the lots."""
    control = int(countries().control_from[origin])
    return control + stage.between(15, max(60, stage.parameters.last_day - control - 200))


def lots_between(stage: Stage, slots: Relations, first: int, lots: int, *, until: int = NEVER) -> None:
    """Let so many lots come from a first day on, at the pace of ordinary trade or until a day."""
    last = min(stage.parameters.last_day - 60, first + lots * stage.between(15, 40)) if until == NEVER else until
    slots["first"], slots["last"], slots["lots"] = first, max(last, first + 30), lots


def pass_on(slots: Relations, *, passes: float, keep: tuple[float, float], lag: tuple[int, int]) -> None:
    """Say how much of what arrives leaves again, and how soon."""
    slots["passes"] = passes
    slots["keep_low"], slots["keep_high"] = keep
    slots["lag_low"], slots["lag_high"] = lag


def sell_to(stage: Stage, slots: Relations, buyers: list[int], *, cover: float = 0.0) -> None:
    """Let all lots go to these buyers, but for a part that other neighbours buy now and then."""
    slots["customers"] = np.resize(np.array(buyers), CUSTOMERS)
    slots["weights"] = np.where(np.arange(CUSTOMERS) < len(buyers), stage.rng.exponential(1.0, CUSTOMERS) + 0.2, 0.0)
    slots["since"], slots["until"] = -NEVER, NEVER
    if cover > 0:
        home = int(stage.cast.country[slots["buyer"][0]])
        slots["customers"][:, len(buyers)] = some_buyers(stage, home, to_target=False)[0]
        slots["weights"][:, len(buyers)] = slots["weights"].sum(axis=1) * cover / (1 - cover)
