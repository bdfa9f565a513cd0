"""Which parties does OFAC list in its CSV files: the main one, aliases, addresses, and remarks that were too long?"""

import re
from collections import defaultdict
from collections.abc import Iterator

from landwaiter.errors import ListError
from landwaiter.sources.delimited import cells_of
from landwaiter.sources.identifiers import identifier, scheme_of
from landwaiter.sources.reading import Entry, Files, ListFile, Reading, Reject, listed
from landwaiter.sources.values import country_code, given_name_first

KINDS = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft", "": "organisation"}
# Number of cells in a row of each file; they have no header.
_CELLS = {"prim": 12, "alt": 5, "add": 6, "comments": 2}
_BORN = re.compile(r"(?:alt\. )?DOB (.+)")
_NATION = re.compile(r"(?:alt\. )?(?:nationality|citizen|Nationality of Registration|Citizen's Card Number) ([^\d]+)")
_QUOTED_ALIAS = re.compile(r"[afn]\.k\.a\.,? '(.+?)'?")
_ALSO_CALLED = re.compile(r" \(also called [^)]*\)")
# Words, then a number, then perhaps who issued it in brackets, then perhaps when.
_NUMBERED = re.compile(
    r"(?:alt\. )?([A-Za-z][A-Za-z .,'/#&-]{1,60}?(?: \([A-Z/]+\))?) "
    r"#?((?:IMO )?[^\s()]*\d[^()]*?)(?: \(([^)]*)\))?(?: (?:issued|expires) [^()]*| \([^)]*\))*"
)
_LONGEST_NUMBERED = 300


def read_csv(list_name: str, files: Files) -> Reading:
    """Listings of the main file with the aliases, addresses and remarks that point to them by number.

    A quoted name in the remarks is what OFAC calls a weak alias. A line that points to a number which the main file
    does not have is set aside.
    """
    prim = files["prim"]
    rejects: list[Reject] = []
    entries: dict[str, Entry] = {}
    twins: list[Entry] = []
    rest = _joined(files, "comments", rejects)
    for line, row in _rows(prim, "prim", rejects):
        entry = _entry(line, row, "".join(text for _, text in rest.pop(row[0].strip(), [])))
        if entry.key in entries:
            twins.append(entry)
        entries.setdefault(entry.key, entry)
    for _, cells in _pointing(files, "alt", entries, rejects):
        name = cells[3]
        entry = entries[cells[0]]
        entry.names.append(given_name_first(name) if entry.kind == "person" else name)
    for _, cells in _pointing(files, "add", entries, rejects):
        _add_address(entries[cells[0]], cells[2:5])
    for number, lines in rest.items():
        for line, text in lines:
            rejects.append(_orphan(files["comments"].name, number, line, text))
    return listed(list_name, prim.name, [*entries.values(), *twins], rejects=rejects)


def _rows(file: ListFile, role: str, rejects: list[Reject]) -> Iterator[tuple[int, list[str]]]:
    """Rows with `-0-`, OFAC's mark of an empty cell, taken out; ragged ones set aside."""
    for line, row in cells_of(file):
        cells = ["" if cell.strip() == "-0-" else cell for cell in row]
        cells[:3] = map(str.strip, cells[:3])
        if len(cells) == _CELLS[role]:
            yield line, cells
        elif line == 1:
            raise ListError(file.name, f"a row has {len(cells)} cells, not {_CELLS[role]}", "OFAC changed the form")
        else:
            reason = f"it has {len(cells)} cells, not {_CELLS[role]}"
            rejects.append(Reject(file.name, cells[0], line, "", ",".join(row), reason))


def _pointing(
    files: Files, role: str, entries: dict[str, Entry], rejects: list[Reject]
) -> Iterator[tuple[int, list[str]]]:
    file = files.get(role)
    if file is None:
        return
    for line, cells in _rows(file, role, rejects):
        if cells[0] in entries:
            yield line, cells
        else:
            rejects.append(_orphan(file.name, cells[0], line, ", ".join(filter(None, cells[2:]))))


def _orphan(file: str, number: str, line: int, value: str) -> Reject:
    return Reject(
        file, number, line, "ent_num", value, "the main file has no entry of this number; is it of another day?"
    )


def _joined(files: Files, role: str, rejects: list[Reject]) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    if role in files:
        for line, cells in _rows(files[role], role, rejects):
            found[cells[0]].append((line, cells[1]))
    return found


def _entry(line: int, row: list[str], more_remarks: str) -> Entry:
    number, name, kind, programmes, _title, call_sign, vessel_type, _tonnage, _grt, flag, owner, remarks = row
    call_sign, flag = call_sign.strip(), flag.strip()
    entry = Entry(
        key=number,
        line=line,
        kind=KINDS.get(kind, kind),
        names=[given_name_first(name) if kind == "individual" else name],
        countries=[flag],
        programmes=programmes.split("] ["),
        source_url=f"https://sanctionssearch.ofac.treas.gov/Details.aspx?id={number}",
    )
    if call_sign:
        entry.identifiers.append(f"call_sign:{call_sign}")
    kept = [f"vessel type {vessel_type}"] if vessel_type else []
    kept += [f"vessel owner {owner}"] if owner else []
    kept += [remark for remark in _split_remarks(remarks + more_remarks) if not _understood(remark, entry)]
    entry.reason = "; ".join(kept)
    return entry


def _split_remarks(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[^;]);\s", text.strip().removesuffix(".")) if part.strip()]


def _understood(remark: str, entry: Entry) -> bool:
    """Whether a remark said something that has a column of its own, which it then went to."""
    remark = _ALSO_CALLED.sub("", remark.removesuffix(".") if remark.endswith("'.") else remark)
    if found := _QUOTED_ALIAS.fullmatch(remark):
        entry.weak_names.append(found[1])
    elif found := _BORN.fullmatch(remark):
        entry.birth_dates.append(found[1])
    elif found := _NATION.fullmatch(remark):
        entry.countries.append(found[1])
    elif number := _number(remark):
        entry.identifiers.append(number)
    else:
        return False
    return True


def _number(remark: str) -> str:
    """The number that a remark says, with its scheme; empty where it says none."""
    found = _NUMBERED.fullmatch(remark) if len(remark) < _LONGEST_NUMBERED else None
    if found is None:
        return ""
    words, number, issuer = found.groups()
    return identifier(words, number, country_code(issuer or "")) if scheme_of(words, number) else ""


def _add_address(entry: Entry, cells: list[str]) -> None:
    street, city, country = cells
    if country:
        entry.countries.append(country)
    if street or city:
        entry.addresses.append(", ".join(filter(None, cells)))
