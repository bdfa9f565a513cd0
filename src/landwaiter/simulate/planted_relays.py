"""How are goods passed on? In the same lots, cut anew, from hub to hub, round trips, under another code or origin."""

import numpy as np

from landwaiter.simulate.facts import countries, goods
from landwaiter.simulate.plan import Scheme
from landwaiter.simulate.relations import Relations, draw_suppliers
from landwaiter.simulate.stage import (
    Planted,
    Stage,
    after_control,
    carry_on,
    deal,
    lots_between,
    new_firm,
    old_trader,
    pass_on,
    sell_to,
    some_buyers,
    some_day,
    some_goods,
    some_hub,
)


def exact_lots(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T05: what arrives leaves soon in the very same odd quantity."""
    trader, buyers = _trader_after_control(stage, scheme, slots, "back-to-back trade in civil goods")
    pass_on(slots, passes=0.95, keep=(1.0, 1.0), lag=(3, 50))
    slots["pack"], slots["merge"], slots["pieces_low"], slots["pieces_high"] = 1, 1, 1, 1
    return Planted(scheme, trader, (trader,), tuple(buyers))


def split_and_merged(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T06: lots are put together and cut anew, so that only the sums agree."""
    trader, buyers = _trader_after_control(stage, scheme, slots, "break-bulk of civil goods")
    pass_on(slots, passes=1.0, keep=(1.0, 1.0), lag=(3, 50))
    slots["merge"], slots["pieces_low"], slots["pieces_high"] = stage.between(2, 3), 2, 5
    return Planted(scheme, trader, (trader,), tuple(buyers))


def _trader_after_control(stage: Stage, scheme: Scheme, slots: Relations, civil: str) -> tuple[int, list[int]]:
    """An old trader with other business takes on goods after the control date; customers by the scheme's sort."""
    good, origin = some_goods(stage, civil=scheme.innocent == civil)
    hub = some_hub(stage, besides=countries().number("CN") if "two origins" in scheme.innocent else -1)
    trader = old_trader(stage, hub)
    deal(stage, slots, trader, good, origin)
    lots_between(stage, slots, some_day(stage, origin), stage.between(5, 10))
    buyers = some_buyers(stage, hub, to_target=scheme.innocent in ("", civil))
    sell_to(stage, slots, buyers, cover=0.3)
    if scheme.innocent == "dealer in goods of two origins":
        # Same code from a country without controls: those lots may go where the others may not.
        slots["origin"][1] = slots["origin_out"][1] = countries().number("CN")
        draw_suppliers(stage.rng, stage.cast, slots[1:], np.array([1]))
        buyers_of_other = some_buyers(stage, hub, to_target=True)
        sell_to(stage, slots[1:], buyers_of_other)
        return trader, buyers + buyers_of_other
    slots["lots"][1] = 0
    return trader, buyers


def relabelled(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T08: chips arrive, and the same count and mass leaves under another code."""
    made = goods()
    good, origin = some_goods(stage, among=np.flatnonzero([len(codes) > 0 for codes in made.relabel]))
    other = int(stage.rng.choice(made.relabel[good]))
    hub = some_hub(stage)
    trader = old_trader(stage, hub)
    parts = scheme.innocent == "trade in parts"
    if parts:
        good, origin = some_goods(stage, among=np.array([made.number("847330"), made.number("950450")]))
        other = good
    deal(stage, slots, trader, good, origin)
    lots_between(stage, slots, some_day(stage, origin), stage.between(5, 10))
    pass_on(slots, passes=0.95, keep=(1.0, 1.0), lag=(5, 60))
    slots["merge"], slots["pieces_low"], slots["pieces_high"], slots["good_out"] = 1, 1, 1, other
    if scheme.innocent == "assembly":
        slots["good_out"], slots["ratio"] = made.number("851713"), stage.between(4, 30)
        slots["origin_out"] = hub
    slots["is_told"] = stage.rng.random() < 0.6
    buyers = some_buyers(stage, hub, to_target=scheme.innocent != "honest error in the code")
    sell_to(stage, slots, buyers, cover=0.3)
    is_hidden = bool(slots["is_told"].any()) and not made.is_listed[int(slots["good_out"][0])]
    signs = ("text_against_code",) if is_hidden else ()
    return Planted(scheme, trader, (trader,), tuple(buyers), signs=signs)


def two_hubs(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T04: the lots go through two or three hubs, each of which sells to the next alone."""
    many = 2 if stage.rng.random() < 0.75 else 3
    places = [some_hub(stage)]
    while len(places) < many:
        places.append(some_hub(stage, besides=places[-1]))
    hubs = [old_trader(stage, places[0])]
    hubs += [new_firm(stage, place, stage.parameters.first_day + stage.between(-600, 300)) for place in places[1:]]
    civil = scheme.innocent == "civil goods through two hubs"
    after_control(stage, slots, hubs[0], civil=civil, to_target=False)
    slots["lag_low"], slots["lag_high"] = 3, 30
    carry_on(slots, hubs)
    if scheme.innocent == "second hub that keeps the goods":
        slots["passes"][many - 1] = 0.15
    to_target = scheme.innocent in ("", "civil goods through two hubs")
    buyers = some_buyers(stage, places[-1], to_target=to_target)
    sell_to(stage, slots[many - 1 : many], buyers, cover=0.3)
    return Planted(scheme, hubs[0], tuple(hubs), tuple(buyers))


def round_trip(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T10: the lots go to a second hub and come back, dearer each time, before they are sold."""
    here = some_hub(stage)
    there = some_hub(stage, besides=here)
    hubs = [old_trader(stage, here), old_trader(stage, there)]
    civil = scheme.innocent == "civil goods that come back"
    after_control(stage, slots, hubs[0], civil=civil, to_target=False)
    slots["lag_low"], slots["lag_high"] = 3, 30
    slots["margin"] = stage.rng.uniform(0.1, 0.3, len(slots))
    carry_on(slots, [hubs[0], hubs[1], hubs[0]])
    if scheme.innocent == "repair and return":
        slots["passes"][2] = 0.0
    to_target = scheme.innocent in ("", "civil goods that come back")
    buyers = some_buyers(stage, here, to_target=to_target)
    sell_to(stage, slots[2:], buyers, cover=0.3)
    return Planted(scheme, hubs[0], tuple(hubs), tuple(buyers))


def masked_origin(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T11: goods of a controlled origin leave an entrepot as if they had been made next door."""
    there, made = countries(), goods()
    trader = old_trader(stage, there.number("HK"))
    civil = scheme.innocent == "civil goods of masked origin"
    to_target = scheme.innocent != "normal trade of an entrepot"
    buyers = after_control(stage, slots, trader, civil=civil, to_target=to_target)
    china = there.number("CN")
    slots["origin_out"] = china
    if scheme.innocent == "goods really made there":
        good = [g for g, places in enumerate(made.made_in) if china in places and made.hs6[g].startswith("8542")]
        slots["good"] = slots["good_out"] = good[stage.between(0, len(good) - 1)]
        slots["origin"] = china
        draw_suppliers(stage.rng, stage.cast, slots, np.array([2]))
    return Planted(scheme, trader, (trader,), tuple(buyers))
