"""Reads the first sheet of an .xlsx as a stream of rows; trusts neither its dimensions nor its size."""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from lxml import etree

from landwaiter.errors import InputError
from landwaiter.load.cells import CellError
from landwaiter.load.chunk import Chunk, Fault, cut, with_leading_zero
from landwaiter.load.gathering import Row, gather
from landwaiter.load.limits import Limits
from landwaiter.load.parts import Parts, run_text
from landwaiter.load.serials import day_of_serial

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class WorkbookReader:
    """One sheet of a workbook; `line` is the row number that the sheet itself says."""

    def __init__(self, file: BinaryIO, where: str, limits: Limits, sheet: str) -> None:
        self._where = where
        self._limits = limits
        self.encoding = "xlsx"
        self._parts = Parts(file, where, limits)
        names = self._parts.sheets()
        self._sheet = sheet or next(iter(names))
        if self._sheet not in names:
            raise InputError(where, f"has no sheet '{sheet}'", f"its sheets are {', '.join(names)}")
        self._path = names[self._sheet]
        others = [name for name in names if name != self._sheet]
        self.notes = [f"sheet '{self._sheet}' is read"]
        if others:
            self.notes.append(f"sheets not read: {', '.join(others)}; name one with sheet = '...' in the mapping")
        self._strings = self._parts.strings()
        self._date_styles = self._parts.date_styles()
        self._is_1904 = self._parts.is_1904
        self._rows = self._parts.elements(self._path, "{*}row")
        self.header, self._header_row = self._read_header()

    def chunks(self, wanted: Mapping[str, int], coded: frozenset[str], codes: frozenset[str]) -> Iterator[Chunk]:
        """The rows in their order; rows without any value are not rows."""
        del coded
        places = {place: position for position, place in enumerate(wanted.values())}
        restored = {place for name, place in wanted.items() if name in codes}
        yield from gather(self._read_rows(places, restored), wanted)

    def _read_rows(self, places: dict[int, int], restored: set[int]) -> Iterator[Row | Fault]:
        last = self._header_row
        for row in self._rows:
            number = _number_of_row(row, last)
            if not last < number <= LAST_ROW:
                last += 1
                yield Fault(last, "", cut(row.get("r")), "is no row number that may follow the row before")
                continue
            last = number
            cells: list[str | None] = [None] * len(places)
            faults: list[Fault] = []
            is_filled = False
            for column, cell in self._cells(row, number, faults):
                try:
                    text = self._text(cell, column in restored)
                except CellError as error:
                    name = self.header[column] if column < len(self.header) else ""
                    faults.append(Fault(number, name, cut(cell.findtext("{*}v") or ""), str(error)))
                    continue
                if text is None or text == "":
                    continue
                is_filled = True
                if column >= len(self.header):
                    faults.append(Fault(number, "", cut(text), f"has a cell {cell.get('r')} beyond the header"))
                elif column in places:
                    cells[places[column]] = text
            if faults:
                yield faults[0]
            elif is_filled:
                yield number, cells

    def _cells(self, row: etree._Element, number: int, faults: list[Fault]) -> Iterator[tuple[int, etree._Element]]:
        """The cells of a row with their column, from 0; a cell out of its place is a fault."""
        column = -1
        for cell in row:
            if not cell.tag.endswith("}c"):
                continue
            said = cell.get("r")
            place = column + 1
            if said is not None:
                match = REFERENCE.fullmatch(said)
                place = _column_of(match[1]) if match and int(match[2]) == number else -1
            if not column < place < LAST_COLUMN:
                faults.append(Fault(number, "", cut(said), "has a cell whose reference is out of place"))
                return
            column = place
            yield place, cell

    def _text(self, cell: etree._Element, is_code: bool) -> str | None:
        """What a cell says, as a person would write it; None where it is empty."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            return None if inline is None else self._limited(run_text(inline))
        value = cell.find("{*}v")
        text: str | None = None if value is None else value.text
        if text is None or text == "":
            if cell.find("{*}f") is not None and value is None:
                raise CellError("is a formula without a stored value: open and save the file in a spreadsheet")
            return None
        if kind == "s":
            return self._limited(self._shared(text))
        if kind == "str":
            return self._limited(text)
        if kind == "b":
            return "true" if text == "1" else "false"
        if kind == "e":
            raise CellError(f"is an error of the spreadsheet: {text[:20]}")
        if kind == "d":
            return text
        return self._number(text, cell.get("s"), is_code)

    def _shared(self, text: str) -> str:
        place = int(text) if text.isdecimal() and len(text) < 10 else -1
        if not 0 <= place < len(self._strings):
            raise CellError("points to a text that the workbook does not have")
        return self._strings[place]

    def _limited(self, text: str) -> str:
        if len(text) > self._limits.max_cell_bytes:
            raise CellError(f"is longer than {self._limits.max_cell_bytes:,} bytes")
        return text

    def _number(self, text: str, style: str | None, is_code: bool) -> str:
        try:
            number = float(text)
        except ValueError:
            raise CellError("is stored as a number and is none") from None
        if style is not None and style.isdecimal() and int(style[:6]) in self._date_styles:
            day = day_of_serial(number, is_1904=self._is_1904)
            if day is None:
                raise CellError("is stored as a day and is none of the calendar")
            return day
        if abs(number) < 1e15 and number == int(number):
            text = str(int(number))
        return with_leading_zero(text) if is_code else text

    def _read_header(self) -> tuple[tuple[str, ...], int]:
        last = 0
        for row in self._rows:
            last = _number_of_row(row, last)
            faults: list[Fault] = []
            names: dict[int, str] = {}
            for column, cell in self._cells(row, last, faults):
                try:
                    text = self._text(cell, is_code=False)
                except CellError as error:
                    raise InputError(self._where, f"has a header cell {cell.get('r')} that {error}") from error
                if text and text.strip():
                    names[column] = text.strip()
            if faults:
                raise InputError(self._where, f"row {last} {faults[0].reason}", "save it again in a spreadsheet")
            if names:
                width = max(names) + 1
                if width > self._limits.max_columns:
                    what = f"has a header as far as column {width:,}, more than {self._limits.max_columns:,}"
                    raise InputError(self._where, what, "remove what stands far to the right")
                return tuple(names.get(column, "") for column in range(width)), last
        raise InputError(self._where, f"has nothing on its sheet '{self._sheet}'", "give one with a header and rows")


def _number_of_row(row: etree._Element, last: int) -> int:
    said = row.get("r")
    if said is None:
        return last + 1
    return int(said) if said.isdecimal() and len(said) < 9 else 0


def _column_of(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1
