"""Who owns whom, and whom does a list name? What was planted above firms, and entries that mean nobody here."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from landwaiter.simulate.chance import choice
from landwaiter.simulate.chunk import Chunk
from landwaiter.simulate.facts import NEVER, countries
from landwaiter.simulate.names import Mentions, full_address, spell, written_in
from landwaiter.simulate.plan import Parameters
from landwaiter.simulate.registers import SOURCE, company_ids, person
from landwaiter.simulate.stage import Named, Planted, Stake
from landwaiter.simulate.truth import at_home, seen_from

OWNERSHIP = pa.schema(
    [
        *(
            (name, pa.string())
            for name in ("owner_id", "owner_name", "owner_kind", "owned_id", "owned_name", "interest")
        ),
        *((name, pa.float64()) for name in ("share_min", "share_max")),
        *((name, pa.date32()) for name in ("valid_from", "valid_to")),
        ("source", pa.string()),
    ]
)
LISTINGS = pa.schema(
    [
        *(
            (name, pa.string())
            for name in ("listing_id", "list", "name", "kind", "country", "other_names", "identifiers", "addresses")
        ),
        *((name, pa.date32()) for name in ("listed_on", "delisted_on")),
        ("reason", pa.string()),
    ]
)
PERSONS = 8  # Numbers kept for the people of one scheme.


def ownership_of(parameters: Parameters, chunk: Chunk) -> list[dict[str, object]]:
    """The stakes above the firms of schemes and twins, as registers write them."""
    above = [(planted, stake) for planted in chunk.planted for stake in planted.stakes]
    firms = sorted({one for _, stake in above for one in (stake.owner, stake.owned) if one >= 0})
    people = sorted({_person_number(planted, stake.owner) for planted, stake in above if stake.owner < 0})
    known = _companies(parameters, chunk, firms) | _people(parameters, people)
    return [_stake(planted, stake, known) for planted, stake in above]


def _stake(planted: Planted, stake: Stake, known: dict[int, tuple[str, str, str]]) -> dict[str, object]:
    owner = stake.owner if stake.owner >= 0 else _person_number(planted, stake.owner)
    (owner_id, owner_name, kind), (owned_id, owned, _) = known[owner], known[stake.owned]
    return {
        "owner_id": owner_id,
        "owner_name": owner_name,
        "owner_kind": kind,
        "owned_id": owned_id,
        "owned_name": owned,
        "interest": "shares",
        "share_min": stake.low,
        "share_max": stake.high,
        "valid_from": _day(stake.since),
        "valid_to": None if stake.until == NEVER else _day(stake.until),
        "source": SOURCE,
    }


def _companies(parameters: Parameters, chunk: Chunk, firms: list[int]) -> dict[int, tuple[str, str, str]]:
    """Id, name and kind of companies, by their position."""
    places = np.array(firms, dtype=np.int64)
    ids, names = company_ids(parameters, chunk, places), spell(parameters, at_home(chunk, places))
    return {firm: (key, name, "company") for firm, key, name in zip(firms, ids, names, strict=True)}


def _people(parameters: Parameters, numbers: list[int]) -> dict[int, tuple[str, str, str]]:
    """Id, name and kind of people, by their number; no position of a company is as high."""
    names = _person(parameters, numbers)
    return {number: (f"person-{number}", name, "person") for number, name in zip(numbers, names, strict=True)}


def _person(parameters: Parameters, numbers: list[int], *, other: int = 0) -> list[str]:
    """Names of people of a target country in Latin letters."""
    many = np.full(len(numbers), countries().number("RU"))
    return list(person(parameters, np.array(numbers, dtype=np.int64), many, many * 0, other=other))


def _person_number(planted: Planted, who: int) -> int:
    return 2 * 10**9 + planted.scheme.number * PERSONS - 1 - who


def listings_of(parameters: Parameters, chunk: Chunk) -> list[dict[str, object]]:
    """Whom a list names: importers from the day they gave up, owners and neighbours of firms; no innocent trader."""
    rows: list[dict[str, object]] = []
    for planted in chunk.planted:
        number = planted.scheme.number
        if planted.ended[0] >= 0 and not planted.scheme.innocent:
            importer = Named(planted.ended[0], planted.ended[1])
            key, reason = f"m-{number:05d}", "procurement of listed goods"
            rows.append(_entry(parameters, chunk, planted, importer, key=key, reason=reason))
        for at, named in enumerate(planted.named):
            reason = "owner of procurement companies" if named.who < 0 else "support of procurement"
            rows.append(_entry(parameters, chunk, planted, named, key=f"o-{number:05d}-{at}", reason=reason))
    return rows


def _entry(
    parameters: Parameters, chunk: Chunk, planted: Planted, named: Named, *, key: str, reason: str
) -> dict[str, object]:
    if named.who < 0:
        name = _person(parameters, [_person_number(planted, named.who)], other=int(named.is_namesake))[0]
        return _listing(key, name, "person", "RU", listed_on=_day(named.day), reason=reason)
    firm = np.array([named.who])
    abroad = seen_from(chunk, firm, np.array([countries().number("US")]))
    name, home = spell(parameters, abroad)[0], spell(parameters, at_home(chunk, firm))[0]
    who = at_home(chunk, firm)
    place = full_address(parameters, who, written_in(parameters, who))[0] if named.with_address else ""
    code = countries().code[chunk.cast.country[named.who]]
    entry = _listing(key, name, "organisation", code, listed_on=_day(named.day), reason=reason)
    return entry | {"other_names": home if home != name else "", "addresses": place}


def unrelated_listings(parameters: Parameters, chunk: Chunk) -> Iterator[dict[str, object]]:
    """Listed firms that trade nowhere in this world; a few carry the brand of an innocent firm that does."""
    there = countries()
    number = 2 * 10**7 + np.arange(40)
    country = np.resize([there.number(code) for code in ("RU", "BY", "AE", "CN", "HK", "RU", "TR")], 40)
    name_no, twin = np.array(number), np.zeros(40, dtype=np.int64)
    namesakes = chunk.cast.sellers + choice(30, parameters.seed, np.arange(5), 79)
    name_no[:5], country[:5], twin[:5] = chunk.cast.name_no[namesakes], chunk.cast.country[namesakes], 3
    who = Mentions(number, name_no, twin, number, country, np.full(40, there.number("US")), number * 0)
    home = Mentions(number, name_no, twin, number, country, country, number * 0)
    days = parameters.first_day + choice(parameters.last_day - parameters.first_day, parameters.seed, number, 80)
    names, homes = spell(parameters, who).tolist(), spell(parameters, home).tolist()
    for k in range(40):
        day, code = _day(int(days[k])), there.code[country[k]]
        entry = _listing(
            f"u-{k:05d}", names[k], "organisation", code, listed_on=day, reason="support of a listed sector"
        )
        yield entry | {"other_names": homes[k] if homes[k] != names[k] else ""}


def _listing(number: str, name: str, kind: str, country: str, *, listed_on: object, reason: str) -> dict[str, object]:
    return {
        "listing_id": f"made:{number}",
        "list": "made",
        "name": name,
        "kind": kind,
        "country": country,
        "other_names": "",
        "identifiers": "",
        "addresses": "",
        "listed_on": listed_on,
        "delisted_on": None,
        "reason": reason,
    }


def _day(day: int) -> object:
    return np.datetime64(day, "D").item()
