"""Whom does the CSV of the UK Sanctions List name? It has a line for each name of a designation."""

from landwaiter.errors import ListError
from landwaiter.sources.delimited import cells_of, check_columns
from landwaiter.sources.gb_ukslist.designation import KINDS, LIST, PRIMARY, is_weak, numbers, uk_date, whole_name
from landwaiter.sources.reading import Entry, ListFile, Reading, Reject, listed

_LINES = tuple(f"Address Line {place}" for place in range(1, 7))
COLUMNS = (
    "Last Updated",
    "Unique ID",
    "OFSI Group ID",
    "UN Reference Number",
    *(f"Name {place}" for place in (6, 1, 2, 3, 4, 5)),
    "Name type",
    "Alias strength",
    "Title",
    "Name non-latin script",
    "Non-latin script type",
    "Non-latin script language",
    "Regime Name",
    "Designation Type",
    "Designation source",
    "Sanctions Imposed",
    "Other Information",
    "UK Statement of Reasons",
    *_LINES,
    "Address Postal Code",
    "Address Country",
    "Phone number",
    "Website",
    "Email address",
    "Date Designated",
    "D.O.B",
    "Nationality(/ies)",
    "National Identifier number",
    "National Identifier additional information",
    "Passport number",
    "Passport additional information",
    "Position",
    "Gender",
    "Town of birth",
    "Country of birth",
    "Type of entity",
    "Subsidiaries",
    "Parent company",
    "Business registration number (s)",
    "IMO number",
    "Current owner/operator (s)",
    "Previous owner/operator (s)",
    "Current believed flag of ship",
    "Previous flags",
    "Type of ship",
    "Tonnage of ship",
    "Length of ship",
    "Year Built",
    "Hull identification number (HIN)",
)
_NUMBERS = {
    "Passport number": "passport",
    "National Identifier number": "national id",
    "Business registration number (s)": "registration",
    "IMO number": "imo",
}


def read_csv(file: ListFile) -> Reading:
    """Listings of the CSV; its lines of one Unique ID are one designation."""
    rejects: list[Reject] = []
    entries: dict[str, Entry] = {}
    for line, row in _rows(file, rejects):
        number = row["Unique ID"].strip() or f"line {line}"
        if number not in entries:
            kind = row["Designation Type"].strip().lower()
            entries[number] = Entry(key=number, line=line, kind=KINDS.get(kind, kind))
        _add(row, entries[number])
    return listed(LIST, file.name, entries.values(), rejects=rejects)


def _rows(file: ListFile, rejects: list[Reject]) -> list[tuple[int, dict[str, str]]]:
    """Rows below the header, which the day of the report stands above."""
    found = cells_of(file)
    header = next((row for _, row in found if "Unique ID" in row), None)
    if header is None:
        raise ListError(file.name, "no line names the column 'Unique ID'")
    check_columns(file.name, header, COLUMNS, ["Unique ID", "Name 6", "Designation Type"])
    rows = []
    for line, cells in found:
        if len(cells) == len(header):
            rows.append((line, dict(zip(header, cells, strict=True))))
        else:
            reason = f"it has {len(cells)} cells, the header {len(header)}"
            rejects.append(Reject(file.name, str(line), line, "", ",".join(cells), reason))
    return rows


def _add(row: dict[str, str], entry: Entry) -> None:
    def cell(column: str) -> str:
        return row.get(column, "").strip()

    whole = whole_name([cell(f"Name {place}") for place in range(1, 6)], cell("Name 6"))
    if is_weak(cell("Alias strength")):
        entry.weak_names.append(whole)
    elif cell("Name type").lower() == PRIMARY:
        entry.names.insert(0, whole)
    else:
        entry.names.append(whole)
    entry.names.append(cell("Name non-latin script"))
    entry.countries += [
        cell("Nationality(/ies)"),
        cell("Current believed flag of ship"),
        cell("Address Country"),
    ]
    entry.birth_dates += [uk_date(born) for born in cell("D.O.B").split(";")]
    lines = ", ".join(filter(None, (cell(column) for column in (*_LINES, "Address Postal Code"))))
    entry.addresses += [", ".join(filter(None, (lines, cell("Address Country"))))] if lines else []
    entry.identifiers += [number for column in _NUMBERS for number in numbers(_NUMBERS[column], cell(column))]
    entry.programmes.append(cell("Regime Name"))
    entry.reason = entry.reason or "; ".join(filter(None, (cell("UK Statement of Reasons"), cell("Other Information"))))
    entry.listed_on = entry.listed_on or uk_date(cell("Date Designated"))
