"""Whom does Taiwan's trade authority name on its entity list of strategic high-tech commodities?"""

import hashlib
import re

from landwaiter.sources.delimited import records_of
from landwaiter.sources.identifiers import identifier, scheme_of
from landwaiter.sources.mixed_names import take_apart
from landwaiter.sources.reading import Entry, Files, Reading, Reject, listed
from landwaiter.sources.values import tidy

ITEM, COUNTRY, NAME, ALIAS = "項次item", "國家代碼country code", "名稱name", "別名alias"
ADDRESS, NUMBER = "地址address", "護照號碼ID Number"
COLUMNS = (ITEM, COUNTRY, NAME, ALIAS, ADDRESS, NUMBER)
# Several addresses in one cell, counted or separated.
_ADDRESSES = re.compile(
    r"[;；\n]|(?:^|(?<=[\s,.;]))(?:Branch Office \d+:|\(?(?:i{1,3}|iv|vi{0,3}|ix|x)\))\s*", re.IGNORECASE
)
_NUMBER = re.compile(r"(\D{3,}?)\s*[:：]?\s*([A-Z]{0,3}[-/]?\d[\w./-]*)(.*)", re.DOTALL)
_LONGEST_NUMBERED = 300


def read(files: Files) -> Reading:
    """Listings of the CSV. The list says of nobody whether it is a person or a firm, so all are of kind unknown.

    Its running number changes with every issue, so the key is made from the name and country: twelve digits of their
    SHA-256.
    """
    file = files["list"]
    rejects: list[Reject] = []
    rows = records_of(file, COLUMNS, rejects, required=[COUNTRY, NAME, ALIAS])
    return listed("tw_shtc", file.name, [_entry(row, line) for line, row in rows], rejects=rejects)


def _entry(row: dict[str, str], line: int) -> Entry:
    found = take_apart(row[NAME], row[ALIAS])
    entry = Entry(
        key=_key(row[NAME] or row[ALIAS], row[COUNTRY]),
        line=line,
        names=found.names,
        weak_names=found.weak_names,
        countries=[row[COUNTRY].replace("；", ";")],
        programmes=["SHTC Entity List", *found.references],
    )
    for part in _ADDRESSES.split(tidy(row.get(ADDRESS, ""))):
        address = part.strip(" ,")
        # A two-letter country code stands among the addresses now and then.
        (entry.countries if re.fullmatch(r"[A-Z]{2}", address) else entry.addresses).append(address)
    for part in re.split(r"[;；\n]", row.get(NUMBER, "")):
        _add_number(part.strip(), entry, found.notes)
    entry.reason = "; ".join(found.notes)
    return entry


def _key(name: str, country: str) -> str:
    said = " ".join(f"{name} {country}".casefold().split())
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _add_number(value: str, entry: Entry, notes: list[str]) -> None:
    """A number, with the words before it where they name its scheme; words around it are kept as a note."""
    found = _NUMBER.fullmatch(tidy(value)) if len(value) < _LONGEST_NUMBERED else None
    if found and scheme_of(found[1]):
        entry.identifiers.append(identifier(found[1], found[2]))
        if found[3].strip():
            notes.append(value)
    elif re.search(r"\d", value) and len(value.split()) <= 3:
        entry.identifiers.append(value)
    elif value:
        notes.append(value)
