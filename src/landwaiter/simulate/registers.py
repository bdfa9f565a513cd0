"""What do registers and a list say of the firms of a world? Companies, who owns whom, and who is listed."""

from functools import cache

import numpy as np
import pyarrow as pa

from landwaiter.simulate.chance import choice, share
from landwaiter.simulate.chunk import Chunk
from landwaiter.simulate.facts import SCRIPTS, Ints, Texts, countries, read_rows, simplified, texts_of
from landwaiter.simulate.names import STYLES, Mentions, address, register_number, spell, tables, written_in
from landwaiter.simulate.plan import Parameters
from landwaiter.simulate.truth import at_home, firm_ids, seen_from

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
            for name in ("listing_id", "list", "name", "kind", "country", "other_names", "identifiers")
        ),
        *((name, pa.date32()) for name in ("listed_on", "delisted_on")),
        ("reason", pa.string()),
    ]
)
SOURCE = "register of the made world"


def companies_of(parameters: Parameters, chunk: Chunk) -> pa.Table:
    """What registers hold: all firms of hubs and targets that are the chunk's own, and four in ten elsewhere."""
    cast, there, seed = chunk.cast, countries(), parameters.seed
    firms = _registered(parameters, chunk)
    who, country = at_home(chunk, firms), cast.country[firms]
    script = written_in(parameters, who)
    place = address(parameters, who, script)
    dissolved = {p.ended[0]: p.ended[1] for p in chunk.planted if p.scheme.innocent == "insolvency and takeover"}
    phone = (10**6 + choice(9 * 10**6, seed, who.number, 72)).astype(str).astype(object)
    ended = np.array([dissolved.get(firm, -1) for firm in firms.tolist()])
    abroad = spell(parameters, seen_from(chunk, firms, np.full(len(firms), there.number("GB"))))
    return pa.table(
        {
            "company_id": pa.array(company_ids(parameters, chunk, firms), pa.string()),
            "name": pa.array(spell(parameters, who), pa.string()),
            "other_names": pa.array(abroad, pa.string(), mask=share(seed, who.number, 73) >= 0.25),
            "country": pa.array(there.code[country], pa.string()),
            "address": pa.array(place, pa.string(), mask=place == ""),
            "incorporated_on": pa.array(cast.founded[firms].astype(np.int32), pa.int32()).cast(pa.date32()),
            "dissolved_on": pa.array(ended.astype(np.int32), pa.int32(), mask=ended < 0).cast(pa.date32()),
            "industry": pa.array(tables().words["english"][choice(24, seed, who.name_no, 74)], pa.string()),
            "phone": pa.array("+" + there.dial[country] + " " + phone, pa.string()),
            "officers": pa.array(officers(parameters, chunk, firms, script), pa.string()),
            "employees": pa.array(1 + (share(seed, who.number, 75) ** 3 * 120).astype(np.int64)),
            "source": pa.array(np.full(len(firms), SOURCE, dtype=object), pa.string()),
        }
    )


def told_by_registers(parameters: Parameters, chunk: Chunk) -> pa.Table:
    """Which true firm each company of the registers is, in the columns of the firms' truth."""
    firms = _registered(parameters, chunk)
    code = pa.array(countries().code[chunk.cast.country[firms]], pa.string())
    return pa.table(
        {
            "firm_id": pa.array(firm_ids(chunk.cast.number[firms]), pa.string()),
            "country": code,
            "source": pa.array(np.full(len(firms), "register", dtype=object), pa.string()),
            "reporter": code,
            "name": pa.array(spell(parameters, at_home(chunk, firms)), pa.string()),
            "id": pa.array(company_ids(parameters, chunk, firms), pa.string()),
        }
    )


def _registered(parameters: Parameters, chunk: Chunk) -> Ints:
    """Positions of the firms that registers hold; sellers, who are in every chunk, stand with the first one."""
    cast = chunk.cast
    own = np.arange(0 if chunk.number == 0 else cast.sellers, len(cast.number))
    open_book = np.isin(countries().role[cast.country[own]], ("hub", "target")) & (own >= cast.sellers)
    return np.asarray(own[open_book | (share(parameters.seed, cast.number[own], 71) < 0.4)])


def company_ids(parameters: Parameters, chunk: Chunk, firms: Ints) -> Texts:
    """Country and register number: unique over all registers."""
    country = chunk.cast.country[firms]
    return np.asarray(countries().code[country] + register_number(parameters, chunk.cast.number[firms], country))


def officers(parameters: Parameters, chunk: Chunk, firms: Ints, script: Ints) -> Texts:
    """One or two officers for each firm; firms of one owner have the same."""
    cast, seed = chunk.cast, parameters.seed
    number = cast.officer_no[firms]
    first = person(parameters, number, cast.officer_country[firms], script)
    second = person(parameters, number + 10**9, cast.officer_country[firms], script)
    return np.asarray(np.where(share(seed, number, 76) < 0.4, first + ";" + second, first))


