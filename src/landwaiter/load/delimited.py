"""Reads CSV, TSV and other delimited text: every cell as text, every line in a row or in a fault."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from landwaiter.errors import InputError
from landwaiter.load.chunk import Chunk, Fault, cut
from landwaiter.load.encodings import MARKED, utf8_pieces
from landwaiter.load.limits import Limits
from landwaiter.load.opening import Opened
from landwaiter.load.records import Block, Records

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
LOOKED_AT = 2**16  # bytes of the text from which the delimiter is told


class DelimitedReader:
    """A delimited text whose encoding is known; `delimiter` is told from its first lines where it is not given."""

    def __init__(self, opened: Opened, encoding: str, delimiter: str, *, trusted: bool) -> None:
        self._where = str(opened.path)
        self._limits = opened.limits
        self.encoding = encoding
        self.notes: list[str] = []
        self._pieces = utf8_pieces(opened.stream(), encoding, opened.limits.block_bytes, trusted=trusted)
        head = b""
        while len(head) < LOOKED_AT and (piece := next(self._pieces, None)) is not None:
            head += piece
        first_line = 1
        hint, rest = _separator_line(head)
        if hint:
            head, first_line = rest, 2
        self.delimiter = delimiter or hint or _sniff(head[:LOOKED_AT], self._where)
        self.notes.append(f"cells are separated by {DELIMITERS.get(self.delimiter, self.delimiter)}")
        names, used, height = self._read_header(head)
        self.header = tuple(names)
        self._rest = head[used:]
        self._records = Records(
            self.delimiter, len(names), opened.limits, first_line=first_line + height, is_marked=not trusted
        )

    def chunks(self, wanted: Mapping[str, int], coded: frozenset[str], codes: frozenset[str]) -> Iterator[Chunk]:
        """The rows in their order; text has no cells stored as numbers, so `codes` changes nothing."""
        del codes
        places = [f"c{number}" for number in range(len(self.header))]
        kinds = {places[at]: _CODED if name in coded else pa.string() for name, at in wanted.items()}
        options = pacsv.ConvertOptions(
            include_columns=list(kinds) or places[:1],
            column_types=kinds or {places[0]: pa.string()},
            strings_can_be_null=True,
            null_values=[""],
            check_utf8=False,
        )
        for block in self._records.blocks(self._with_rest()):
            yield self._chunk(block, places, options, wanted)

    def _with_rest(self) -> Iterable[bytes]:
        yield self._rest
        yield from self._pieces

    def _chunk(
        self, block: Block, places: list[str], options: pacsv.ConvertOptions, wanted: Mapping[str, int]
    ) -> Chunk:
        faults = list(block.faults)
        ragged: list[int] = []

        def set_aside(row: pacsv.InvalidRow) -> str:
            at = row.number - 1
            ragged.append(at)
            reason = f"the row has {row.actual_columns} cells, the header {row.expected_columns}"
            faults.append(Fault(int(block.lines[at]), "", cut(row.text), reason))
            return "skip"

        if not block.lines.size:
            return Chunk(block.lines, {name: pa.array([], pa.string()) for name in wanted}, faults)
        table = pacsv.read_csv(
            pa.py_buffer(block.data),
            pacsv.ReadOptions(column_names=places, use_threads=False, block_size=len(block.data) + 1),
            pacsv.ParseOptions(
                delimiter=self.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=set_aside,
            ),
            options,
        )
        lines = np.delete(block.lines, ragged) if ragged else block.lines
        assert table.num_rows == lines.size, (table.num_rows, lines.size)
        columns = {name: table.column(places[at]).combine_chunks() for name, at in wanted.items()}
        return Chunk(lines, columns, sorted(faults, key=lambda fault: fault.line))

    def _read_header(self, head: bytes) -> tuple[list[str], int, int]:
        """The names of the header, and how many bytes and lines it takes."""
        records = Records(self.delimiter, 0, self._limits)
        match = records.match_first(head)
        if match is None:
            raise InputError(self._where, "has a header with a quote that is not closed", "repair its first line")
        if b"\0" in match or MARKED in match:
            what = "does not begin with a header: its first line is not text"
            raise InputError(self._where, what, "is it a table, and is the encoding right?")
        names = [name.strip() for name in records.cells(match)]
        if len(names) > self._limits.max_columns:
            what = f"has {len(names):,} columns, more than {self._limits.max_columns:,}"
            raise InputError(self._where, what, "is the delimiter right?")
        if not any(names):
            raise InputError(self._where, "begins with an empty line, not with a header", "put the header first")
        return names, len(match), match.count(b"\n") or match.count(b"\r")


_CODED = pa.dictionary(pa.int32(), pa.string())


def _separator_line(head: bytes) -> tuple[str, bytes]:
    """The delimiter that a spreadsheet names in a first line `sep=;`, and what follows it."""
    line, _, rest = head.partition(b"\n")
    text = line.strip().strip(b'"').decode("utf-8", "replace")
    return (text[4:] or "\t", rest) if text.lower().startswith("sep=") and len(text) <= 5 else ("", head)


def _sniff(head: bytes, where: str) -> str:
    """The delimiter of which the first line has most, and each of the next lines as many."""
    lines = [line for line in head.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n") if line][:50]
    if not lines:
        raise InputError(where, "has no header", "give a file with a header and rows")
    counts = {}
    for sign in DELIMITERS:
        records = Records(sign, 0, Limits())
        first = records.count(lines[0])
        same = sum(records.count(line) == first for line in lines)
        if first > 1:
            counts[sign] = (same >= 0.5 * len(lines), first)
    if not counts:
        return ","
    best = max(counts.values())
    found = [sign for sign, count in counts.items() if count == best]
    if len(found) > 1:
        names = " as well as ".join(DELIMITERS[sign] for sign in found)
        raise InputError(where, f"could be separated by {names}", 'say it in the mapping: delimiter = ";"')
    return found[0]
