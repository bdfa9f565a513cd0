"""What else do registers show of a scheme? Owners, contacts, addresses, staff; innocent twins show nearly the same.

A scheme bears the sign; its three twins bear what a hasty reader takes for it. All of it is written by the same code as
the registers' other rows.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from landwaiter.simulate.facts import countries
from landwaiter.simulate.stage import Named, Planted, Stage, Stake, new_firm, some_hub

SERVICED = 44  # Firms at the address of a company service, of which some addresses are lost in the register.
SHARING = 26  # Firms with the telephone of a company service.
UNRELATED = 8  # Trades of registers.csv that have no use for electronics.


@dataclass(frozen=True)
class Structure:
    """Who owns whom, and whom a list names."""

    stakes: tuple[Stake, ...]
    named: tuple[Named, ...]


def bear_signs(stage: Stage, planted: Planted) -> Planted:
    """Add what the scheme's plan says that registers show of its firm."""
    scheme = planted.scheme
    firm = planted.subject if planted.subject >= 0 else planted.hubs[0]
    signs, stakes, named = list(planted.signs), planted.stakes, planted.named
    if scheme.owner_sign:
        structure = OWNERS[scheme.owner_sign](stage, firm, scheme.variant)
        stakes, named = stakes + structure.stakes, named + structure.named
        signs.append(scheme.owner_sign)
    if scheme.paper_sign:
        named += PAPERS[scheme.paper_sign](stage, firm, scheme.variant)
        signs.append(scheme.paper_sign)
    return replace(planted, stakes=stakes, named=named, signs=tuple(dict.fromkeys(signs)))


def _named(variant: int, day: int) -> tuple[Named, ...]:
    """Whom a list names: for a scheme and its third twin the owner, for the second one of nearly the same name."""
    if variant == 0:
        return ()
    return (Named(-1, day, is_namesake=variant == 1),)


def _some_day(stage: Stage) -> int:
    """A day on which somebody may be listed: since the war, and before the books end."""
    first = int(countries().control_from.min())
    return stage.between(first + 30, max(first + 60, stage.parameters.last_day - 60))


def _holding(stage: Stage) -> int:
    """An old company that only owns others."""
    return new_firm(stage, some_hub(stage), stage.parameters.first_day - stage.between(1500, 5000))


def _since(stage: Stage, firm: int) -> int:
    return int(stage.cast.founded[firm])


def owned(stage: Stage, firm: int, variant: int) -> Structure:
    """A person owns half or more, often through a holding; of the third twin the listed one sold it long ago."""
    share = float(stage.rng.choice([50, 51, 60, 75, 100]))
    holding = _holding(stage)
    through = stage.rng.random() < 0.5 or variant == 2
    day, begun = _some_day(stage), _since(stage, holding)
    top = holding if through else firm
    below = (Stake(holding, firm, 100, 100, _since(stage, firm)),) if through else ()
    stakes: tuple[Stake, ...] = (Stake(-1, top, share, share, max(begun, _since(stage, top))),)
    if variant == 2:
        sold = stage.parameters.first_day - stage.between(100, 900)
        stakes = (Stake(-1, top, share, share, begun, sold), Stake(-2, top, share, share, sold))
    return Structure(stakes + below, _named(variant, day))


def minority(stage: Stage, firm: int, variant: int) -> Structure:
    """A person owns less than half, often only just; the third twin's listed owner has a share or two in a hundred."""
    share = 2.0 if variant == 2 else float(stage.rng.choice([20, 25, 33, 40, 49, 49.9]))
    stakes = (
        Stake(-1, firm, share, share, _since(stage, firm)),
        Stake(-2, firm, 100 - share, 100 - share, _since(stage, firm)),
    )
    return Structure(stakes, _named(variant, _some_day(stage)))


def banded(stage: Stage, firm: int, variant: int) -> Structure:
    """The register states a band or nothing; the third twin's listed owner is in the lowest band."""
    bands: tuple[tuple[float | None, float | None], ...] = ((25, 50), (25, 75), (None, None))
    low, high = (0.0, 25.0) if variant == 2 else bands[stage.between(0, 2)]
    return Structure((Stake(-1, firm, low, high, _since(stage, firm)),), _named(variant, _some_day(stage)))


def divested(stage: Stage, firm: int, variant: int) -> Structure:
    """The owner sells the firm to somebody around the day of its listing; the third twin's sold it long before."""
    founded, last = _since(stage, firm), stage.parameters.last_day
    day = last - stage.between(30, 60) if variant == 2 else min(max(_some_day(stage), founded + 90), last - 10)
    sold = day - (stage.between(400, 1400) if variant == 2 else stage.between(-8, 110))
    sold = max(sold, founded + 5)
    stakes = (Stake(-1, firm, 100, 100, founded, sold), Stake(-2, firm, 100, 100, sold))
    return Structure(stakes, _named(variant, day))


def layered(stage: Stage, firm: int, variant: int) -> Structure:
    """Three holdings one above the other; the third twin's listed owner has two shares in a hundred of the topmost."""
    first, second, third = (_holding(stage) for _ in range(3))
    top = 2.0 if variant == 2 else float(stage.rng.choice([60, 75, 100]))
    stakes = (
        Stake(-1, first, top, top, _since(stage, first)),
        Stake(first, second, 100, 100, _since(stage, second)),
        Stake(second, third, 90, 90, _since(stage, third)),
        Stake(third, firm, 100, 100, _since(stage, firm)),
    )
    return Structure(stakes, _named(variant, _some_day(stage)))