def person(parameters: Parameters, number: Ints, country: Ints, script: Ints) -> Texts:
    """A person's made-up name in a script, family name first where that is the custom."""
    style = np.array([STYLES.index(name) for name in countries().style.tolist()])[country]
    family, given = choice(16, parameters.seed, number, 77), choice(16, parameters.seed, number, 78)
    parts = _people()
    families, givens = parts["family"][script, style, family], parts["given"][script, style, given]
    is_chinese = np.isin(script, (SCRIPTS.index("hant"), SCRIPTS.index("hans")))
    western = np.where(style == STYLES.index("han"), families + " " + givens, givens + " " + families)
    return np.asarray(np.where(is_chinese, families + givens, western))


def ownership_of(parameters: Parameters, chunk: Chunk) -> list[dict[str, object]]:
    """Two steps above some firms: a person owns most of a holding, and the holding owns the firm."""
    rows: list[dict[str, object]] = []
    for planted in chunk.planted:
        if planted.holding < 0:
            continue
        pair = np.array([planted.holding, planted.subject])
        holding, firm = company_ids(parameters, chunk, pair).tolist()
        holding_name, firm_name = spell(parameters, at_home(chunk, pair)).tolist()
        share_held = 51 + 7 * (planted.scheme.number % 7)
        owner_id, owner = _owner(parameters, chunk, planted.holding)
        common = {"interest": "shares", "valid_to": None, "source": SOURCE}
        founded = chunk.cast.founded[pair]
        rows.append(
            {
                "owner_id": owner_id,
                "owner_name": owner,
                "owner_kind": "person",
                "owned_id": holding,
                "owned_name": holding_name,
                "share_min": share_held,
                "share_max": share_held,
                "valid_from": np.datetime64(int(founded[0]), "D").item(),
                **common,
            }
        )
        rows.append(
            {
                "owner_id": holding,
                "owner_name": holding_name,
                "owner_kind": "company",
                "owned_id": firm,
                "owned_name": firm_name,
                "share_min": 100,
                "share_max": 100,
                "valid_from": np.datetime64(int(founded[1]), "D").item(),
                **common,
            }
        )
    return rows


def listings_of(parameters: Parameters, chunk: Chunk) -> list[dict[str, object]]:
    """Whom a list names: importers from the day they gave up, and owners of shells; never an innocent twin."""
    rows: list[dict[str, object]] = []
    for planted in chunk.planted:
        if planted.scheme.innocent:
            continue
        number = planted.scheme.number
        if planted.ended[0] >= 0:
            firm = np.array([planted.ended[0]])
            abroad = seen_from(chunk, firm, np.array([countries().number("US")]))
            code = countries().code[chunk.cast.country[firm[0]]]
            day = np.datetime64(planted.ended[1], "D").item()
            name, home = spell(parameters, abroad)[0], spell(parameters, at_home(chunk, firm))[0]
            rows.append(
                _listing(
                    f"m-{number:05d}",
                    name,
                    "organisation",
                    code,
                    other=home,
                    listed_on=day,
                    reason="procurement of listed goods",
                )
            )
        if planted.holding >= 0 and number % 2 == 0:
            _, name = _owner(parameters, chunk, planted.holding)
            day = np.datetime64(int(chunk.cast.founded[planted.holding]) + 200, "D").item()
            code = countries().code[chunk.cast.country[planted.holding]]
            rows.append(
                _listing(
                    f"o-{number:05d}",
                    name,
                    "person",
                    code,
                    other="",
                    listed_on=day,
                    reason="owner of procurement companies",
                )
            )
    return rows


def unrelated_listings(parameters: Parameters, chunk: Chunk) -> list[dict[str, object]]:
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
    return [
        _listing(
            f"u-{k:05d}", names[k], "organisation", there.code[country[k]], other=homes[k],
            listed_on=np.datetime64(int(days[k]), "D").item(), reason="support of a listed sector",
        )
        for k in range(40)
    ]  # fmt: skip


def _listing(
    number: str, name: str, kind: str, country: str, *, other: str, listed_on: object, reason: str
) -> dict[str, object]:
    return {
        "listing_id": f"made:{number}",
        "list": "made",
        "name": name,
        "kind": kind,
        "country": country,
        "other_names": other if other != name else "",
        "identifiers": "",
        "listed_on": listed_on,
        "delisted_on": None,
        "reason": reason,
    }


def _owner(parameters: Parameters, chunk: Chunk, holding: int) -> tuple[str, str]:
    """A person of a target country, by the number of what he holds."""
    number = chunk.cast.number[[holding]] + 2 * 10**9
    place = np.array([countries().number("RU")])
    return f"person-{number[0]}", person(parameters, number, place, np.array([0]))[0]


@cache
def _people() -> dict[str, Texts]:
    rows = read_rows("people")
    parts: dict[str, Texts] = {}
    for part in ("family", "given"):
        table = np.empty((len(SCRIPTS), len(STYLES), 16), dtype=object)
        for s, style in enumerate(STYLES):
            found = [row for row in rows if row["style"] == style and row["part"] == part]
            for at, script in enumerate(("latin", "hant", "hant", "cyrillic")):
                table[at, s] = texts_of([row[script] for row in found])
            table[SCRIPTS.index("hans"), s] = simplified(table[SCRIPTS.index("hant"), s])
        parts[part] = table
    return parts
