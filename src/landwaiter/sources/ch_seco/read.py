"""Whom does Switzerland sanction? One row per target of SECO's whole list that is not struck off."""

from collections.abc import Mapping
from itertools import islice, product

from landwaiter.sources.elements import Element, text, texts, tree_of
from landwaiter.sources.identifiers import identifier, scheme_of
from landwaiter.sources.reading import Entry, Files, Reading, Reject, listed
from landwaiter.sources.values import country_code

SHAPE = {
    "swiss-sanctions-list": "sanctions-program program target place",
    "sanctions-program": "program-key program-name sanctions-set origin",
    "target": "sanctions-set-id foreign-identifier individual entity object generic-attribute modification",
    "individual": "identity justification relation other-information generic-attribute",
    "entity": "identity justification relation other-information generic-attribute",
    "object": "identity justification relation other-information generic-attribute",
    "identity": "name day-month-year place-of-birth nationality address identification-document generic-attribute",
    "name": "name-part",
    "name-part": "value spelling-variant",
    "place-of-birth": "remarks c-o location address-details p-o-box zip-code area country",
    "nationality": "country remarks",
    "address": "remarks c-o location address-details p-o-box zip-code area country",
    "identification-document": "number issuer date-of-issue expiry-date remark",
    "relation": "*",
    # What stood in earlier versions of the list.
    "modification": "*",
    "place": "location location-variant area area-variant country",
}
KINDS = {"individual": "person", "entity": "organisation", "vessel": "vessel", "aircraft": "aircraft"}
_DE_LISTED = "de-listed"
# Parts that are no part of a name.
_NOT_NAME = ("title", "suffix")
# A part may have several spellings; of more combinations than these only the first are written out.
_MOST_SPELLINGS = 24

Places = Mapping[str, tuple[str, str]]


def read(files: Files) -> Reading:
    """Listings of the whole list in XML, which keeps those struck off: they come with the day on which they were.

    A name is in the order in which SECO gives its parts, and again with the given names first.
    """
    file = files["list"]
    root = tree_of(file, SHAPE)
    programmes = {
        part.get("ssid"): text(programme, "program-key[@lang='eng']")
        for programme in root.iterfind("sanctions-program")
        for part in programme.iterfind("sanctions-set")
    }
    places = {
        place.get("ssid"): (", ".join(texts(place, "location") + texts(place, "area")), _country(place))
        for place in root.iterfind("place")
    }
    rejects: list[Reject] = []
    entries = [_entry(target, programmes, places, file.name, rejects) for target in root.iterfind("target")]
    return listed("ch_seco", file.name, entries, rejects=rejects)


def _entry(target: Element, programmes: Mapping[str, str], places: Places, file: str, rejects: list[Reject]) -> Entry:
    party = next((found for tag in ("individual", "entity", "object") if (found := target.find(tag)) is not None), None)
    sets = texts(target, "sanctions-set-id") or [target.get("sanctions-set-id")]
    changes = [
        (change.get("effective-date"), change.get("modification-type")) for change in target.iterfind("modification")
    ]
    entry = Entry(
        key=target.get("ssid"),
        line=target.sourceline,
        programmes=[programmes.get(number, number) for number in sets],
        listed_on=min((day for day, kind in changes if day and kind != _DE_LISTED), default=""),
        delisted_on=_struck_off(changes),
    )
    if party is None:
        rejects.append(Reject(file, entry.key, entry.line, "target", "", "neither individual nor entity nor object"))
        return entry
    entry.kind = KINDS.get(party.get("object-type") or party.tag, party.get("object-type"))
    entry.reason = "; ".join(texts(party, "justification"))
    for identity in party.iterfind("identity"):
        _add_identity(identity, entry, places)
    for other in texts(party, "other-information"):
        label, colon, value = other.partition(":")
        if colon and scheme_of(label) and any(sign.isdigit() for sign in value):
            entry.identifiers.append(identifier(label, value.strip().rstrip(".")))
        else:
            entry.reason = "; ".join(filter(None, (entry.reason, other)))
    return entry


def _struck_off(changes: list[tuple[str, str]]) -> str:
    """The day of the last change where that struck the target off."""
    dated = [change for change in changes if change[0]]
    last = max(dated, default=("", ""), key=lambda change: (change[0], change[1] == _DE_LISTED))
    return last[0] if last[1] == _DE_LISTED else ""


def _add_identity(identity: Element, entry: Entry, places: Places) -> None:
    for name in identity.iterfind("name"):
        weak = name.get("quality") == "low" or name.get("name-type") == "tribal-name"
        spelled = _spellings(name)
        if name.get("name-type") == "primary-name" and identity.get("main") == "true" and not weak:
            entry.names[:0] = spelled
        else:
            (entry.weak_names if weak else entry.names).extend(spelled)
    for born in identity.iterfind("day-month-year"):
        parts = [born.get(part).zfill(2) for part in ("year", "month", "day") if born.get(part)]
        about = "circa " if born.get("quality") == "low" else ""
        entry.birth_dates += [about + "-".join(parts)] if parts and entry.kind == "person" else []
    entry.countries += [_country(nation) for nation in identity.iterfind("nationality")]
    for address in identity.iterfind("address"):
        place, country = places.get(address.get("place-id"), ("", ""))
        country = _country(address) or country
        entry.countries.append(country)
        parts = [text(address, part) for part in ("c-o", "address-details", "p-o-box", "zip-code", "location", "area")]
        entry.addresses.append(", ".join(filter(None, [*parts, place, country])) if any([*parts, place]) else "")
    for document in identity.iterfind("identification-document"):
        issuer = document.find("issuer")
        code = issuer.get("code") or (issuer.text or "").strip() if issuer is not None else ""
        words = document.get("document-type").replace("-", " ")
        entry.identifiers.append(identifier(words, text(document, "number"), country_code(code)))


def _country(parent: Element) -> str:
    country = parent.find("country")
    return "" if country is None else country.get("iso-code") or (country.text or "").strip()


def _spellings(name: Element) -> list[str]:
    """The name in each script in which any part is spelled; parts without that script stand as in the first.

    A person's name is put given names first. Other Latin spellings of a part are combined.
    """
    parts = sorted(name.iterfind("name-part"), key=lambda part: int(part.get("order") or "0"))
    parts = [part for part in parts if part.get("name-part-type") not in _NOT_NAME]
    family = [part for part in parts if part.get("name-part-type") == "family-name"]
    ordered = [part for part in parts if part not in family] + family
    variants = [variant for part in ordered for variant in part.iterfind("spelling-variant")]
    found: list[str] = []
    for script in dict.fromkeys(["", *(variant.get("script") for variant in variants)]):
        choices = [_written(part, script) or _written(part, "") for part in ordered]
        found += [" ".join(filter(None, choice)) for choice in islice(product(*choices), _MOST_SPELLINGS)]
    return found


def _written(part: Element, script: str) -> list[str]:
    if not script:
        return [text(part, "value")]
    written = [one for one in part.iterfind("spelling-variant") if one.get("script") == script]
    return [said for one in written if (said := (one.text or "").strip())]
