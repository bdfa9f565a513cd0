"""How does a whole route change? One hub suddenly takes half of what an origin sells."""

import numpy as np

from landwaiter.simulate.facts import countries, goods
from landwaiter.simulate.plan import Scheme
from landwaiter.simulate.relations import Relations
from landwaiter.simulate.stage import (
    Planted,
    Stage,
    deal,
    lots_between,
    pass_on,
    sell_to,
    some_buyers,
    some_country,
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
