"""What do rows of a run or case say in FollowTheMoney's words? Parties, shipments, listings, and what joins them.

Nothing is said more surely than the row says it: a list match is a link whose role is `could be`, never a sanction of
our party; a control that is only possible says so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

Tables = Mapping[str, Sequence[Mapping[str, object]]]

_NO_ID = re.compile(r"[^A-Za-z0-9.\-]+")

# How our kinds of parties are called there. An owned party is a Company, because only assets can be owned there.
SCHEMAS = {"organisation": "Company", "person": "Person", "vessel": "Vessel", "aircraft": "Airplane"}


@dataclass(frozen=True)
class Entity:
    """One thing or link.

    Args:
        id: ours, or made from the ids that a link joins.
        schema: its FollowTheMoney schema.
        properties: its values by property; every value is text.
        source: the table and key of the row that says so.
    """

    id: str
    schema: str
    properties: dict[str, list[str]] = field(default_factory=dict)
    source: tuple[str, str] = ("", "")


def entities_of(tables: Tables) -> list[Entity]:
    """Every entity that the rows speak of, each once, links after the things that they join."""
    owned = {
        entity_id(edge.partition(">")[2]) for row in tables.get("control_of", ()) for edge in _texts(row.get("edges"))
    }
    found: dict[str, Entity] = {}
    makers = (
        (_party(row, entity_id(str(row["party_id"])) in owned) for row in tables.get("parties", ())),
        map(_listing, tables.get("listings_matched", ())),
        map(_shipment, tables.get("shipments", ())),
        map(_sanction, tables.get("listings_matched", ())),
        map(_match, tables.get("matches", ())),
        (one for row in tables.get("control_of", ()) for one in _ownerships(row)),
        (one for row in tables.get("control_of", ()) for one in _control(row)),
        map(_finding, tables.get("findings", ())),
    )
    for made in makers:
        for entity in made:
            found.setdefault(entity.id, entity)
    return [*_named_only_by_links(found, owned), *found.values()]


def _named_only_by_links(found: Mapping[str, Entity], owned: set[str]) -> Iterator[Entity]:
    """Parties that a link joins but no row describes: they are called by their id."""
    ends = {end for one in found.values() for name in LINKS.get(one.schema, ()) for end in one.properties.get(name, ())}
    for ident in sorted(ends - set(found)):
        yield Entity(ident, "Company" if ident in owned else "LegalEntity", {"name": [ident]})


# The properties that hold ids of other entities.
LINKS = {
    "EconomicActivity": ("sender", "receiver"),
    "Ownership": ("owner", "asset"),
    "UnknownLink": ("subject", "object"),
    "Sanction": ("entity",),
    "Note": ("entity",),
}


def _party(row: Mapping[str, object], is_owned: bool) -> Entity:
    kind = "Company" if is_owned else SCHEMAS.get(str(row.get("kind")), "LegalEntity")
    names = [str(row["name"]), *(name for name in _texts(row.get("names")) if name != row["name"])]
    said = {"name": names[:1], "alias": names[1:], "country": _country(row.get("country"))}
    numbers = [number.partition(":")[2] for number in _texts(row.get("source_ids"))]
    return _entity(str(row["party_id"]), kind, {**said, "idNumber": numbers}, ("parties", str(row["party_id"])))


def _listing(row: Mapping[str, object]) -> Entity:
    kind = SCHEMAS.get(str(row.get("kind")), "LegalEntity")
    countries = [code.lower() for code in _texts(row.get("countries"))]
    said = {"name": [str(row["name"])], "country": countries, "topics": ["sanction"],
            "sourceUrl": _one(row.get("source_url"))}  # fmt: skip
    if kind == "Person":
        said["birthDate"] = _texts(row.get("birth_dates"))
    if kind in ("Company", "Person", "LegalEntity"):
        said["address"] = _texts(row.get("addresses"))
        said["idNumber"] = [number.rpartition(":")[2] for number in _texts(row.get("identifiers"))]
    return _entity(str(row["listing_id"]), kind, said, ("listings_matched", str(row["listing_id"])))


def _sanction(row: Mapping[str, object]) -> Entity:
    ident = str(row["listing_id"])
    said = {"entity": [ident], "authorityId": [ident], "authority": [str(row["list"])],
            "program": _texts(row.get("programmes")), "reason": _one(row.get("reason")),
            "listingDate": _one(row.get("listed_on")),
            "startDate": _one(row.get("listed_on")), "endDate": _one(row.get("delisted_on"))}  # fmt: skip
    return _entity(_made("sanction", ident), "Sanction", said, ("listings_matched", ident))


def _shipment(row: Mapping[str, object]) -> Entity:
    said = {
        "ccdNumber": _one(row.get("shipment_id")),
        "date": _one(row.get("declared_on")),
        "directionOfTransportation": _one(row.get("flow")),
        "sender": _one(row.get("exporter_party")),
        "receiver": _one(row.get("consignee_party")),
        "departureCountry": _country(row.get("dispatch_country")),
        "destinationCountry": _country(row.get("destination_country")),
        "originCountry": _country(row.get("origin_country")),
        "tradingCountry": _country(row.get("reporter")),
        "vedCode": _one(row.get("hs_code")),
        "goodsDescription": _one(row.get("description")),
        "invoiceAmount": _amount(row),
        "recordId": [str(row["row_id"])],
        "namesMentioned": [name for key in ("exporter_name", "consignee_name", "end_user_name", "forwarder_name")
                           for name in _one(row.get(key))],
    }  # fmt: skip
    return _entity(str(row["row_id"]), "EconomicActivity", said, ("shipments", str(row["row_id"])))


def _amount(row: Mapping[str, object]) -> list[str]:
    if row.get("value") is not None and row.get("currency"):
        return [f"{row['value']} {row['currency']}"]
    return [f"{row['value_usd']} USD"] if row.get("value_usd") is not None else []


def _match(row: Mapping[str, object]) -> Entity:
    ends = str(row["party_id"]), str(row["listing_id"])
    said = {"subject": [ends[0]], "object": [ends[1]], "role": ["could be"], "recordId": [" ".join(ends)],
            "summary": [f"score {row['score']}: {row['reason']}"], "date": _one(row.get("as_of")),
            "status": _one(row.get("decision"))}  # fmt: skip
    return _entity(_made("match", *ends), "UnknownLink", said, ("matches", " ".join(ends)))


def _ownerships(row: Mapping[str, object]) -> Iterator[Entity]:
    for edge in _texts(row.get("edges")):
        owner, _, owned = edge.partition(">")
        yield _entity(_made("owns", edge), "Ownership", {"owner": [owner], "asset": [owned]}, _control_key(row))


def _control(row: Mapping[str, object]) -> Iterator[Entity]:
    for listed in _texts(row.get("listed_party")):
        ends = str(row["party_id"]), listed
        said = {"subject": [ends[1]], "object": [ends[0]], "status": [str(row["answer"])],
                "role": [f"owns or controls, under {row['regime']}"], "summary": _one(row.get("reason"))}  # fmt: skip
        yield _entity(_made("control", *ends, str(row["regime"])), "UnknownLink", said, _control_key(row))


def _control_key(row: Mapping[str, object]) -> tuple[str, str]:
    return "control_of", " ".join(str(row.get(name)) for name in ("party_id", "listed_party", "regime"))


def _finding(row: Mapping[str, object]) -> Entity:
    about = [str(row["subject_id"])] if row.get("subject_kind") == "party" else []
    said = {"name": [f"Red flag: {row['flag']}"], "description": [str(row["reason"])], "entity": about,
            "summary": [f"strength {row['strength']}, about {row['subject_kind']} {row['subject_id']}"],
            "notes": _one(row.get("tested"))}  # fmt: skip
    return _entity(_made("finding", str(row["finding_id"])), "Note", said, ("findings", str(row["finding_id"])))


def _entity(ident: str, schema: str, said: Mapping[str, Sequence[str]], source: tuple[str, str]) -> Entity:
    properties = {name: list(dict.fromkeys(value for value in values if value)) for name, values in said.items()}
    for name in LINKS.get(schema, ()):
        properties[name] = [entity_id(end) for end in properties.get(name, ())]
    return Entity(entity_id(ident), schema, {name: values for name, values in properties.items() if values}, source)


def entity_id(ident: str) -> str:
    """One of our ids as FollowTheMoney takes it: it drops a link to an id with a colon or space without a word."""
    plain = _NO_ID.sub("-", ident).strip("-.")
    return ident if plain == ident else f"{plain[:80]}-{sha256(ident.encode()).hexdigest()[:8]}".lstrip("-")


def _made(kind: str, *parts: str) -> str:
    return f"{kind}-{sha256(chr(10).join(parts).encode()).hexdigest()[:16]}"


def _one(value: object) -> list[str]:
    return [] if value is None or value == "" else [str(value)]


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [str(one) for one in value if one] if isinstance(value, Iterable) else []


def _country(value: object) -> list[str]:
    return [str(value).lower()] if value else []
