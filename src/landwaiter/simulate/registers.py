"""What do registers say of the firms of a world? Name, address, contacts, trade, officers and staff."""

from functools import cache

import numpy as np
import pyarrow as pa

from landwaiter.simulate.chance import choice, share
from landwaiter.simulate.chunk import Chunk
from landwaiter.simulate.facts import SCRIPTS, Ints, Texts, countries, read_rows, simplified, texts_of
from landwaiter.simulate.names import STYLES, Mentions, address, domains, register_number, spell, tables, written_in
from landwaiter.simulate.plan import Parameters
from landwaiter.simulate.truth import at_home, firm_id_column, seen_from

SOURCE = "register of the made world"
FREE_HOSTS = ("gmail.com", "outlook.com", "mail.ru", "yandex.ru", "qq.com", "163.com")
# Trades that have no use for electronics; a few firms are registered so, seldom with reason.
OTHER_TRADES = (
    "Bakery", "Restaurant", "Clothing", "Travel agency", "Florist", "Dairy", "Hotel", "Grocery",
)  # fmt: skip


def companies_of(parameters: Parameters, chunk: Chunk) -> pa.Table:
    """What registers hold: all firms of hubs and targets that are the chunk's own, and four in ten elsewhere."""
    cast, there, seed = chunk.cast, countries(), parameters.seed
    firms = _registered(parameters, chunk)
    who, country = at_home(chunk, firms), cast.country[firms]
    script = written_in(parameters, who)
    place = address(parameters, who, script)
    dissolved = {p.ended[0]: p.ended[1] for p in chunk.planted if p.scheme.innocent == "insolvency and takeover"}
    ended = np.array([dissolved.get(firm, -1) for firm in firms.tolist()])
    also = np.flatnonzero(share(seed, who.number, 73) < 0.25)
    abroad = np.full(len(firms), None, dtype=object)
    abroad[also] = spell(parameters, seen_from(chunk, firms[also], np.full(len(also), there.number("GB"))))
    return pa.table(
        {
            "company_id": pa.array(company_ids(parameters, chunk, firms), pa.string()),
            "name": pa.array(spell(parameters, who), pa.string()),
            "other_names": pa.array(abroad, pa.string()),
            "country": pa.array(there.code[country], pa.string()),
            "address": pa.array(place, pa.string(), mask=place == ""),
            "incorporated_on": pa.array(cast.founded[firms].astype(np.int32), pa.int32()).cast(pa.date32()),
            "dissolved_on": pa.array(ended.astype(np.int32), pa.int32(), mask=ended < 0).cast(pa.date32()),
            "industry": pa.array(_trade(parameters, chunk, firms, who), pa.string()),
            "phone": pa.array(_phone(parameters, chunk, firms), pa.string()),
            "email": _email(parameters, chunk, firms),
            "officers": pa.array(officers(parameters, chunk, firms, script), pa.string()),
            "employees": pa.array(
                _told(chunk, "staff", firms, 1 + (share(seed, who.number, 75) ** 3 * 120).astype(np.int64))
            ),
            "source": pa.array(np.full(len(firms), SOURCE, dtype=object), pa.string()),
        }
    )


def _told(chunk: Chunk, what: str, firms: Ints, usual: Ints) -> Ints:
    """What is usual, but for the firms of which the chunk says otherwise."""
    told = chunk.cast.said.get(what, {})
    if not told:
        return usual
    every = np.full(len(chunk.cast.number), -2, dtype=np.int64)
    every[firms] = usual
    every[list(told)] = list(told.values())
    return np.asarray(every[firms])


def _trade(parameters: Parameters, chunk: Chunk, firms: Ints, who: Mentions) -> Texts:
    """The line of business; one firm in twenty-five is by its register in a trade that never deals in electronics."""
    words = tables().words["english"]
    known = np.concatenate([words, texts_of(list(OTHER_TRADES))])
    usual = choice(24, parameters.seed, who.name_no, 74)
    other = share(parameters.seed, who.number, 81) < 0.04
    at = np.where(other, choice(len(OTHER_TRADES), parameters.seed, who.number, 82), -1)
    at = _told(chunk, "trade", firms, at)
    return np.asarray(known[np.where(at >= 0, len(words) + at, usual)])


def _phone(parameters: Parameters, chunk: Chunk, firms: Ints) -> Texts:
    """A telephone; one firm in thirty has that of another country."""
    cast, there, seed = chunk.cast, countries(), parameters.seed
    number = _told(chunk, "phone", firms, cast.number[firms])
    country = cast.country[firms]
    moved = share(seed, cast.number[firms], 83) < 0.03
    elsewhere = choice(len(there.code), seed, cast.number[firms], 84)
    dial = _told(chunk, "dial", firms, np.where(moved, elsewhere, country))
    digits = texts_of([str(one) for one in (10**6 + choice(9 * 10**6, seed, number, 72)).tolist()])
    return np.asarray("+" + there.dial[dial] + " " + digits)


def _email(parameters: Parameters, chunk: Chunk, firms: Ints) -> pa.Array:
    """A mailbox of the firm's own domain, or, for one firm in eight, a free one; one register line in five has none."""
    seed, number = parameters.seed, chunk.cast.number[firms]
    domain = domains(parameters, _told(chunk, "mail", firms, number))
    free = _told(chunk, "free_mail", firms, (share(seed, number, 85) < 0.12).astype(np.int64)) == 1
    hosts = texts_of(list(FREE_HOSTS))[choice(len(FREE_HOSTS), seed, number, 86)]
    local = domains(parameters, number) + (number % 89).astype(str).astype(object)
    text = np.where(free, local + "@" + hosts, "office@" + domain + ".com")
    said = {*chunk.cast.said.get("mail", {}), *chunk.cast.said.get("free_mail", {})}
    silent = (share(seed, number, 87) < 0.2) & ~np.isin(firms, list(said))
    return pa.array(text, pa.string(), mask=silent)


def told_by_registers(parameters: Parameters, chunk: Chunk, companies: pa.Table) -> pa.Table:
    """Which true firm each company of the registers is, in the columns of the firms' truth."""
    firms = _registered(parameters, chunk)
    code = pa.array(countries().code[chunk.cast.country[firms]], pa.string())
    return pa.table(
        {
            "firm_id": firm_id_column(chunk.cast.number[firms]),
            "country": code,
            "source": pa.array(np.full(len(firms), "register", dtype=object), pa.string()),
            "reporter": code,
            "name": companies["name"],
            "id": companies["company_id"],
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


def person(parameters: Parameters, number: Ints, country: Ints, script: Ints, *, other: int = 0) -> Texts:
    """A person's made-up name in a script, family name first where that is the custom; most have a middle name.

    Args:
        other: 1 for somebody of the same name but for the middle one.
    """
    style = np.array([STYLES.index(name) for name in countries().style.tolist()])[country]
    family, given = choice(16, parameters.seed, number, 77), choice(16, parameters.seed, number, 78)
    middle = (given + 1 + (choice(15, parameters.seed, number, 88) + other) % 15) % 16
    parts = _people()
    families, givens = parts["family"][script, style, family], parts["given"][script, style, given]
    middles = parts["given"][script, style, middle]
    is_chinese = np.isin(script, (SCRIPTS.index("hant"), SCRIPTS.index("hans")))
    western = np.where(style == STYLES.index("han"), families + " " + givens, givens + " " + middles + " " + families)
    return np.asarray(np.where(is_chinese, families + givens, western))


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
