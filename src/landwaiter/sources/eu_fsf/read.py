"""Whom does the European Union freeze the funds of? One row per entity of its Financial Sanctions Files."""

from landwaiter.sources.elements import Element, text, texts, tree_of
from landwaiter.sources.identifiers import identifier
from landwaiter.sources.reading import Entry, Files, Reading, Reject, listed
from landwaiter.sources.values import country_code

SHAPE = {
    "export": "sanctionEntity",
    "sanctionEntity": "remark regulation subjectType nameAlias citizenship birthdate address identification",
    "regulation": "remark publicationUrl",
    "nameAlias": "remark regulationSummary",
    "citizenship": "remark regulationSummary",
    "birthdate": "remark regulationSummary",
    "address": "remark regulationSummary contactInfo",
    "identification": "remark regulationSummary",
}
KINDS = {"person": "person", "enterprise": "organisation"}
# The EU's codes of documents, and the words by which `identifiers.py` knows their scheme.
DOCUMENTS = {
    "passport": "passport",
    "id": "national id",
    "ssn": "social security",
    "driverlicence": "driver",
    "residentperm": "residence",
    "regnumber": "registration",
    "tradelic": "trade licence",
    "fiscalcode": "tax",
    "taxid": "tax",
    "swiftbic": "swift",
    "imo": "imo",
    "lei": "lei",
    "electionid": "electoral",
    "travdoc": "passport",
    "other": "",
}


def read(files: Files) -> Reading:
    """Listings of `xmlFullSanctionsList_1_1`.

    Ships stand among the enterprises, and shipping firms have IMO numbers too: those with one are of kind unknown.
    """
    file = files["list"]
    rejects: list[Reject] = []
    entries = [_entry(said, file.name, rejects) for said in tree_of(file, SHAPE).iterfind("sanctionEntity")]
    return listed("eu_fsf", file.name, entries, rejects=rejects)


def _entry(said: Element, file: str, rejects: list[Reject]) -> Entry:
    subject = said.find("subjectType")
    kind = subject.get("code") if subject is not None else ""
    entry = Entry(
        key=said.get("euReferenceNumber") or said.get("logicalId"),
        line=said.sourceline,
        kind=KINDS.get(kind, kind or "no subject type"),
        programmes=[regulation.get("programme") for regulation in said.iterfind("regulation")],
        reason="; ".join([*texts(said, "remark"), said.get("designationDetails").strip()]).strip("; "),
        listed_on=said.get("designationDate") or _first_day(said),
        source_url=text(said, "regulation/publicationUrl"),
    )
    for alias in said.iterfind("nameAlias"):
        remarks = " ".join(texts(alias, "remark")).lower()
        is_weak = alias.get("strong") == "false" or "low quality" in remarks
        (entry.weak_names if is_weak else entry.names).append(alias.get("wholeName"))
    entry.countries += [_country(place) for place in said.iterfind("citizenship")]
    for place in said.iterfind("address"):
        _add_address(place, entry)
    entry.birth_dates += [_birth(birth) for birth in said.iterfind("birthdate")]
    for document in said.iterfind("identification"):
        _add_document(document, entry, file, rejects)
    if entry.kind == "organisation" and any(number.startswith("imo:") for number in entry.identifiers):
        entry.kind = "unknown"
    return entry


def _first_day(said: Element) -> str:
    days = (regulation.get("entryIntoForceDate") for regulation in said.iterfind("regulation"))
    return min(filter(None, days), default="")


def _country(place: Element) -> str:
    """The EU writes 00 and UNKNOWN where it knows no country."""
    code, name = place.get("countryIso2Code"), place.get("countryDescription")
    return "" if name == "UNKNOWN" or code == "00" else code or name


def _add_address(place: Element, entry: Entry) -> None:
    entry.countries.append(_country(place))
    parts = [place.get(name) for name in ("street", "poBox", "place", "zipCode", "city", "region")]
    if any(parts):
        entry.addresses.append(", ".join(filter(None, [*parts, place.get("countryDescription").title()])))


def _birth(birth: Element) -> str:
    years = [birth.get("yearRangeFrom"), birth.get("yearRangeTo")]
    born = birth.get("birthdate") or " to ".join(filter(None, years)) or birth.get("year")
    return f"circa {born}" if born and birth.get("circa") == "true" else born


def _add_document(document: Element, entry: Entry, file: str, rejects: list[Reject]) -> None:
    code = document.get("identificationTypeCode")
    number = document.get("number") or document.get("latinNumber")
    if code not in DOCUMENTS:
        reason = f"document of unknown type '{code}', its number is kept bare"
        rejects.append(Reject(file, entry.key, document.sourceline, "identificationTypeCode", number, reason))
    if document.get("knownFalse") == "true" or number in ("", "-"):
        return
    remarks = " ".join(texts(document, "remark"))
    words = DOCUMENTS.get(code, "") or remarks
    entry.identifiers.append(identifier(words, number, country_code(_country(document))))
