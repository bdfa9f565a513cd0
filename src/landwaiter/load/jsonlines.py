"""Reads JSON lines: one object a line, its keys being the header; every value as the text that was written."""

import json
from collections.abc import Iterable, Iterator, Mapping

from landwaiter.errors import InputError
from landwaiter.load.chunk import Chunk, Fault, cut, with_leading_zero
from landwaiter.load.encodings import MARK, utf8_pieces
from landwaiter.load.gathering import Row, gather
from landwaiter.load.headers import plain
from landwaiter.load.opening import Opened

LOOKED_AT = 1000  # lines from which the header is taken


class _Number(str):
    """The text of a number, so that no digit of it is lost."""

    __slots__ = ()


class JsonLinesReader:
    """A file of JSON lines; `line` is its line, the first being 1."""

    def __init__(self, opened: Opened, encoding: str, *, trusted: bool) -> None:
        self._where = str(opened.path)
        self._limits = opened.limits
        self._opened = opened
        self._trusted = trusted
        self.encoding = encoding
        self.notes: list[str] = []
        self.header = self._read_header()

    def chunks(self, wanted: Mapping[str, int], coded: frozenset[str], codes: frozenset[str]) -> Iterator[Chunk]:
        """The rows in their order; a key first seen late is read where it is spelt like a wanted one."""
        del coded
        places = {self.header[place]: position for position, place in enumerate(wanted.values())}
        by_spelling = {plain(key): position for key, position in places.items()}
        restored = {position for position, name in enumerate(wanted) if name in codes}
        yield from gather(self._rows(places, by_spelling, restored), wanted)
        late = sorted(self._late)
        if late:
            self.notes.append(f"keys not read, first seen after line {LOOKED_AT}: {', '.join(late[:20])}")

    def _rows(self, places: dict[str, int], by_spelling: dict[str, int], restored: set[int]) -> Iterator[Row | Fault]:
        known = set(self.header)
        self._late: set[str] = set()
        for line, text in self._lines():
            found = self._object(line, text)
            if isinstance(found, Fault):
                yield found
                continue
            cells: list[str | None] = [None] * len(places)
            fault = None
            for key, value in found.items():
                position = places.get(key)
                if position is None and key not in known:
                    position = by_spelling.get(plain(key))
                    if position is None and len(self._late) < self._limits.max_columns:
                        self._late.add(key)
                if position is not None:
                    try:
                        cells[position] = self._cell(value, position in restored)
                    except ValueError as error:
                        fault = Fault(line, key, cut(value), str(error))
            yield fault or (line, cells)

    def _object(self, line: int, text: str) -> "dict[str, object] | Fault":
        if len(text) > self._limits.max_row_bytes:
            return Fault(line, "", cut(text), f"the row is longer than {self._limits.max_row_bytes:,} bytes")
        if MARK in text:
            return Fault(line, "", cut(text), "holds bytes that are not of the file's encoding")
        if not text.strip():
            return Fault(line, "", "", "the line is empty")
        try:
            found = _DECODER.decode(text)
        except RecursionError:
            return Fault(line, "", cut(text), "is nested too deeply")
        except ValueError as error:
            return Fault(line, "", cut(text), f"is no JSON object: {str(error)[:100]}")
        return found if isinstance(found, dict) else Fault(line, "", cut(text), "is JSON, but no object")

    def _cell(self, value: object, is_code: bool) -> str | None:
        """The text of a value; ValueError says why it has none."""
        if value is None:
            return None
        if isinstance(value, _Number):
            return with_leading_zero(str(value)) if is_code else str(value)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, list):
            parts = [self._cell(part, is_code) for part in value]
            if any(isinstance(part, list | dict) for part in value) or any(";" in part for part in parts if part):
                raise ValueError("is a list of more than plain values")
            return ";".join(part for part in parts if part)
        if isinstance(value, dict):
            raise ValueError("is an object, not a value")
        text = str(value)
        if len(text) > self._limits.max_cell_bytes:
            raise ValueError(f"is longer than {self._limits.max_cell_bytes:,} bytes")
        if "\0" in text:
            raise ValueError("holds a NUL byte")
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValueError("holds half of a character (a lone surrogate)") from None
        return text

    def _lines(self) -> Iterator[tuple[int, str]]:
        pieces = utf8_pieces(self._opened.stream(), self.encoding, self._limits.block_bytes, trusted=self._trusted)
        for number, line in enumerate(_split(pieces, self._limits.max_row_bytes), start=1):
            yield number, line.decode("utf-8", "replace")

    def _read_header(self) -> tuple[str, ...]:
        keys: dict[str, None] = {}
        rows = 0
        for number, text in self._lines():
            found = self._object(number, text)
            if isinstance(found, dict):
                rows += 1
                keys.update(dict.fromkeys(found))
            if number >= LOOKED_AT:
                break
        if not rows:
            raise InputError(self._where, "has no JSON object in its first lines", "put one object on each line")
        if len(keys) > self._limits.max_columns:
            raise InputError(self._where, f"has more than {self._limits.max_columns:,} keys", "is it a table?")
        return tuple(keys)


def looks_like_json_lines(head: bytes, encoding: str) -> bool:
    """Whether a text begins with an object, as no header of a delimited text does."""
    return head.decode(encoding, "ignore").lstrip("\ufeff \t\r\n").startswith("{")


def _split(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Lines without their ends; of a line that is far too long only the first part is kept."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        lines = piece.split(b"\n")
        for line in lines[:-1]:
            yield b"".join([*held, line]).removesuffix(b"\r")
            held, size = [], 0
        if size <= most:
            held.append(lines[-1])
            size += len(lines[-1])
    rest = b"".join(held).removesuffix(b"\r")
    if rest:
        yield rest


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twin = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key '{twin[:40]}' appears twice")
    return found


def _refuse(word: str) -> object:
    raise ValueError(f"{word} is no JSON number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_without_twins, parse_float=_Number, parse_int=_Number, parse_constant=_refuse
)
