"""Whom do FollowTheMoney entities list? The targets, with what hangs on them: sanctions, documents, addresses."""

from collections import defaultdict
from collections.abc import Mapping

from landwaiter.errors import ListError
from landwaiter.sources.identifiers import identifier
from landwaiter.sources.json_records import Record, check_keys, json_lines_of, record, text_in, texts_of, words
from landwaiter.sources.reading import Entry, ListFile, Reading, listed
from landwaiter.sources.simple_csv import KINDS, plain_identifier
from landwaiter.sources.values import country_code

KEYS = """id caption schema properties referents datasets target first_seen last_seen last_change origin statements"""
# What hangs on a party, and the property by which it does.
HANGING = {"Sanction": "entity", "Identification": "holder", "Passport": "holder", "Address": ""}
# Ties between parties: no listings, and read by the ownership room.
TIES = """Ownership Directorship Membership Family Associate Employment Representation Succession UnknownLink Occupancy
    Position Documentation Debt Payment Similar CourtCase CourtCaseParty Event Note Trip Call Message ContractAward
    Contract Interest Interval Relationship TaxRoll EconomicActivity License RealEstate BankAccount Article Documents
    Mention Project ProjectParticipant"""
_COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry", "flag", "registeredCountry")
_NAMES = ("name", "alias", "previousName", "abbreviation")
# Properties that hold numbers, and the words by which `identifiers.py` knows their scheme.
_NUMBERS = {
    "imoNumber": "imo",
    "mmsi": "mmsi",
    "leiCode": "lei",
    "uscCode": "uscc",
    "dunsCode": "d-u-n-s",
    "swiftBic": "swift",
    "innCode": "inn",
    "ogrnCode": "ogrn",
    "kppCode": "kpp",
    "okpoCode": "okpo",
    "taxNumber": "tax",
    "vatCode": "vat",
    "passportNumber": "passport",
    "socialSecurityNumber": "social security",
    "registrationNumber": "registration",
    "callSign": "call sign",
    "serialNumber": "construction number",
    "publicKey": "wallet",
    "idNumber": "",
    "uniqueEntityId": "",
}


def read_entities(list_name: str, file: ListFile) -> Reading:
    """Listings of entity lines, plain or with what hangs on them nested; ties between parties are no listings.

    A schema that is neither a party, nor hangs on one, nor is a tie, raises ListError.
    """
    targets: list[tuple[int, Record]] = []
    hanging: dict[str, list[Record]] = defaultdict(list)
    addresses: dict[str, Record] = {}
    for line, entity in json_lines_of(file):
        check_keys(entity, KEYS, f"{file.name}, line {line}")
        schema = text_in(entity, "schema")
        if schema in HANGING:
            addresses[text_in(entity, "id")] = _properties(entity)
            for holder in texts_of(_properties(entity), HANGING[schema]):
                hanging[holder].append(entity)
        if schema not in KINDS and schema not in HANGING and schema not in words(TIES):
            raise ListError(file.name, f"line {line}: unknown schema '{schema}'")
        if schema in KINDS and entity.get("target") is True:
            targets.append((line, entity))
    entries = [_entry(entity, line, hanging, addresses) for line, entity in targets]
    return listed(list_name, file.name, entries)


def _properties(entity: Record) -> Record:
    return record(entity.get("properties"), text_in(entity, "id"))


def _entry(entity: Record, line: int, hanging: Mapping[str, list[Record]], addresses: Mapping[str, Record]) -> Entry:
    said = _properties(entity)
    number = text_in(entity, "id")
    plain = {key: _plain(value) for key, value in said.items()}
    issuer = next(
        (code for code in map(country_code, plain.get("jurisdiction", plain.get("country", []))) if code), None
    )
    entry = Entry(
        key=number,
        line=line,
        kind=KINDS[text_in(entity, "schema")],
        names=[text_in(entity, "caption"), *(name for key in _NAMES for name in plain.get(key, []))],
        weak_names=plain.get("weakAlias", []),
        countries=[country for key in _COUNTRIES for country in plain.get(key, [])],
        birth_dates=plain.get("birthDate", []),
        addresses=[*plain.get("address", []), *_full_addresses(said, addresses)],
        identifiers=[_number(key, value, issuer) for key in _NUMBERS for value in plain.get(key, [])],
        programmes=[*plain.get("programId", []), *texts_of(entity, "datasets")],
        reason="; ".join(plain.get("notes", [])),
        source_url=f"https://www.opensanctions.org/entities/{number}/",
    )
    for other in [*hanging.get(number, []), *_nested(said)]:
        _hang(other, entry)
    return entry


def _plain(value: object) -> list[str]:
    """The texts among the values of a property; nested entities are read apart."""
    members = value if isinstance(value, list) else [value]
    return [str(member).strip() for member in members if isinstance(member, str) and member.strip()]


def _nested(said: Record) -> list[Record]:
    """Entities that stand in the properties themselves, as in `targets.nested.json`."""
    values = (value for key, value in said.items() if key not in ("addressEntity",) and isinstance(value, list))
    return [member for value in values for member in value if isinstance(member, dict)]


def _full_addresses(said: Record, addresses: Mapping[str, Record]) -> list[str]:
    value = said.get("addressEntity")
    members = value if isinstance(value, list) else []
    found = [_properties(member) if isinstance(member, dict) else addresses.get(str(member)) for member in members]
    return [full for address in found if address for full in _plain(address.get("full"))]


def _hang(other: Record, entry: Entry) -> None:
    said = _properties(other)
    schema = text_in(other, "schema")
    if schema == "Sanction":
        entry.programmes += _plain(said.get("program")) + _plain(said.get("programId"))
        days = _plain(said.get("startDate")) or _plain(said.get("listingDate"))
        entry.listed_on = min([*days, *filter(None, [entry.listed_on])], default="")
        entry.delisted_on = max(_plain(said.get("endDate")), default=entry.delisted_on)
        entry.reason = "; ".join(filter(None, [entry.reason, *_plain(said.get("reason"))]))
    elif schema in ("Identification", "Passport"):
        called = "; ".join(_plain(said.get("type"))) or schema
        country = next((code for code in map(country_code, _plain(said.get("country"))) if code), None)
        entry.identifiers += [identifier(called, number, country) for number in _plain(said.get("number"))]


def _number(key: str, value: str, issuer: str | None) -> str:
    called = _NUMBERS[key]
    return identifier(called, value, issuer) if called else plain_identifier(value)
