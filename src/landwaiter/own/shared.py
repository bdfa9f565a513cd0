"""Who shares an address, a telephone, an e-mail domain or an officer with a party of a shipment, and how rare is that?

Only the neighbourhood of parties that trade is looked at. Everything that more than HUB companies share links nobody:
most companies of a register would be one heap. Such a value is told with its degree, and nothing is made of it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.ref.facts import read_facts
from landwaiter.tables import TABLES
from landwaiter.text.fold import fold

HUB = 20  # companies that share a value; above it links nobody
SHORT = {"address": 12, "phone": 7, "officer": 6, "email_domain": 4}  # signs below which a value says nothing
ATTRIBUTES = tuple(SHORT)


@dataclass(frozen=True)
class _Said:
    """One value of one company: folded, and as it was written."""

    party: str
    attribute: str
    key: str
    value: str


def share_attributes(corridor: Corridor) -> None:
    """Read company_parties, shipments and, where they are, listings; put shared_attributes."""
    said = sorted(set(_said(corridor)), key=lambda one: (one.attribute, one.key, one.party, one.value))
    holders: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one in said:
        holders[one.attribute, one.key].setdefault(one.party, one.value)
    trading = _trading(corridor)
    listed = _listed_addresses(corridor)
    rows = []
    for (attribute, key), parties in holders.items():
        listings = listed.get(key, []) if attribute == "address" else []
        if len(parties) < 2 and not listings:
            continue
        for party in sorted(set(parties) & trading):
            others = sorted(set(parties) - {party}) if len(parties) <= HUB else []
            rows += list(_rows(party, (attribute, parties[party]), len(parties), others, listings))
    schema = TABLES["shared_attributes"].schema
    corridor.put("shared_attributes", pa.Table.from_pylist(rows, schema=schema))


def _rows(
    party: str, what: tuple[str, str], degree: int, others: list[str], listings: list[str]
) -> Iterator[dict[str, object]]:
    attribute, value = what
    line = {
        "party_id": party, "attribute": attribute, "value": value, "degree": degree, "weight_bp": weight_bp(degree),
        "is_listed": int(bool(listings)), "listing_ids": listings,
    }  # fmt: skip
    if not others:
        yield {**line, "other_party": None}
    for other in others:
        yield {**line, "other_party": other}


def weight_bp(degree: int) -> int:
    """How much it says that two companies share a value, in ten-thousandths: 1 / log2(1 + degree)."""
    return math.floor(10_000 / math.log2(1 + max(degree, 1)))


def _said(corridor: Corridor) -> Iterator[_Said]:
    free = free_mail()
    companies = corridor.get("company_parties").to_pylist()
    addresses = fold([one["address"] or "" for one in companies])
    officers = [(one["party_id"], officer) for one in companies for officer in one["officers"] or []]
    for company, address in zip(companies, addresses, strict=True):
        party = company["party_id"]
        yield from _long_enough(party, "address", _words(address), company["address"])
        yield from _long_enough(party, "phone", digits(company["phone"]), company["phone"])
        domain = domain_of(company["email"])
        if domain and domain not in free:
            yield from _long_enough(party, "email_domain", domain, domain)
    for (party, officer), folded in zip(officers, fold([name for _, name in officers]), strict=True):
        yield from _long_enough(party, "officer", " ".join(sorted(_words(folded).split())), officer)


def _long_enough(party: str, attribute: str, key: str, value: str | None) -> Iterable[_Said]:
    # A Chinese sign is a syllable, which other scripts write in three letters or so.
    signs = len(key) + 2 * sum("\u3400" <= sign <= "\u9fff" for sign in key)
    return [_Said(party, attribute, key, value)] if value and signs >= SHORT[attribute] else []


def _words(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text).split())


def digits(phone: str | None) -> str:
    """The digits of a telephone number, without the signs of an international call."""
    return "".join(sign for sign in phone or "" if sign.isdigit()).removeprefix("00")


def domain_of(email: str | None) -> str:
    """What stands behind the sign of an e-mail address."""
    _, at, domain = (email or "").strip().casefold().rpartition("@")
    return domain if at else ""


def free_mail() -> frozenset[str]:
    """Domains where anybody has an address."""
    return frozenset(line["domain"] for line in read_facts("free_mail").to_pylist())


def _trading(corridor: Corridor) -> set[str]:
    """Parties of shipments."""
    columns = ["exporter_party", "consignee_party", "end_user_party"]
    shipments = corridor.get("shipments").select(columns)
    return {party for column in columns for party in shipments.column(column).unique().to_pylist() if party}


def _listed_addresses(corridor: Corridor) -> dict[str, list[str]]:
    """Folded addresses of listings; those too short to be one place are none."""
    if not corridor.has("listings"):
        return {}
    table = corridor.get("listings").select(["listing_id", "kind", "name", "addresses", "delisted_on"]).to_pylist()
    said = [(one["listing_id"], text) for one in table if one["delisted_on"] is None for text in _addresses(one)]
    found: dict[str, set[str]] = defaultdict(set)
    for (listing, _), folded in zip(said, fold([text for _, text in said]), strict=True):
        key = _words(folded)
        if len(key) >= SHORT["address"] and any(sign.isdigit() for sign in key):
            found[key].add(listing)
    return {key: sorted(listings) for key, listings in found.items()}


def _addresses(listing: dict[str, object]) -> list[str]:
    """Of an entry that is an address, its name is one."""
    addresses = listing["addresses"]
    assert isinstance(addresses, list)
    return [*addresses, str(listing["name"])] if listing["kind"] == "address" else addresses
