"""Whom does OFAC list in its Advanced XML? One row per profile; codes are looked up in the file's own value sets."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from landwaiter.errors import ListError
from landwaiter.sources.elements import Element, text, texts, tree_of
from landwaiter.sources.identifiers import identifier, scheme_of
from landwaiter.sources.reading import Entry, Files, Reading, Reject, listed
from landwaiter.sources.values import country_code

_PERIOD = "From To"
SHAPE = {
    "Sanctions": """DateOfIssue ReferenceValueSets Locations IDRegDocuments DistinctParties ProfileRelationships
        SanctionsEntries SanctionsEntryLinks""",
    "DateOfIssue": "Year Month Day",
    "ReferenceValueSets": "*",
    "ProfileRelationships": "*",
    "SanctionsEntryLinks": "*",
    "Locations": "Location",
    "Location": "LocationAreaCode LocationCountry LocationPart FeatureVersionReference IDRegDocumentReference",
    "LocationPart": "LocationPartValue",
    "LocationPartValue": "Comment Value",
    "IDRegDocuments": "IDRegDocument",
    "IDRegDocument": """Comment IDRegistrationNo IssuingAuthority DocumentDate DocumentedNameReference
        IDRegDocumentMention FeatureVersionReference ProfileRelationshipReference IssuedBy""",
    "DocumentDate": "*",
    "DistinctParties": "DistinctParty",
    "DistinctParty": "Comment Profile",
    "Profile": "Comment Identity Feature SanctionsEntryReference ExternalReference",
    "Identity": "Alias NamePartGroups IDRegDocumentReference",
    "Alias": "Comment DocumentedName",
    "DocumentedName": "DocumentedNamePart DocumentedNameCountry",
    "DocumentedNamePart": "NamePartValue",
    "NamePartGroups": "MasterNamePartGroup",
    "MasterNamePartGroup": "NamePartGroup",
    "Feature": "Comment FeatureVersion IdentityReference",
    "FeatureVersion": "Comment DatePeriod VersionDetail VersionLocation IDRegDocumentReference",
    "DatePeriod": "Comment Start End",
    "Start": _PERIOD,
    "End": _PERIOD,
    "From": "Year Month Day",
    "To": "Year Month Day",
    "SanctionsEntries": "SanctionsEntry",
    "SanctionsEntry": "Comment EntryEvent SanctionsMeasure LimitationsToListing",
    "EntryEvent": "Comment Date",
    "Date": "Year Month Day",
    "SanctionsMeasure": "Comment DatePeriod",
}
KINDS = {"individual": "person", "entity": "organisation", "vessel": "vessel", "aircraft": "aircraft"}
# The order in which the parts of a person's name are said, given name first.
_GIVEN_FIRST = ("Nickname", "First Name", "Middle Name", "Patronymic", "Matronymic", "Maiden Name", "Last Name")
_COUNTRY_FEATURES = ("nationality", "citizenship", "flag")


@dataclass(frozen=True)
class _Tables:
    """What the parts of the file that profiles point to say, by id."""

    file: str
    words: Mapping[tuple[str, str], str]
    parents: Mapping[str, str]
    places: Mapping[str, tuple[str, str]]
    documents: Mapping[str, list[Element]]
    entries: Mapping[str, list[Element]]

    def word(self, kind: str, number: str) -> str:
        try:
            return self.words[kind, number]
        except KeyError as error:
            raise ListError(self.file, f"{kind} {number} is in no value set", "the file is damaged") from error


def read_advanced(list_name: str, files: Files) -> Reading:
    """Listings of the Advanced XML, whose forms the UN standard for sanctions lists describes."""
    file = files["advanced"]
    root = tree_of(file, SHAPE)
    tables = _tables(root, file.name)
    rejects: list[Reject] = []
    entries = [_entry(profile, tables, rejects) for profile in root.iterfind("DistinctParties/DistinctParty/Profile")]
    return listed(list_name, file.name, entries, rejects=rejects)


def _tables(root: Element, file: str) -> _Tables:
    words: dict[tuple[str, str], str] = {}
    parents: dict[str, str] = {}
    for value in root.iterfind("ReferenceValueSets/*/*"):
        # An area code's own text is a code; its description is the country's name.
        words[value.tag, value.get("ID")] = value.get("Description") or (value.text or "").strip()
        if value.tag == "PartySubType":
            parents[value.get("ID")] = value.get("PartyTypeID")
    documents: dict[str, list[Element]] = defaultdict(list)
    for document in root.iterfind("IDRegDocuments/IDRegDocument"):
        documents[document.get("IdentityID")].append(document)
    entries: dict[str, list[Element]] = defaultdict(list)
    for entry in root.iterfind("SanctionsEntries/SanctionsEntry"):
        entries[entry.get("ProfileID")].append(entry)
    tables = _Tables(file, words, parents, {}, documents, entries)
    places = {place.get("ID"): _place(place, tables) for place in root.iterfind("Locations/Location")}
    return _Tables(file, words, parents, places, documents, entries)


def _place(place: Element, tables: _Tables) -> tuple[str, str]:
    """Address without its country, and the country."""
    names = [tables.word("Country", found.get("CountryID")) for found in place.iterfind("LocationCountry")]
    names += [tables.word("AreaCode", found.get("AreaCodeID")) for found in place.iterfind("LocationAreaCode")]
    parts = texts(place, "LocationPart/LocationPartValue/Value")
    return ", ".join(parts), next((name for name in names if name != "undetermined"), "")


def _entry(profile: Element, tables: _Tables, rejects: list[Reject]) -> Entry:
    number = profile.get("ID")
    entry = Entry(
        key=number,
        line=profile.sourceline,
        kind=_kind(profile, tables),
        source_url=f"https://sanctionssearch.ofac.treas.gov/Details.aspx?id={number}",
    )
    for identity in profile.iterfind("Identity"):
        _add_names(identity, entry, tables)
        for document in tables.documents.get(identity.get("ID"), []):
            _add_document(document, entry, tables)
    notes = [note for feature in profile.iterfind("Feature") for note in _add_feature(feature, entry, tables)]
    days: list[str] = []
    for said in tables.entries.get(number, []):
        days += [_day(day) for day in said.iterfind("EntryEvent/Date")]
        for measure in said.iterfind("SanctionsMeasure"):
            if tables.word("SanctionsType", measure.get("SanctionsTypeID")) == "Program":
                entry.programmes += texts(measure, "Comment")
    if not tables.entries.get(number):
        rejects.append(Reject(tables.file, number, entry.line, "SanctionsEntry", "", "no sanctions entry names it"))
    entry.listed_on = min(filter(None, days), default="")
    entry.reason = "; ".join(notes)
    return entry


def _kind(profile: Element, tables: _Tables) -> str:
    number = profile.get("PartySubTypeID")
    word = tables.word("PartySubType", number)
    if word.lower() not in KINDS:
        word = tables.word("PartyType", tables.parents[number])
    return KINDS.get(word.lower(), word)


def _add_names(identity: Element, entry: Entry, tables: _Tables) -> None:
    groups = {
        group.get("ID"): tables.word("NamePartType", group.get("NamePartTypeID"))
        for group in identity.iterfind("NamePartGroups/MasterNamePartGroup/NamePartGroup")
    }
    for alias in identity.iterfind("Alias"):
        names = [_name(name, groups) for name in alias.iterfind("DocumentedName")]
        if alias.get("Primary") == "true":
            entry.names[:0] = names
        else:
            (entry.weak_names if alias.get("LowQuality") == "true" else entry.names).extend(names)


def _name(name: Element, groups: Mapping[str, str]) -> str:
    parts = [
        (groups.get(value.get("NamePartGroupID"), ""), (value.text or "").strip())
        for value in name.iterfind("DocumentedNamePart/NamePartValue")
    ]
    if any("\u2e80" <= sign <= "\ud7af" for _, part in parts for sign in part):
        return "".join(part for _, part in parts)  # Chinese, Japanese, Korean: family name first, as it stands.
    known = [part for part in parts if part[0] in _GIVEN_FIRST]
    ordered = sorted(known, key=lambda part: _GIVEN_FIRST.index(part[0])) if len(known) == len(parts) else parts
    return " ".join(part for _, part in ordered)


def _add_document(document: Element, entry: Entry, tables: _Tables) -> None:
    words = tables.word("IDRegDocType", document.get("IDRegDocTypeID"))
    number = text(document, "IDRegistrationNo")
    issuer = document.get("IssuedBy-CountryID")
    country = country_code(tables.word("Country", issuer)) if issuer else None
    if number:
        entry.identifiers.append(identifier(words, number, country))


def _add_feature(feature: Element, entry: Entry, tables: _Tables) -> list[str]:
    """What a feature says goes to its column; what has none comes back as notes."""
    words = tables.word("FeatureType", feature.get("FeatureTypeID"))
    notes: list[str] = []
    for version in feature.iterfind("FeatureVersion"):
        entry.birth_dates += [_period(period) for period in version.iterfind("DatePeriod") if words == "Birthdate"]
        for found in version.iterfind("VersionLocation"):
            street, country = tables.places[found.get("LocationID")]
            if words == "Place of Birth":
                notes.append(f"POB {', '.join(filter(None, (street, country)))}")
                continue
            entry.countries.append(country)
            if words == "Location" and street:
                entry.addresses.append(", ".join(filter(None, (street, country))))
        for detail in version.iterfind("VersionDetail"):
            reference = detail.get("DetailReferenceID")
            said = tables.word("DetailReference", reference) if reference else (detail.text or "").strip()
            if any(word in words.lower() for word in _COUNTRY_FEATURES):
                entry.countries.append(said)
            elif said and scheme_of(words):
                entry.identifiers.append(identifier(words, said))
            elif said:
                notes.append(f"{words} {said}")
    return notes


def _day(date: Element) -> str:
    parts = [text(date, name) for name in ("Year", "Month", "Day")]
    return "-".join(part.zfill(2) for part in parts if part)


def _period(period: Element) -> str:
    """A day, a year where the period is all of it, else `FIRST to LAST`."""
    first = [_day(day) for day in period.iterfind("Start/From")]
    last = [_day(day) for day in period.iterfind("End/To")] or first
    start, end = min(first, default=""), max(last, default="")
    if start[:4] == end[:4] and start[4:] == "-01-01" and end[4:] == "-12-31":
        return start[:4]
    return start if start == end else f"{start} to {end}"
