"""Whom does Canada list under its autonomous sanctions? One row per item of a schedule of a regulation."""

import re

from landwaiter.sources.elements import Element, joined, text, tree_of
from landwaiter.sources.reading import Entry, Files, Reading, listed

SHAPE = {
    "data-set": "record",
    "record": """Country LastName GivenName EntityOrShip TitleOrShip DateOfBirthOrShipBuildDate ShipIMONumber Aliases
        Schedule Item DateOfListing""",
}
# `Russian: Иван`, `Belarussian : Иван`: the language is not part of the name.
_LANGUAGE = re.compile(r"\b(?:[A-Z][a-z]+(?:ian|ese|ish|ic|ew)|Korean|German|French|Farsi|Dari)\s?:")
_LEGAL_FORM = r"(?:LLC|Ltd|Limited|Inc|JSC|OJSC|PJSC|S\.?A|Co|AO|АО|ПАО|ОАО|ЗАО|ООО|МК|GmbH|AG|plc|LLP|LP)"
_COMMA = re.compile(rf",\s+(?!{_LEGAL_FORM}\.?\s*(?:,|$))", re.IGNORECASE)
_OR = re.compile(r"\s*/\s*| or ")


def read(files: Files) -> Reading:
    """Listings of the SEMA XML. Its `Country` is the regulation, not the party's country, of which it says nothing.

    Canada gives its records no number: regulation, schedule and item together name one, as the law does.
    """
    file = files["list"]
    entries = [_entry(record) for record in tree_of(file, SHAPE).iterfind("record")]
    return listed("ca_sema", file.name, entries)


def _entry(record: Element) -> Entry:
    regulation = text(record, "Country").partition(" / ")[0]
    person = joined(record, "GivenName LastName")
    imo = text(record, "ShipIMONumber")
    main = [person] if person else _alternatives(text(record, "EntityOrShip"))
    born = text(record, "DateOfBirthOrShipBuildDate")
    title = text(record, "TitleOrShip")
    kind = "person" if person else "vessel" if imo else "organisation"
    notes = [f"title or type: {title}" if title else "", f"built: {born}" if born and kind != "person" else ""]
    aliases = aliases_of(text(record, "Aliases"))
    # A single word, a surname or a nickname, says too little of a person to be a full alias.
    weak = [name for name in aliases if kind == "person" and " " not in name]
    return Entry(
        key="/".join(filter(None, (regulation, text(record, "Schedule"), text(record, "Item")))),
        line=record.sourceline,
        kind=kind,
        names=main + [name for name in aliases if name not in weak],
        weak_names=weak,
        birth_dates=[born] if kind == "person" else [],
        identifiers=[f"imo:{imo}"] if imo else [],
        programmes=[regulation],
        reason="; ".join(filter(None, notes)),
        listed_on=text(record, "DateOfListing"),
    )


def aliases_of(cell: str) -> list[str]:
    """The names of an alias cell, which are separated by semicolons, commas, slashes, `or`, lines or languages.

    A slash or `or` separates only where both sides are of two words or more: `Nikolay or Nikolai Maximavich` is left.
    """
    lines = re.split(r"[;\n]", _LANGUAGE.sub(";", cell))
    parts = [part.strip(" ,\xa0") for line in lines for part in _COMMA.split(line)]
    return [name for part in parts if part for name in _alternatives(part)]


def _alternatives(name: str) -> list[str]:
    sides = _OR.split(name)
    return sides if all(len(side.split()) > 1 for side in sides) else [name]
