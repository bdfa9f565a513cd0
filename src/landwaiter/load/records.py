"""Where does each record of a delimited text begin and end? Every line of the file is in a record or in a fault."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from landwaiter.load.chunk import Fault, cut
from landwaiter.load.encodings import MARKED
from landwaiter.load.limits import Limits

Positions = npt.NDArray[np.int64]

QUOTE, NEWLINE, RETURN = 34, 10, 13
# In files of so many columns a line within quotes that has as many cells is a row: a quote before it was lost.
SWALLOWED_FROM = 4
ROWS_AT_ONCE = 131_072  # also where all of them are one byte long
BLANKS_HELD = 4096
BARE_RETURN = re.compile(rb"\r(?!\n)")


@dataclass(frozen=True)
class Block:
    """Whole records.

    Args:
        data: their UTF-8 bytes.
        starts, ends: where each begins and where the next one begins.
        lines: the line on which each begins, the first line of the file being 1.
        faults: lines that are in no record.
    """

    data: bytes
    starts: Positions
    ends: Positions
    lines: Positions
    faults: list[Fault]


class Records:
    """Cuts a text into records; a quoted cell may hold the delimiter and line ends.

    Args:
        delimiter: one character.
        columns: how many cells a record should have.
        first_line: the line on which the text begins.
        is_marked: whether bytes that could not be decoded may be marked in it.
    """

    def __init__(
        self, delimiter: str, columns: int, limits: Limits, *, first_line: int = 1, is_marked: bool = False
    ) -> None:
        self._limits = limits
        self._forbidden = [(b"\0", "holds a NUL byte")]
        if is_marked:
            self._forbidden.append((MARKED, "holds bytes that are not of the file's encoding"))
        self._columns = columns
        self._delimiter = delimiter.encode()
        sign = re.escape(self._delimiter)
        cell = rb'(?:"(?:[^"]++|"")*+"|(?!")[^\n' + sign + rb"]*+)"
        # A record from quote to quote; anything that does not match has a quote too many or too few.
        self._record = re.compile(cell + rb"(?:" + sign + cell + rb")*+\r?(?:\n|\Z)")
        self._cell = re.compile(cell + rb"(?:" + sign + rb"|\r?\n)")
        self._line = first_line
        self._rest = b""
        self._skipping = False

    def blocks(self, pieces: Iterable[bytes]) -> Iterator[Block]:
        """The records of a text that comes in pieces of any size."""
        for piece in pieces:
            yield from self._feed(piece, final=False)
        yield from self._feed(b"", final=True)

    def _feed(self, piece: bytes, *, final: bool) -> Iterator[Block]:
        data = self._rest + piece
        if self._skipping:
            data = self._skip(data)
        if not final and data.endswith(b"\r"):
            data, held = data[:-1], b"\r"
        else:
            held = b""
        if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
            data = BARE_RETURN.sub(b"\n", data)
        if final:
            data = data.rstrip(b"\r\n")
            data += b"\n" if data else b""
        found = ROWS_AT_ONCE
        while found >= ROWS_AT_ONCE:
            block, used, height = self._cut(data, final=final)
            data = data[used:]
            self._line += height
            found = block.lines.size + len(block.faults)
            if found:
                yield block
        self._rest = data + held
        if len(self._rest) > self._limits.max_row_bytes and not self._skipping:
            yield self._give_up_on_the_rest()

    def _skip(self, data: bytes) -> bytes:
        """Drop the remainder of a record that was too long, up to its line end."""
        end = data.find(b"\n")
        if end < 0:
            return b""
        self._skipping = False
        self._line += 1
        return data[end + 1 :]

    def _give_up_on_the_rest(self) -> Block:
        reason = f"the row is longer than {self._limits.max_row_bytes:,} bytes"
        fault = Fault(self._line, "", cut(self._rest[:800].decode("utf-8", "replace")), reason)
        end = self._rest.find(b"\n")
        self._skipping = end < 0
        self._rest = self._rest[end + 1 :] if end >= 0 else b""
        self._line += end >= 0
        none = np.empty(0, np.int64)
        return Block(b"", none, none, none, [fault])

    def _cut(self, data: bytes, *, final: bool) -> tuple[Block, int, int]:
        """The whole records of `data`, and how many bytes and lines they and the faults take."""
        signs = np.frombuffer(data, np.uint8)
        newlines = np.flatnonzero(signs == NEWLINE)
        quotes = np.flatnonzero(signs == QUOTE)
        ends = newlines + 1
        if quotes.size:
            if (final and quotes.size % 2) or not self._are_paired(signs, quotes):
                return self._cut_one_by_one(data, final=final)
            ends = ends[np.searchsorted(quotes, newlines) % 2 == 0]
        if not final:
            ends = ends[ends <= _before_blanks(data)]
        ends = ends[:ROWS_AT_ONCE]
        starts = np.concatenate([[0], ends[:-1]]).astype(np.int64) if ends.size else ends
        lines = self._line + np.searchsorted(newlines, starts)
        if quotes.size and not self._are_even(data, starts, ends, lines):
            return self._cut_one_by_one(data, final=final)
        used = int(ends[-1]) if ends.size else 0
        whole = data if used == len(data) else data[:used]
        height = int(np.searchsorted(newlines, used))
        return self._without_bad_rows(Block(whole, starts, ends, lines, [])), used, height

    def _are_paired(self, signs: npt.NDArray[np.uint8], quotes: Positions) -> bool:
        """Whether each quote that opens stands at the start of a cell and each that closes at its end."""
        opens, closes = quotes[0::2], quotes[1::2]
        sign = self._delimiter[0]
        before = signs[np.maximum(opens - 1, 0)]
        after = signs[np.minimum(closes + 1, signs.size - 1)]
        is_first = opens == 0
        is_last = closes == signs.size - 1
        # A quote after a quote is an escaped one only if it reopens the cell that the quote before has closed.
        reopens = np.zeros(opens.size, bool)
        reopens[1:] = opens[1:] == closes[: opens.size - 1] + 1
        starts_well = is_first | reopens | np.isin(before, (NEWLINE, sign))
        ends_well = is_last | np.isin(after, (NEWLINE, RETURN, sign, QUOTE))
        return bool(starts_well.all() and ends_well.all())

    def _are_even(self, data: bytes, starts: Positions, ends: Positions, lines: Positions) -> bool:
        """Whether every record over several lines is sound: a lost quote would swallow lines."""
        over_several = np.flatnonzero(np.diff(lines) > 1).tolist()
        if lines.size and data.count(b"\n", int(starts[-1]), int(ends[-1])) > 1:
            over_several.append(lines.size - 1)
        return all(self._is_sound(data[starts[row] : ends[row]]) for row in over_several)

    def _is_sound(self, record: bytes) -> bool:
        """Whether a record over several lines has the right number of cells, and swallows no line that is a row."""
        if self.count(record) != self._columns:
            return False
        inner = record.rstrip(b"\r\n").split(b"\n")[1:-1]
        return self._columns < SWALLOWED_FROM or all(self.count(line) != self._columns for line in inner)

    def count(self, record: bytes) -> int:
        """The number of cells of one record."""
        return len(self._cell.findall(record.rstrip(b"\r\n") + b"\n"))

    def match_first(self, data: bytes) -> bytes | None:
        """The first record of a text, with its line end; None where its quotes are not in pairs."""
        data = BARE_RETURN.sub(b"\n", data)
        match = self._record.match(data)
        return match.group() if match else None

    def cells(self, record: bytes) -> list[str]:
        """The cells of one record."""
        text = record.rstrip(b"\r\n") + b"\n"
        found, at = [], 0
        while at < len(text):
            match = self._cell.match(text, at)
            if match is None:
                break
            found.append(_unquoted(match.group(), self._delimiter))
            at = match.end()
        return found

    def _cut_one_by_one(self, data: bytes, *, final: bool) -> tuple[Block, int, int]:
        """The same where quotes are not in pairs: a line that opens a cell and never closes it is a fault."""
        starts: list[int] = []
        ends: list[int] = []
        lines: list[int] = []
        faults: list[Fault] = []
        at, line = 0, self._line
        last = len(data) if final else _before_blanks(data)
        while at < last and len(starts) + len(faults) < ROWS_AT_ONCE:
            match = self._record.match(data, at, at + self._limits.max_row_bytes)
            end = match.end() if match else -1
            complete = match is not None and data[end - 1] == NEWLINE
            height = data.count(b"\n", at, end) if complete else 0
            if complete and (height == 1 or self._is_sound(data[at:end])):
                starts.append(at)
                ends.append(end)
                lines.append(line)
                at, line = end, line + height
                continue
            if not complete and not final and len(data) - at < self._limits.max_cell_bytes:
                break
            stop = data.find(b"\n", at) + 1
            if stop == 0:
                break
            value = data[at : min(stop, at + 800)].decode("utf-8", "replace").rstrip()
            faults.append(Fault(line, "", cut(value), "a quote is opened and not closed as it should be"))
            at, line = stop, line + 1
        block = Block(data, np.array(starts, np.int64), np.array(ends, np.int64), np.array(lines, np.int64), faults)
        return self._without_bad_rows(block), at, line - self._line

    def _without_bad_rows(self, block: Block) -> Block:
        """The block without the records that hold what no cell may, with a fault for each."""
        reasons: dict[int, str] = {}
        for row in np.flatnonzero(block.ends - block.starts > self._limits.max_cell_bytes).tolist():
            record = block.data[block.starts[row] : block.ends[row]]
            longest = max(map(len, self._cell.findall(record)), default=0)
            if longest > self._limits.max_cell_bytes:
                reasons[row] = f"a cell is longer than {self._limits.max_cell_bytes:,} bytes"
        for sign, reason in self._forbidden:
            for row in _rows_with(sign, block):
                reasons.setdefault(row, reason)
        lengths = block.ends - block.starts
        for row in np.flatnonzero(lengths <= 2).tolist() if self._columns > 1 else []:
            if not block.data[block.starts[row] : block.ends[row]].strip(b"\r\n"):
                reasons.setdefault(row, "the line is empty")
        kept = np.ones(block.lines.size, bool)
        kept[list(reasons)] = False
        faults = block.faults + [_fault(block, row, reason) for row, reason in sorted(reasons.items())]
        covered = int(lengths.sum()) == len(block.data)
        if kept.all() and covered:
            return Block(block.data, block.starts, block.ends, block.lines, faults)
        spans = zip(block.starts[kept].tolist(), block.ends[kept].tolist(), strict=True)
        data = b"".join(block.data[start:end] for start, end in spans)
        ends = np.cumsum(lengths[kept])
        return Block(data, ends - lengths[kept], ends, block.lines[kept], faults)


def _before_blanks(data: bytes) -> int:
    """Where the blank lines at the end begin, which may be the end of the file."""
    body = len(data.rstrip(b"\r\n"))
    if body == 0 or len(data) - body > BLANKS_HELD:
        return 0 if len(data) <= BLANKS_HELD else len(data)
    return data.find(b"\n", body) + 1 or len(data)


def _rows_with(sign: bytes, block: Block) -> list[int]:
    if sign not in block.data:
        return []
    places = [match.start() for match in re.finditer(re.escape(sign), block.data)]
    rows = np.searchsorted(block.starts, places, side="right") - 1
    inside = [row for row, place in zip(rows.tolist(), places, strict=True) if row >= 0 and place < block.ends[row]]
    return sorted(set(inside))


def _fault(block: Block, row: int, reason: str) -> Fault:
    start, end = int(block.starts[row]), int(block.ends[row])
    value = block.data[start : min(end, start + 800)].decode("utf-8", "replace").rstrip("\r\n")
    return Fault(int(block.lines[row]), "", cut(value.replace("\0", "\\0")), reason)


def _unquoted(cell: bytes, delimiter: bytes) -> str:
    text = cell.removesuffix(b"\n").removesuffix(b"\r").removesuffix(delimiter)
    if text[:1] == b'"':
        text = text[1:-1].replace(b'""', b'"')
    return text.decode("utf-8", "replace")
