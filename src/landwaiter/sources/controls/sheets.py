"""What do sheets of Taiwan's and Japan's lists say: customs codes, or item numbers with texts, in ODS, XLSX or CSV?"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator

from landwaiter.errors import ListError
from landwaiter.ref.paragraphs import Line
from landwaiter.sources.controls.ecfr import root_of, words_of

CODE = re.compile(r"^\d{4}(?:[.\s]?\d{2}){0,3}$")
ITEM = re.compile(
    r"^[（(]?\d{1,2}[)）]?(?:\s*[-－の.の第条項号]?\s*[（(]?\d{1,2}[)）]?)*$|^\d{1,2}の項|^\d[A-E]\d{3}(?:\.[a-z0-9]+)*\.?$"
)
MOST_UNPACKED = 500_000_000
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_code_sheet(name: str, data: bytes) -> list[Line]:
    """Each row that has a customs code in a cell: the code, and the longest other cell as its text."""
    lines: list[Line] = []
    seen: set[str] = set()
    for row in rows_of(name, data):
        codes = [re.sub(r"\D", "", cell) for cell in row if CODE.match(cell)]
        words = max((cell for cell in row if not CODE.match(cell)), key=len, default="")
        for code in codes:
            if code not in seen:
                seen.add(code)
                lines.append(Line(code, "code", words or code))
    return lines


def read_item_matrix(name: str, data: bytes) -> list[Line]:
    """Each row that begins with an item number: its steps joined by points, and the longest other cell."""
    lines: list[Line] = []
    seen: set[str] = set()
    for row in rows_of(name, data):
        numbers = [cell for cell in row[:3] if ITEM.match(cell)]
        words = max((cell for cell in row if cell not in numbers), key=len, default="")
        steps = [step for cell in numbers for step in re.findall(r"\d[A-E]\d{3}|\d+|[a-z]\b", cell)]
        path = ".".join(steps)
        if path and words and path not in seen:
            seen.add(path)
            lines.append(Line(path, "item", words))
        elif not numbers and words and lines:
            lines.append(Line("", "note", words))
    return lines


def rows_of(name: str, data: bytes) -> Iterator[list[str]]:
    """The rows of every sheet, each cell as plain text, empty cells at the end left out."""
    if name.lower().endswith(".csv"):
        text = data.decode("utf-8-sig", errors="strict")
        rows: Iterator[list[str]] = (list(row) for row in csv.reader(io.StringIO(text)))
    else:
        rows = _packed_rows(name, data)
    for row in rows:
        cells = [" ".join(cell.split()) for cell in row]
        if any(cells):
            yield cells


def _packed_rows(name: str, data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise ListError(name, "unpacks to more than 500 MB", "give the list alone")
            if "content.xml" in packed.namelist():
                yield from _ods_rows(name, packed.read("content.xml"))
            else:
                yield from _xlsx_rows(name, packed)
    except zipfile.BadZipFile as error:
        raise ListError(name, "is neither ODS, XLSX nor CSV", "save it again from the publisher") from error


def _ods_rows(name: str, data: bytes) -> Iterator[list[str]]:
    for row in root_of(name, data).iter(f"{TABLE}table-row"):
        cells: list[str] = []
        for cell in row.iter(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            # Sheets are filled to their last column by one cell that repeats a thousand times.
            repeated = min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), 50)
            cells += [words_of(cell)] * repeated
        yield cells


def _xlsx_rows(name: str, packed: zipfile.ZipFile) -> Iterator[list[str]]:
    names = packed.namelist()
    shared: list[str] = []
    if "xl/sharedStrings.xml" in names:
        root = root_of(name, packed.read("xl/sharedStrings.xml"))
        shared = ["".join(text.text or "" for text in one.iter(f"{SHEET}t")) for one in root.iter(f"{SHEET}si")]
    for sheet in sorted(one for one in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", one)):
        for row in root_of(name, packed.read(sheet)).iter(f"{SHEET}row"):
            cells: list[str] = []
            for cell in row.iter(f"{SHEET}c"):
                value = "".join(text.text or "" for text in cell.iter(f"{SHEET}v", f"{SHEET}t"))
                cells.append(shared[int(value)] if cell.get("t") == "s" and value else value)
            yield cells
