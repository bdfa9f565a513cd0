"""Reads Parquet: text as it is, numbers and days as they are stored, to the same result as text."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from landwaiter.errors import InputError
from landwaiter.load.chunk import Chunk, Fault, cut
from landwaiter.load.columns import CODED
from landwaiter.load.limits import Limits

ROWS = 65_536


class ColumnarReader:
    """A Parquet file; `line` is the row number, the first row being 1."""

    def __init__(self, file: BinaryIO, where: str, limits: Limits) -> None:
        self._where = where
        self._limits = limits
        self.encoding = "parquet"
        self.notes: list[str] = []
        try:
            self._file = pq.ParquetFile(file)
        except (pa.ArrowException, OSError) as error:
            raise InputError(where, f"is no whole Parquet file: {first_line(error)}", "fetch it again") from error
        self._schema = self._file.schema_arrow
        self.header = tuple(self._schema.names)
        if len(self.header) > limits.max_columns:
            raise InputError(where, f"has {len(self.header):,} columns, more than {limits.max_columns:,}")

    def chunks(self, wanted: Mapping[str, int], coded: frozenset[str], codes: frozenset[str]) -> Iterator[Chunk]:
        """The rows in their order; columns stored as numbers stay so, whoever understands them knows their type."""
        del codes
        for name, place in wanted.items():
            if not is_simple(self._schema.field(place).type):
                what = f"has a column '{self.header[place]}' ({name}) of type {self._schema.field(place).type}"
                raise InputError(self._where, what, "write it as text, number or day")
        line = 1
        names = sorted({self.header[place] for place in wanted.values()})
        try:
            for batch in self._file.iter_batches(ROWS, columns=names, use_threads=False):
                lines = np.arange(line, line + batch.num_rows, dtype=np.int64)
                line += batch.num_rows
                columns = {
                    name: self._column(batch.column(self.header[place]), name in coded)
                    for name, place in wanted.items()
                }
                yield set_aside_bad_texts(lines, columns, self._limits)
        except (pa.ArrowException, OSError) as error:
            raise InputError(
                self._where, f"is damaged near row {line:,}: {first_line(error)}", "fetch it again"
            ) from error

    def _column(self, column: pa.Array, is_coded: bool) -> pa.Array:
        kind = column.type
        if pa.types.is_dictionary(kind):
            column = column.cast(CODED) if is_coded and _is_text(kind.value_type) else column.dictionary_decode()
        elif _is_text(kind):
            column = column.cast(pa.string())
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            return pc.binary_join(column.cast(pa.list_(pa.string())), ";")
        if pa.types.is_decimal(kind):
            return column.cast(pa.float64())
        return column


def set_aside_bad_texts(lines: npt.NDArray[np.int64], columns: Mapping[str, pa.Array], limits: Limits) -> Chunk:
    """A chunk of the rows whose texts have no NUL byte and are not too long."""
    faults: list[Fault] = []
    for name, column in columns.items():
        if not pa.types.is_string(column.type):
            continue
        for wrong, reason in (
            (pc.match_substring(column, "\0"), "holds a NUL byte"),
            (
                pc.greater(pc.binary_length(column), limits.max_cell_bytes),
                f"is longer than {limits.max_cell_bytes:,} bytes",
            ),
        ):
            for row in np.flatnonzero(wrong.fill_null(False)).tolist():
                faults.append(Fault(int(lines[row]), name, cut(column[row].as_py()).replace("\0", "\\0"), reason))
    if not faults:
        return Chunk(lines, dict(columns))
    kept = ~np.isin(lines, [fault.line for fault in faults])
    return Chunk(lines[kept], {name: column.filter(pa.array(kept)) for name, column in columns.items()}, faults)


def is_simple(kind: pa.DataType) -> bool:
    """Whether a column of this type can be read as a cell of a table."""
    if pa.types.is_dictionary(kind):
        return is_simple(kind.value_type)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _is_text(kind.value_type)
    types = pa.types
    number = types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind) or types.is_boolean(kind)
    return bool(number or types.is_date(kind) or types.is_timestamp(kind) or types.is_null(kind) or _is_text(kind))


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def first_line(error: BaseException) -> str:
    """The first line of a library's complaint, without its full stop."""
    return (str(error).splitlines() or [""])[0].rstrip(".")