def circular(stage: Stage, firm: int, variant: int) -> Structure:
    """The firm and a holding own parts of each other, and a person the rest of the holding."""
    holding = _holding(stage)
    since = max(_since(stage, firm), _since(stage, holding))
    rest = 2.0 if variant == 2 else 70.0
    stakes = (
        Stake(-1, holding, rest, rest, since),
        Stake(holding, firm, 80, 80, since),
        Stake(firm, holding, 30, 30, since),
    )
    return Structure(stakes, _named(variant, _some_day(stage)))


def free_mailbox(stage: Stage, firm: int, variant: int) -> tuple[Named, ...]:
    """It writes from a free mailbox, and so does the first twin."""
    stage.cast.say("free_mail", firm, int(variant <= 0))
    return ()


def foreign_phone(stage: Stage, firm: int, variant: int) -> tuple[Named, ...]:
    """Its telephone is of a target, that of the first twin of another neighbour."""
    there = countries()
    home = there.code[stage.cast.country[firm]]
    target = there.number("BY" if home in ("KZ", "RU") else "RU")  # Two countries have one calling code.
    dial = {-1: target, 0: there.number("AE" if home != "AE" else "TR")}.get(variant, int(stage.cast.country[firm]))
    stage.cast.say("dial", firm, dial)
    return ()


def unrelated(stage: Stage, firm: int, variant: int) -> tuple[Named, ...]:
    """Its trade in the register has no use for the goods; of the first twin the register is out of date."""
    if variant <= 0:
        stage.cast.say("trade", firm, stage.between(0, UNRELATED - 1))
    return ()


def few_people(stage: Stage, firm: int, variant: int) -> tuple[Named, ...]:
    """One or two people, as the first twin has; the second has many."""
    stage.cast.say("staff", firm, stage.between(30, 90) if variant == 1 else stage.between(1, 2))
    return ()


def on_the_list(stage: Stage, firm: int, variant: int) -> tuple[Named, ...]:
    """Its address is that of a listed firm; the first twin is a tenant there, the second's neighbour is on no list."""
    neighbour = new_firm(stage, int(stage.cast.country[firm]), stage.parameters.first_day - stage.between(300, 3000))
    if variant < 2:
        stage.cast.address_no[neighbour] = stage.cast.address_no[firm]
    return () if variant == 1 else (Named(neighbour, _some_day(stage), with_address=True),)


def serviced(stage: Stage, firm: int, variant: int) -> tuple[Named, ...]:
    """It is registered with very many others; so are the first twin and three traders of the country."""
    if variant <= 0:
        stage.cast.address_no[firm] = _service(stage, int(stage.cast.country[firm]))
    return ()


def _service(stage: Stage, country: int) -> int:
    """The address of a country's company service, where firms sleep that trade nowhere here."""
    if country not in stage.services:
        day = stage.parameters.first_day
        sleeping = [new_firm(stage, country, day - stage.between(30, 4000)) for _ in range(SERVICED)]
        traders = stage.cast.pools["traders"]
        known = traders.members[traders.offset[country] : traders.offset[country] + min(3, traders.size[country])]
        for one in [*sleeping, *known.tolist()]:
            stage.cast.address_no[one] = stage.cast.address_no[sleeping[0]]
        stage.services[country] = int(stage.cast.address_no[sleeping[0]])
    return stage.services[country]


def shared(stage: Stage, firm: int, variant: int) -> tuple[Named, ...]:
    """It shares a telephone or a mail domain with a listed firm; the twins with others, or with very many."""
    there = countries()
    listed = new_firm(stage, there.number("RU"), stage.parameters.first_day - stage.between(300, 3000))
    day = _some_day(stage)
    number = int(stage.cast.number[firm])
    what = "phone" if variant == 1 or stage.rng.random() < 0.5 else "mail"
    if variant < 2:
        stage.cast.say(what, listed, number)
        stage.cast.say(
            "dial" if what == "phone" else "free_mail", listed, stage.cast.country[firm] if what == "phone" else 0
        )
        stage.cast.say("free_mail", firm, 0)
    else:
        stage.cast.say("free_mail", listed, 1)
        stage.cast.say("free_mail", firm, 1)
    if variant == 1:
        home = int(stage.cast.country[firm])
        for one in (
            new_firm(stage, home, stage.parameters.first_day - stage.between(30, 4000)) for _ in range(SHARING)
        ):
            stage.cast.say("phone", one, number)
    return () if variant == 0 else (Named(listed, day),)


OWNERS: dict[str, Callable[[Stage, int, int], Structure]] = {
    "owned_by_listed": owned,
    "minority_owner": minority,
    "maybe_owned_by_listed": banded,
    "divested_owner": divested,
    "layered_owners": layered,
    "circular_owners": circular,
}
PAPERS: dict[str, Callable[[Stage, int, int], tuple[Named, ...]]] = {
    "free_mail": free_mailbox,
    "phone_elsewhere": foreign_phone,
    "unrelated_trade": unrelated,
    "over_capacity": few_people,
    "listed_address": on_the_list,
    "mass_address": serviced,
    "shares_with_listed": shared,
}
