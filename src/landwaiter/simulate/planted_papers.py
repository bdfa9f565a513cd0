"""What do the papers not say? Lots that never arrive, prices, end uses, parcels, forwarders, and whose design it is."""

import numpy as np

from landwaiter.simulate.facts import FORWARDER, ODD_USES, ONE_FORM, OWN_FORM, countries, goods
from landwaiter.simulate.plan import Scheme
from landwaiter.simulate.relations import Relations, parcel_units
from landwaiter.simulate.stage import (
    Planted,
    Stage,
    after_control,
    deal_in_several,
    lots_between,
    new_firm,
    old_trader,
    sell_to,
    some_country,
    some_hub,
)


def false_transit(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T07: lots for a third country go through a target's territory, and most of them never arrive."""
    there = countries()
    near = [there.number(code) for code in ("KG", "KZ", "AM", "GE", "UZ")]
    place = near[stage.between(0, len(near) - 1)]
    firm = new_firm(stage, place, stage.parameters.first_day + stage.between(-600, 200))
    after_control(stage, slots, firm, civil=scheme.innocent == "confidential statistics", to_target=False)
    slots["passes"], slots["via"] = 0.0, there.number("RU")
    if scheme.innocent in ("", "confidential statistics"):
        slots["lost"] = stage.rng.uniform(0.4, 0.8)
    else:
        slots["late"] = stage.between(40, 80) if scheme.innocent == "late recording" else stage.between(90, 170)
    return Planted(scheme, firm, (firm,), ())


def odd_price(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T12: the last leg costs half as much again, now and then many times as much."""
    trader = old_trader(stage, some_hub(stage))
    civil = scheme.innocent == "dear civil goods"
    buyers = after_control(stage, slots, trader, civil=civil, to_target=scheme.innocent in ("", "dear civil goods"))
    slots["margin"] = stage.rng.uniform(4, 14) if stage.rng.random() < 0.4 else stage.rng.uniform(0.3, 0.9)
    if scheme.innocent == "small lots by air":
        slots["lot_log"] -= 1.5
    return Planted(scheme, trader, (trader,), tuple(buyers))


def odd_end_use(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T14: the stated end use has nothing to do with the goods."""
    trader = old_trader(stage, some_hub(stage))
    civil = scheme.innocent == "goods for farming"
    buyers = after_control(stage, slots, trader, civil=civil, to_target=scheme.innocent in ("", "goods for farming"))
    slots["use"] = ODD_USES[stage.between(0, len(ODD_USES) - 1)]
    # One paper for all of them; the branches of the second twin have one too, the others write each their own.
    slots["form"] = ONE_FORM + scheme.number if scheme.innocent in ("", "fire brigade abroad") else OWN_FORM
    return Planted(scheme, trader, (trader,), tuple(buyers), signs=("reused_end_use",))


def parcels(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T15: one buyer takes many small lots, each worth little, from several hubs."""
    made, rng = goods(), stage.rng
    civil = scheme.innocent == "web shop for civil goods"
    place = some_country(stage, -1, to_target=scheme.innocent in ("", "web shop for civil goods"))
    buyer = new_firm(stage, place, stage.parameters.first_day - stage.between(10, 3000))
    after_control(stage, slots, 0, civil=civil, to_target=False)
    deal_in_several(stage, slots, civil=civil)
    slots["lot_log"] = np.log(parcel_units(rng, made.usd[slots["good"]]))
    slots["pack"] = 1
    hubs = [old_trader(stage, some_hub(stage, besides=place)) for _ in range(len(slots))]
    slots["buyer"] = hubs
    small = stage.parameters.rows < 20_000
    slots["lots"] = stage.between(3, 4) if small else stage.between(6, 12)
    if small or scheme.innocent == "samples":
        slots["lots"][3:] = 0
    slots["passes"] = 0.5 if scheme.innocent == "samples" else 1.0
    slots["pieces_high"] = 1
    sell_to(stage, slots, [buyer])
    used = tuple(sorted(set(slots["buyer"][slots["lots"] > 0].tolist())))
    return Planted(scheme, buyer, used, (buyer,))


def forwarder(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T18: a forwarder stands as the consignee, no end user is named, and all goes on to a target."""
    hub = some_hub(stage)
    firm = new_firm(stage, hub, stage.parameters.first_day - stage.between(100, 3000))
    stage.cast.twin[firm] = FORWARDER
    civil = scheme.innocent == "forwarder of civil goods"
    buyers = after_control(
        stage, slots, firm, civil=civil, to_target=scheme.innocent in ("", "forwarder of civil goods")
    )
    slots["blind"] = True
    if scheme.innocent == "groupage":
        slots["pieces_low"], slots["pieces_high"] = 2, 5
    return Planted(scheme, firm, (firm,), tuple(buyers), signs=("role_as_buyer",))


def others_design(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T20: a new customer orders the very part that a listed firm had made, for an affiliate of that firm."""
    hub = some_hub(stage)
    target = some_country(stage, hub, to_target=True)
    old, affiliate = (new_firm(stage, target, stage.parameters.first_day - stage.between(300, 4000)) for _ in range(2))
    civil = scheme.innocent == "second source of a civil part"
    start = new_firm(stage, hub, stage.parameters.last_day)
    buyers = after_control(
        stage, slots, start, civil=civil, to_target=scheme.innocent in ("", "second source of a civil part")
    )
    control = int(countries().control_from[slots["origin"][0]])
    stage.cast.founded[start] = int(slots["first"][1]) - stage.between(20, 250)
    slots["part"] = stage.between(0, 6)
    slots["buyer"][0], slots["passes"][0] = old, 0.0
    ends = control - stage.between(1, 20)
    lots_between(stage, slots[:1], stage.parameters.first_day + stage.between(5, 60), stage.between(4, 7), until=ends)
    if scheme.innocent == "":
        stage.cast.share_officers(affiliate, old)
        buyers = [affiliate]
        sell_to(stage, slots[1:], buyers)
    elif scheme.innocent == "real start-up":
        slots["part"][1] = 7
    return Planted(scheme, start, (start,), (old, *buyers), ended=(old, ends) if scheme.innocent == "" else (-1, 0))
