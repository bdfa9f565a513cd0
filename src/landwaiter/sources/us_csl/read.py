"""Whom do Commerce, State and Treasury screen? One row per entry of the Consolidated Screening List."""

import re
from itertools import count

from landwaiter.errors import ListError
from landwaiter.sources.identifiers import identifier, scheme_of
from landwaiter.sources.json_records import Record, check_keys, json_of, record, records, text_in, texts_of
from landwaiter.sources.reading import Entry, Files, Reading, listed
from landwaiter.sources.values import country_code, given_name_first

KEYS = """_id id source entity_number type programs name title addresses federal_register_notice start_date end_date
    standard_order license_requirement license_policy call_sign vessel_type gross_tonnage gross_registered_tonnage
    vessel_flag vessel_owner remarks source_list_url source_information_url alt_names citizenships dates_of_birth
    nationalities places_of_birth ids country sdn_type"""
ADDRESS_KEYS = "address city state postal_code country"
ID_KEYS = "type number country issue_date expiration_date"
KINDS = {"individual": "person", "entity": "organisation", "vessel": "vessel", "aircraft": "aircraft", "": "unknown"}
_SHORT_NAME = re.compile(r"\(([A-Za-z-]+)(?: List)?\)")


def read(files: Files) -> Reading:
    """Listings of the official JSON; which of the lists in it an entry is on is its first programme.

    Treasury writes persons surname first with a comma, and some Commerce entries have no type: those stay unknown.
    """
    file = files["list"]
    said = record(json_of(file), file.name)
    check_keys(said, "results total sources search_performed_at", file.name)
    results = records(said.get("results"), file.name)
    if not results:
        raise ListError(file.name, "it has no results")
    return listed("us_csl", file.name, [_entry(result, line) for line, result in zip(count(1), results)])


def _entry(said: Record, line: int) -> Entry:
    check_keys(said, KEYS, f"result {line}")
    source = text_in(said, "source")
    kind = text_in(said, "type").lower()
    names = [*texts_of(said, "name"), *texts_of(said, "alt_names")]
    addresses = records(said.get("addresses"), f"result {line}")
    notes = _ids_and_notes(said, line)
    return Entry(
        key=text_in(said, "id") or text_in(said, "_id"),
        line=line,
        kind=KINDS.get(kind, kind),
        names=[given_name_first(name) for name in names] if kind == "individual" else names,
        countries=[
            *texts_of(said, "nationalities"),
            *texts_of(said, "citizenships"),
            *texts_of(said, "country"),
            *texts_of(said, "vessel_flag"),
            *(text_in(address, "country") for address in addresses),
        ],
        birth_dates=texts_of(said, "dates_of_birth"),
        addresses=[_address(address, line) for address in addresses],
        identifiers=notes[0],
        programmes=[_short(source), *texts_of(said, "programs")],
        reason="; ".join(notes[1]),
        listed_on=text_in(said, "start_date"),
        delisted_on=text_in(said, "end_date"),
        source_url=text_in(said, "source_information_url") or text_in(said, "source_list_url"),
    )


def _short(source: str) -> str:
    """`EL` of `Entity List (EL) - Bureau of Industry and Security`; the whole name where it has no short one."""
    found = _SHORT_NAME.search(source)
    return found[1] if found else source


def _address(address: Record, line: int) -> str:
    check_keys(address, ADDRESS_KEYS, f"an address of result {line}")
    parts = [text_in(address, key) for key in ("address", "city", "state", "postal_code", "country")]
    return ", ".join(filter(None, parts)) if any(parts[:4]) else ""


def _ids_and_notes(said: Record, line: int) -> tuple[list[str], list[str]]:
    numbers = [f"call_sign:{sign}" for sign in texts_of(said, "call_sign")]
    notes: list[str] = []
    for document in records(said.get("ids"), f"result {line}"):
        check_keys(document, ID_KEYS, f"a number of result {line}")
        words, number = text_in(document, "type"), text_in(document, "number")
        if number and scheme_of(words, number):
            numbers.append(identifier(words, number, country_code(text_in(document, "country"))))
        else:
            notes.append(f"{words} {number}".strip())
    for key in ("title", "license_requirement", "license_policy", "federal_register_notice", "vessel_type", "remarks"):
        notes += texts_of(said, key)
    return numbers, notes
