"""Gathers rows that come one by one into chunks, for the forms that no vectorised parser reads."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pyarrow as pa

from landwaiter.load.chunk import Chunk, Fault

ROWS = 16_384
BYTES = 32 * 2**20

# Line, and the text of each wanted column; or why the row cannot be read.
Row = tuple[int, list[str | None]]


def gather(rows: Iterable[Row | Fault], wanted: Mapping[str, int]) -> Iterator[Chunk]:
    """Chunks of at most ROWS rows and about BYTES characters."""
    lines: list[int] = []
    cells: list[list[str | None]] = []
    faults: list[Fault] = []
    size = 0
    for row in rows:
        if isinstance(row, Fault):
            faults.append(row)
        else:
            lines.append(row[0])
            cells.append(row[1])
            size += sum(len(cell) for cell in row[1] if cell)
        if len(lines) >= ROWS or len(faults) >= ROWS or size > BYTES:
            yield _chunk(lines, cells, faults, wanted)
            lines, cells, faults, size = [], [], [], 0
    if lines or faults:
        yield _chunk(lines, cells, faults, wanted)


def _chunk(lines: list[int], cells: list[list[str | None]], faults: list[Fault], wanted: Mapping[str, int]) -> Chunk:
    columns = list(zip(*cells, strict=True)) if cells else [()] * len(wanted)
    arrays = {name: pa.array(column, pa.string()) for name, column in zip(wanted, columns, strict=True)}
    return Chunk(np.array(lines, np.int64), arrays, faults)
