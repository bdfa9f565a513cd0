"""Whom does OFAC list in its classic XML? One row per entry, the quality of each alias as OFAC gives it."""

from landwaiter.sources.elements import Element, joined, text, texts, tree_of
from landwaiter.sources.identifiers import identifier, scheme_of
from landwaiter.sources.reading import Entry, Files, Reading, Reject, listed
from landwaiter.sources.values import country_code

SHAPE = {
    "sdnList": "publshInformation sdnEntry",
    "publshInformation": "Publish_Date Record_Count",
    "sdnEntry": """uid firstName lastName title sdnType remarks programList idList akaList addressList nationalityList
        citizenshipList dateOfBirthList placeOfBirthList vesselInfo""",
    "programList": "program",
    "idList": "id",
    "id": "uid idType idNumber idCountry issueDate expirationDate",
    "akaList": "aka",
    "aka": "uid type category lastName firstName",
    "addressList": "address",
    "address": "uid address1 address2 address3 city stateOrProvince postalCode country",
    "nationalityList": "nationality",
    "nationality": "uid country mainEntry",
    "citizenshipList": "citizenship",
    "citizenship": "uid country mainEntry",
    "dateOfBirthList": "dateOfBirthItem",
    "dateOfBirthItem": "uid dateOfBirth mainEntry",
    "placeOfBirthList": "placeOfBirthItem",
    "placeOfBirthItem": "uid placeOfBirth mainEntry",
    "vesselInfo": "callSign vesselType vesselFlag vesselOwner tonnage grossRegisteredTonnage",
}
KINDS = {"individual": "person", "entity": "organisation", "vessel": "vessel", "aircraft": "aircraft"}


def read_xml(list_name: str, files: Files) -> Reading:
    """Listings of the classic XML, persons given name first."""
    file = files["xml"]
    rejects: list[Reject] = []
    entries = [_entry(entry, file.name, rejects) for entry in tree_of(file, SHAPE).iterfind("sdnEntry")]
    return listed(list_name, file.name, entries, rejects=rejects)


def _entry(said: Element, file: str, rejects: list[Reject]) -> Entry:
    uid = text(said, "uid")
    kind = text(said, "sdnType").lower()
    entry = Entry(
        key=uid,
        line=said.sourceline,
        kind=KINDS.get(kind, kind),
        names=[joined(said, "firstName lastName")],
        countries=[
            *texts(said, "nationalityList/nationality/country"),
            *texts(said, "citizenshipList/citizenship/country"),
            *texts(said, "vesselInfo/vesselFlag"),
            *texts(said, "addressList/address/country"),
        ],
        birth_dates=texts(said, "dateOfBirthList/dateOfBirthItem/dateOfBirth"),
        programmes=texts(said, "programList/program"),
        source_url=f"https://sanctionssearch.ofac.treas.gov/Details.aspx?id={uid}",
    )
    for aka in said.iterfind("akaList/aka"):
        quality = text(aka, "category").lower()
        if quality not in ("strong", "weak"):
            reason = f"alias of unknown quality '{quality}', kept as a full alias"
            rejects.append(Reject(file, uid, aka.sourceline, "category", text(aka, "lastName"), reason))
        (entry.weak_names if quality == "weak" else entry.names).append(joined(aka, "firstName lastName"))
    for address in said.iterfind("addressList/address"):
        if joined(address, "address1 address2 address3 city stateOrProvince postalCode"):
            parts = "address1 address2 address3 city stateOrProvince postalCode country"
            entry.addresses.append(joined(address, parts, ", "))
    entry.identifiers += [f"call_sign:{sign}" for sign in texts(said, "vesselInfo/callSign")]
    entry.reason = "; ".join(_notes(said) + _documents(said, entry))
    return entry


def _notes(said: Element) -> list[str]:
    notes = [f"vessel type {found}" for found in texts(said, "vesselInfo/vesselType")]
    notes += [f"vessel owner {found}" for found in texts(said, "vesselInfo/vesselOwner")]
    notes += [f"POB {found}" for found in texts(said, "placeOfBirthList/placeOfBirthItem/placeOfBirth")]
    return notes + texts(said, "title") + texts(said, "remarks")


def _documents(said: Element, entry: Entry) -> list[str]:
    """Numbers go to the entry's identifiers; what OFAC puts among them that is no number comes back as notes."""
    notes: list[str] = []
    for document in said.iterfind("idList/id"):
        words, number = text(document, "idType"), text(document, "idNumber")
        if number and scheme_of(words, number):
            entry.identifiers.append(identifier(words, number, country_code(text(document, "idCountry"))))
        else:
            notes.append(f"{words} {number}".strip())
    return notes
