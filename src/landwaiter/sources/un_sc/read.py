"""Whom does the UN Security Council list? One row per person or entity, aliases by the quality that the UN gives."""

from landwaiter.sources.elements import Element, joined, text, texts, tree_of
from landwaiter.sources.identifiers import identifier
from landwaiter.sources.reading import Entry, Files, Reading, Reject, listed
from landwaiter.sources.values import country_code

_PARTY = """DATAID VERSIONNUM FIRST_NAME SECOND_NAME THIRD_NAME FOURTH_NAME UN_LIST_TYPE REFERENCE_NUMBER LISTED_ON
    SUBMITTED_BY SUBMITTED_ON DELISTED_ON NAME_ORIGINAL_SCRIPT GENDER COMMENTS1 TITLE DESIGNATION NATIONALITY
    NATIONALITY2 LIST_TYPE LAST_DAY_UPDATED SORT_KEY SORT_KEY_LAST_MOD"""
_ALIAS = "QUALITY ALIAS_NAME DATE_OF_BIRTH CITY_OF_BIRTH COUNTRY_OF_BIRTH NOTE"
_ADDRESS = "STREET CITY STATE_PROVINCE ZIP_CODE COUNTRY NOTE"
_DOCUMENT = (
    "TYPE_OF_DOCUMENT TYPE_OF_DOCUMENT2 NUMBER ISSUING_COUNTRY DATE_OF_ISSUE CITY_OF_ISSUE COUNTRY_OF_ISSUE NOTE"
)
SHAPE = {
    "CONSOLIDATED_LIST": "INDIVIDUALS ENTITIES",
    "INDIVIDUALS": "INDIVIDUAL",
    "ENTITIES": "ENTITY",
    "INDIVIDUAL": f"{_PARTY} INDIVIDUAL_ALIAS INDIVIDUAL_ADDRESS INDIVIDUAL_DATE_OF_BIRTH INDIVIDUAL_PLACE_OF_BIRTH "
    "INDIVIDUAL_DOCUMENT",
    "ENTITY": f"{_PARTY} ENTITY_ALIAS ENTITY_ADDRESS",
    "INDIVIDUAL_ALIAS": _ALIAS,
    "ENTITY_ALIAS": _ALIAS,
    "INDIVIDUAL_ADDRESS": _ADDRESS,
    "ENTITY_ADDRESS": _ADDRESS,
    "INDIVIDUAL_DATE_OF_BIRTH": "TYPE_OF_DATE DATE YEAR FROM_YEAR TO_YEAR NOTE",
    "INDIVIDUAL_PLACE_OF_BIRTH": "STREET CITY STATE_PROVINCE COUNTRY NOTE",
    "INDIVIDUAL_DOCUMENT": _DOCUMENT,
    **dict.fromkeys(("TITLE", "DESIGNATION", "NATIONALITY", "NATIONALITY2", "LIST_TYPE", "LAST_DAY_UPDATED"), "VALUE"),
}
# What the UN calls an alias; of low quality means too common or too short to identify anybody by itself.
_IS_WEAK = {"good": False, "high": False, "a.k.a.": False, "f.k.a.": False, "": False, "low": True}


def read(files: Files) -> Reading:
    """Listings of the consolidated XML."""
    file = files["list"]
    root = tree_of(file, SHAPE)
    rejects: list[Reject] = []
    entries = [_entry(party, "person", file.name, rejects) for party in root.iterfind("INDIVIDUALS/INDIVIDUAL")]
    entries += [_entry(party, "organisation", file.name, rejects) for party in root.iterfind("ENTITIES/ENTITY")]
    return listed("un_sc", file.name, entries, rejects=rejects)


def _entry(party: Element, kind: str, file: str, rejects: list[Reject]) -> Entry:
    name = joined(party, "FIRST_NAME SECOND_NAME THIRD_NAME FOURTH_NAME")
    tag = party.tag
    entry = Entry(
        key=text(party, "REFERENCE_NUMBER"),
        line=party.sourceline,
        kind=kind,
        names=[name] if kind == "person" else name.split(" ; "),
        countries=texts(party, "NATIONALITY/VALUE") + texts(party, f"{tag}_ADDRESS/COUNTRY"),
        programmes=texts(party, "UN_LIST_TYPE"),
        reason=text(party, "COMMENTS1"),
        listed_on=text(party, "LISTED_ON"),
        delisted_on=text(party, "DELISTED_ON"),
        source_url="https://main.un.org/securitycouncil/en/sanctions/information",
    )
    entry.names += texts(party, "NAME_ORIGINAL_SCRIPT")
    for alias in party.iterfind(f"{tag}_ALIAS"):
        quality = text(alias, "QUALITY").lower()
        if quality not in _IS_WEAK:
            reason = f"alias of unknown quality '{quality}', kept as a full alias"
            rejects.append(Reject(file, entry.key, alias.sourceline, "QUALITY", text(alias, "ALIAS_NAME"), reason))
        names = entry.weak_names if _IS_WEAK.get(quality, False) else entry.names
        names += text(alias, "ALIAS_NAME").split(";")
        entry.birth_dates += texts(alias, "DATE_OF_BIRTH")
    for address in party.iterfind(f"{tag}_ADDRESS"):
        if place := joined(address, "STREET CITY STATE_PROVINCE ZIP_CODE", ", "):
            entry.addresses.append(", ".join(filter(None, (place, text(address, "COUNTRY")))))
    entry.birth_dates += [_birth(birth) for birth in party.iterfind("INDIVIDUAL_DATE_OF_BIRTH")]
    entry.identifiers += [_document(document) for document in party.iterfind("INDIVIDUAL_DOCUMENT")]
    return entry


def _birth(birth: Element) -> str:
    first, last = text(birth, "FROM_YEAR"), text(birth, "TO_YEAR")
    if first or last:
        return f"{first} to {last}" if first and last else first or last
    born = text(birth, "DATE") or text(birth, "YEAR") or text(birth, "NOTE")
    return f"circa {born}" if born and text(birth, "TYPE_OF_DATE") == "APPROXIMATELY" else born


def _document(document: Element) -> str:
    words = joined(document, "TYPE_OF_DOCUMENT TYPE_OF_DOCUMENT2")
    country = text(document, "ISSUING_COUNTRY") or text(document, "COUNTRY_OF_ISSUE")
    return identifier(words, text(document, "NUMBER"), country_code(country))
