"""How is a delimited file read? Every cell as text, every column known, every ragged row named."""

import csv
import io
from collections.abc import Iterable, Iterator

from landwaiter.errors import ListError
from landwaiter.sources.reading import ListFile, Reject

# No cell of a list is longer; a longer one is a broken quotation mark that swallows the rest of the file.
_LONGEST_CELL = 1_000_000
csv.field_size_limit(_LONGEST_CELL)


def text_of(file: ListFile) -> str:
    """The file as text: UTF-8, or UTF-16 with its mark; anything else raises ListError."""
    encoding = "utf-16" if file.data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = file.data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ListError(file.name, f"byte {error.start} is not {encoding}", "save it as UTF-8") from error
    if "\0" in text:
        raise ListError(file.name, "it holds a NUL character: it is damaged")
    # OFAC ends its files with the end-of-file mark of DOS.
    return text.rstrip("\x1a")


def cells_of(file: ListFile, *, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the number of the line that it ends on, the first being 1."""
    reader = csv.reader(io.StringIO(text_of(file), newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise ListError(file.name, f"line {reader.line_num}: {error}") from error


def records_of(
    file: ListFile, known: Iterable[str], rejects: list[Reject], *, required: Iterable[str] = (), delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows under a header as column to cell; a column that is not known raises ListError.

    A row with more or fewer cells than the header goes to `rejects`.
    """
    rows = cells_of(file, delimiter=delimiter)
    _, header = next(rows, (0, []))
    header = [last_line(column) for column in header]
    check_columns(file.name, header, known, required)
    for line, row in rows:
        if len(row) == len(header):
            yield line, dict(zip(header, row, strict=True))
        else:
            reason = f"it has {len(row)} cells, the header {len(header)}"
            rejects.append(Reject(file.name, str(line), line, "", delimiter.join(row), reason))


def last_line(cell: str) -> str:
    """The last line of a heading: publishers who write it in two languages put English below."""
    return cell.strip().rpartition("\n")[2].strip()


def check_columns(file: str, header: list[str], known: Iterable[str], required: Iterable[str]) -> None:
    """Raise ListError where a column is unknown, missing or there twice."""
    known = list(known)
    strange = sorted(set(header) - set(known))
    missing = sorted(set(required) - set(header))
    if strange:
        raise ListError(file, f"unknown column '{strange[0]}'", f"known: {', '.join(known)}")
    if missing:
        raise ListError(file, f"column '{missing[0]}' is missing")
    if len(set(header)) != len(header):
        raise ListError(file, "the header names a column twice")
