"""Reads a text of JSON objects one by one: on lines, in one array, or in the array that a single object wraps."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from landwaiter.errors import InputError
from landwaiter.load.chunk import Fault, cut
from landwaiter.load.encodings import MARK, utf8_pieces
from landwaiter.load.opening import Opened

PIECE = 2**18
HEAD = 4096  # signs in which the form shows
WRAPPED = re.compile(r'\{\s*"([A-Za-z]{1,40})"\s*:\s*\[\s*(?=[\{\]])')
SPACE = re.compile(r"[\s,\ufeff]*")


@dataclass(frozen=True, slots=True)
class Found:
    """One object of a file: its number from 1, where it stands, and what it says or why it cannot be read."""

    number: int
    path: str
    value: "dict[str, object] | Fault"


class Objects:
    """The objects of a file, as often as they are asked for; numbers keep their digits as int or Decimal."""

    def __init__(self, opened: Opened, encoding: str, *, trusted: bool) -> None:
        self._opened, self._encoding, self._trusted = opened, encoding, trusted
        self._where = str(opened.path)
        self._most = opened.limits.max_row_bytes

    def __iter__(self) -> Iterator[Found]:
        pieces = codecs.iterdecode(self._pieces(), "utf-8", "replace")
        text = ""
        while len(text) < HEAD and (more := next(pieces, None)) is not None:
            text += more
        start = SPACE.match(text)
        at = start.end() if start else 0
        wrapped = WRAPPED.match(text, at)
        if text[at : at + 1] == "[":
            yield from self._listed(text[at + 1 :], pieces, "$")
        elif wrapped:
            yield from self._listed(text[wrapped.end() :], pieces, f"$.{wrapped[1]}")
        else:
            yield from self._on_lines(text[at:], pieces)

    def _pieces(self) -> Iterator[bytes]:
        return utf8_pieces(self._opened.stream(), self._encoding, PIECE, trusted=self._trusted)

    def _listed(self, text: str, pieces: Iterator[str], root: str) -> Iterator[Found]:
        """The elements of an array; one that cannot be read ends the reading, for nothing after it can be trusted."""
        number, at = 0, 0
        while True:
            space = SPACE.match(text, at)
            at = space.end() if space else at
            if text[at : at + 1] == "]":
                return
            path = f"{root}[{number}]"
            try:
                value, at = _DECODER.raw_decode(text, at)
            except (ValueError, RecursionError) as error:
                more = next(pieces, None)
                if more is None or len(text) - at > self._most:
                    what = f"{path} cannot be read: {str(error)[:100]}"
                    raise InputError(self._where, what, "is it cut off, or edited by hand?") from error
                text, at = text[at:] + more, 0
                continue
            number += 1
            yield Found(number, path, self._object(value, number, path))

    def _on_lines(self, text: str, pieces: Iterator[str]) -> Iterator[Found]:
        number, rest = 0, text
        while True:
            lines = rest.split("\n")
            more = next(pieces, None)
            rest = "" if more is None else lines.pop() + more
            for line in lines:
                number += 1
                if line.strip():
                    yield Found(number, "$", self._line(line, number))
            if more is None:
                return

    def _line(self, line: str, number: int) -> "dict[str, object] | Fault":
        if MARK in line:
            return Fault(number, "$", cut(line), "holds bytes that are not of the file's encoding")
        if len(line) > self._most:
            return Fault(number, "$", cut(line), f"the line is longer than {self._most:,} bytes")
        try:
            return self._object(_DECODER.decode(line), number, "$")
        except RecursionError:
            return Fault(number, "$", cut(line), "is nested too deeply")
        except ValueError as error:
            return Fault(number, "$", cut(line), f"is no JSON object: {str(error)[:100]}")

    def _object(self, value: object, number: int, path: str) -> "dict[str, object] | Fault":
        if isinstance(value, dict):
            return value
        return Fault(number, path, cut(value), "is JSON, but no object")


def _refuse(word: str) -> object:
    raise ValueError(f"{word} is no JSON number")


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse)
