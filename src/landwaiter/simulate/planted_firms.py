"""How do firms change their clothes? New shells, hubs in between, heirs, clusters, pivots and captives."""

import numpy as np

from landwaiter.simulate.facts import countries, goods
from landwaiter.simulate.plan import Scheme
from landwaiter.simulate.relations import Relations, draw_suppliers
from landwaiter.simulate.stage import (
    Planted,
    Stage,
    after_control,
    deal,
    deal_in_several,
    lots_between,
    new_firm,
    old_trader,
    pass_on,
    sell_to,
    some_buyers,
    some_country,
    some_day,
    some_goods,
    some_hub,
)


def shell_after_control(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T01: a firm that began after the control date buys listed goods and sends nearly all of them to a target."""
    good, origin = some_goods(stage, civil=scheme.innocent == "new trader in civil goods")
    first = some_day(stage, origin)
    hub = some_hub(stage)
    since = int(countries().control_from[origin])
    shell = new_firm(stage, hub, first - stage.between(7, min(270, first - since)))
    deal(stage, slots, shell, good, origin)
    lots_between(stage, slots, first, stage.between(5, 16))
    slots["lots"][1:] = 0
    keeps = scheme.innocent == "new distributor with local sales"
    pass_on(slots, passes=0.25 if keeps else 1.0, keep=(0.1, 0.5) if keeps else (0.85, 1.0), lag=(3, 60))
    slots["merge"], slots["pieces_low"], slots["pieces_high"] = 1, 1, 2
    buyers = some_buyers(stage, hub, to_target=scheme.innocent in ("", "new trader in civil goods"))
    sell_to(stage, slots, buyers)
    ended = _listed_and_replaced(stage, slots, shell) if scheme.innocent == "" and scheme.number % 3 == 0 else (-1, 0)
    hubs = tuple(sorted({shell, *slots["buyer"].tolist()}))
    return Planted(scheme, shell, hubs, tuple(buyers), ended=ended)


def _listed_and_replaced(stage: Stage, slots: Relations, shell: int) -> tuple[int, int]:
    """A ring reacts: the shell is listed half way, and another of the same officers takes over all that it had."""
    ends = int(slots["first"][0] + slots["last"][0]) // 2
    begins = ends + stage.between(15, 60)
    heir = new_firm(stage, int(stage.cast.country[shell]), begins - stage.between(7, 60))
    stage.cast.share_officers(heir, shell)
    slots[1] = slots[0]
    slots["buyer"][1] = heir
    half = np.maximum(slots["lots"] // 2, 2)
    slots["lots"], slots["last"][0] = half, ends
    slots["first"][1], slots["last"][1] = begins, begins + (ends - slots["first"][0])
    return shell, ends


def behind_a_hub(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T02: a seller's direct lots to a buyer stop at the date, and go on through a new hub of the same owner."""
    good, origin = some_goods(stage, civil=scheme.innocent == "civil goods through a distributor")
    stop = int(countries().control_from[origin]) - stage.between(0, 20)
    hub = some_hub(stage)
    to_target = scheme.innocent in ("", "civil goods through a distributor")
    buyer = some_buyers(stage, hub, to_target=to_target)[0]
    deal(stage, slots, buyer, good, origin)
    middle = new_firm(stage, hub, stop - stage.between(0, 400))
    slots["buyer"][1] = middle
    lots_between(stage, slots[:1], max(stage.parameters.first_day, stop - 380), stage.between(5, 10), until=stop)
    lots_between(stage, slots[1:], stop + stage.between(20, 110), stage.between(5, 12))
    slots["passes"][0] = 0.0
    pass_on(slots[1:], passes=1.0, keep=(0.9, 1.0), lag=(3, 50))
    slots["merge"][1], slots["pieces_low"][1], slots["pieces_high"][1] = 1, 1, 1
    buyers = [buyer]
    if scheme.innocent == "genuine change of distributor":
        # The direct buyer was a distributor himself; both sell to the same neighbours.
        home = int(stage.cast.country[buyer])
        buyers = some_buyers(stage, hub, to_target=False, besides=home)
        pass_on(slots[:1], passes=1.0, keep=(0.9, 1.0), lag=(3, 50))
        sell_to(stage, slots, buyers)
    elif to_target:
        stage.cast.share_officers(middle, buyer)
    sell_to(stage, slots[1:], buyers)
    return Planted(scheme, middle, (middle,), (buyer, *buyers))


def phoenix(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T03: an importer ends when it is listed; another takes over its suppliers, goods and often its address."""
    abroad = scheme.innocent == "insolvency and takeover"
    civil = scheme.innocent in ("takeover by an old firm", "merger of civil importers")
    control = int(countries().control_from[countries().number("TW")])  # The last that began.
    ends = control + stage.between(180, max(280, stage.parameters.last_day - control - 300))
    begins = ends + stage.between(5, 55)  # To which the time between two lots comes.
    hub = some_hub(stage)
    country = some_country(stage, hub, to_target=not abroad)
    old = new_firm(stage, country, stage.parameters.first_day - stage.between(300, 4000))
    if scheme.innocent == "takeover by an old firm":
        new = int(stage.cast.pools["buyers"].pick(stage.rng, np.array([country]))[0])
    else:
        new = new_firm(stage, country, begins - stage.between(7, 100))
    shared = _clothe(stage, old, new, is_old=scheme.innocent == "takeover by an old firm")
    deal_in_several(stage, slots, civil=civil)
    for slot in range(len(slots)):
        place = some_hub(stage, besides=country)
        slots["buyer"][slot] = old_trader(stage, place)
        first, last = ends - stage.between(110, 170), begins + stage.between(100, 170)
        last = min(last, stage.parameters.last_day - 60)
        lots_between(stage, slots[slot : slot + 1], first, (last - first) // stage.between(22, 32), until=last)
    pass_on(slots, passes=1.0, keep=(0.8, 1.0), lag=(3, 50))
    slots["merge"], slots["pieces_low"], slots["pieces_high"] = 1, 1, 1
    kept = 3 if stage.rng.random() < 0.6 else 2
    slots["customers"][:, 0], slots["customers"][:, 1] = old, new
    slots["weights"] = 0.0
    slots["weights"][:, 0] = 1.0
    slots["weights"][:kept, 1] = 1.0
    slots["until"][:, 0], slots["since"][:, 1] = ends, begins
    signs = ("substitute_buyer", *shared)
    return Planted(scheme, new, tuple(slots["buyer"].tolist()), (old, new), ended=(old, ends), signs=signs)


def _clothe(stage: Stage, old: int, new: int, *, is_old: bool) -> list[str]:
    """Let an heir have address, director, telephone, mail domain and brand of the one before, each by chance.

    Args:
        is_old: a firm with a past of its own keeps its director and its name.

    Returns:
        The signs of it that registers show.
    """
    drawn, cast, signs = stage.rng.random(5), stage.cast, []
    if drawn[0] < 0.7:
        cast.address_no[new] = cast.address_no[old]
    if drawn[1] < 0.5 and not is_old:
        cast.share_officers(new, old)
    for what, at in (("phone", 2), ("mail", 3)):
        if drawn[at] < 0.35:
            cast.say(what, new, int(cast.number[old]))
            cast.say("free_mail", new, 0)
            cast.say("free_mail", old, 0)
    if drawn[0] < 0.7 or (drawn[1] < 0.5 and not is_old) or min(drawn[2], drawn[3]) < 0.35:
        signs.append("shares_with_listed")
    if drawn[4] < 0.5 and not is_old:
        cast.name_no[new], cast.twin[new] = cast.name_no[old], stage.between(1, 4)
        signs.append("phoenix_name")
    return signs


def pivot(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T09: an old firm in quite other goods takes on listed goods after the control date."""
    made = goods()
    hub = some_hub(stage)
    firm = new_firm(stage, hub, stage.parameters.first_day - stage.between(300, 4000))
    civil = scheme.innocent == "trader that turns to civil electronics"
    buyers = after_control(
        stage, slots, firm, civil=civil, to_target=scheme.innocent in ("", "trader that turns to civil electronics")
    )
    past = [made.number(code) for code in ("620342", "640399", "940360", "392690", "731815", "848180")]
    if scheme.innocent == "old dealer in chips":
        past = np.flatnonzero([code.startswith("8542") for code in made.hs6]).tolist()
    good = past[stage.between(0, len(past) - 1)]
    begins = int(slots["first"][1])
    slots["good"][0] = slots["good_out"][0] = good
    abroad = made.made_in[good][made.made_in[good] != hub]
    slots["origin"][0] = slots["origin_out"][0] = abroad[stage.between(0, len(abroad) - 1)]
    draw_suppliers(stage.rng, stage.cast, slots[:1], np.array([stage.between(1, 2)]))
    slots["lot_log"][0], slots["price_log"][0] = np.log(made.lot[good]), np.log(made.usd[good])
    lots_between(
        stage, slots[:1], stage.parameters.first_day + stage.between(5, 60), stage.between(6, 10), until=begins - 20
    )
    slots["passes"][0] = 0.0
    return Planted(scheme, firm, (firm,), tuple(buyers))


def cluster(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T16: several new firms of one address and one director each take a few lots for the same buyers."""
    hub = some_hub(stage)
    firms = [new_firm(stage, hub, int(stage.parameters.last_day)) for _ in range(len(slots))]
    civil = scheme.innocent == "civil traders of one address"
    buyers = after_control(
        stage,
        slots,
        firms[0],
        civil=civil,
        to_target=scheme.innocent in ("", "civil traders of one address"),
        lots=(3, 5),
    )
    slots["buyer"] = firms
    deal_in_several(stage, slots, civil=civil)
    for firm in firms:
        stage.cast.founded[firm] = int(slots["first"][0]) - stage.between(10, 200)
        stage.cast.address_no[firm] = stage.cast.address_no[firms[0]]
        stage.cast.say("phone", firm, int(stage.cast.number[firms[0]]))
        if scheme.innocent != "company-service address":
            stage.cast.share_officers(firm, firms[0])
    return Planted(scheme, firms[0], tuple(firms), tuple(buyers))


def captive_supplier(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """T17: a seller in the country of origin lives from one buyer, who passes all on."""
    hub = some_hub(stage)
    middle = old_trader(stage, hub)
    civil = scheme.innocent == "civil goods for one buyer"
    buyers = after_control(
        stage, slots, middle, civil=civil, to_target=scheme.innocent in ("", "civil goods for one buyer"), lots=(6, 12)
    )
    origin = int(slots["origin"][0])
    seller = new_firm(stage, origin, stage.parameters.first_day - stage.between(100, 2000))
    slots["suppliers"] = (seller, -1, -1)
    if scheme.innocent == "intra-group supply":
        slots["passes"] = 0.1
    # The few lots that it sells to others stay where they go.
    slots["buyer"][1] = some_buyers(stage, origin, to_target=False)[0]
    slots["lots"][1], slots["passes"][1] = stage.between(1, 2), 0.0
    slots["lot_log"][1] -= np.log(2)
    return Planted(scheme, seller, (seller, middle), tuple(buyers))
