"""How does a whole route change? A hub suddenly takes half of what an origin sells, or ramps when controls begin."""

import numpy as np

from landwaiter.simulate.facts import countries, goods
from landwaiter.simulate.plan import Scheme
from landwaiter.simulate.relations import Relations
from landwaiter.simulate.stage import (
    Planted,
    Stage,
    deal,
    lots_between,
    new_firm,
    pass_on,
    sell_to,
    some_buyers,
    some_country,
    some_goods,
    some_hub,
)


def share_jump(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T13: after the control date one hub suddenly takes half of what an origin sells of some goods."""
    there, rng = countries(), stage.rng
    good, origin = scheme.good, scheme.origin
    hub = some_hub(stage, besides=there.number("CN"))
    elsewhere = scheme.innocent == "factory opened elsewhere"
    if elsewhere:
        hub = int(rng.choice([there.number(code) for code in ("VN", "MX", "IN", "TH")]))
    jump = int(there.control_from[origin]) + stage.between(5, 60)
    pace = 90 if stage.parameters.rows < 10_000 else 60
    span, after = stage.parameters.last_day - stage.parameters.first_day, stage.parameters.last_day - jump - 60
    deal(stage, slots, 0, good, origin)
    slots["lot_spread"], slots["lot_log"] = 0.3, np.log(goods().lot[good])
    slots["scheme"][:4] = -1
    others = [some_country(stage, origin, to_target=False) for _ in range(3)]
    others = [there.number("SG") if place == hub else place for place in others]
    slots["buyer"][:4] = stage.cast.pools["buyers"].pick(rng, np.array([*others, hub]))
    slots["buyer"][4:] = stage.cast.pools["traders"].pick(rng, np.full(4, hub))
    for slot in range(4):
        # The hub's small old share is there before, but no single lot makes up the first weeks.
        first = stage.parameters.first_day + (90 if slot == 3 else 0)
        lots_between(stage, slots[slot : slot + 1], first, 1, until=stage.parameters.last_day - 20)
    slots["lots"][:3], slots["lots"][3] = span // pace, max(3, span // pace // 3)
    slots["passes"][:4] = 0.0
    for slot in range(4, 8):
        lots_between(
            stage, slots[slot : slot + 1], jump + stage.between(0, 40), 1, until=stage.parameters.last_day - 60
        )
    slots["lots"][4:] = np.maximum(3, int(after / pace * stage.rng.uniform(0.8, 1.1)))
    keeps = scheme.innocent in ("project that keeps the goods", "factory opened elsewhere")
    pass_on(slots[4:], passes=0.0 if keeps else 0.9, keep=(0.8, 1.0), lag=(3, 60))
    slots["merge"], slots["pieces_low"], slots["pieces_high"] = 1, 1, 1
    buyers = some_buyers(stage, hub, to_target=True)
    sell_to(stage, slots[4:], buyers)
    route = f"{there.code[origin]}>{there.code[hub]}:{goods().hs6[good]}"
    return Planted(scheme, -1, tuple(slots["buyer"][4:].tolist()), tuple(buyers), route=route)


def ramp(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T19: when the controls begin, two buyers of small lots in one hub take many times as much and send it on."""
    there = countries()
    good, origin = some_goods(stage, civil=scheme.innocent == "growth of civil goods")
    hub = some_hub(stage)
    opened = stage.parameters.first_day
    firms = [new_firm(stage, hub, opened - stage.between(300, 4000)) for _ in range(2)]
    deal(stage, slots, firms[0], good, origin)
    slots["buyer"] = np.repeat(firms, 2)
    slots["pack"], slots["passes"] = 1, 0.0
    past, now = slots[::2], slots[1::2]
    begins = int(there.control_from[origin]) + stage.between(5, 50)
    lots_between(stage, past, opened + 5, (begins - opened) // 50, until=begins - 15)
    lots_between(stage, now, begins, stage.between(6, 9), until=begins + stage.between(110, 160))
    past["lot_log"] -= np.log(4)
    now["lot_log"] = past["lot_log"] + np.log(7)
    keeps = scheme.innocent == "one large project"
    pass_on(now, passes=0.1 if keeps else 1.0, keep=(0.85, 1.0), lag=(3, 50))
    now["merge"], now["pieces_low"], now["pieces_high"] = 1, 1, 2
    buyers = some_buyers(stage, hub, to_target=scheme.innocent in ("", "growth of civil goods"))
    sell_to(stage, now, buyers, cover=0.2)
    route = f"{there.code[origin]}>{there.code[hub]}:{goods().hs6[good]}"
    return Planted(scheme, -1, tuple(firms), tuple(buyers), route=route, signs=("volume_jump",))
