"""Some rows on their way from cells to a contract: what was understood, and who is set aside for which reason."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.load.chunk import Chunk, Fault, cut
from landwaiter.load.columns import CODED, Mask, Rule, as_text
from landwaiter.load.kinds import Kind

Numbers = npt.NDArray[np.float64]


class Batch:
    """The rows of one chunk under work.

    Args:
        chunk: cells as text.
        kind: what their columns may be.
        rules: our column to its rule; a column without a cell in the file has a constant or is null.
        constants: our column to the understood value that every row has.
        file_id: first digits of the file's digest.
    """

    def __init__(
        self, chunk: Chunk, kind: Kind, rules: Mapping[str, Rule], constants: Mapping[str, pa.Scalar], file_id: str
    ) -> None:
        self.lines = chunk.lines
        self.size = int(chunk.lines.size)
        self.faults: list[Fault] = []
        self.is_bad: Mask = np.zeros(self.size, bool)
        self.values: dict[str, pa.Array] = {}
        self._cells = chunk.columns
        self.present = chunk.columns.keys() | constants.keys()
        for name in kind.columns:
            if name in chunk.columns:
                self._understand(name, rules[name])
            elif name in constants:
                self.values[name] = _repeated(constants[name], self.size)
            else:
                self.values[name] = pa.nulls(self.size, rules[name](pa.nulls(0, pa.string())).values.type)
        for name in kind.required:
            self.require(name)
        lines = pc.cast(pa.array(self.lines), pa.string())
        self.row_ids = pc.binary_join_element_wise(pa.scalar(file_id), lines, "-")

    def _understand(self, name: str, rule: Rule) -> None:
        found = rule(self._cells[name])
        self.values[name] = found.values
        for row, reason in found.reasons.items():
            self._set_aside(row, name, reason)

    def require(self, name: str) -> None:
        """Set aside the rows that leave a column empty."""
        self.refuse(
            self.values[name].is_null().to_numpy(zero_copy_only=False), name, "is empty, and every row must say it"
        )

    def refuse(self, rows: Mask, name: str, reason: str) -> None:
        """Set aside the rows of a mask; those already faulted in that column keep their first reason."""
        if not rows.any():
            return
        known = {fault.line for fault in self.faults if fault.column == name}
        for row in np.flatnonzero(rows).tolist():
            if int(self.lines[row]) not in known:
                self._set_aside(row, name, reason)

    def _set_aside(self, row: int, name: str, reason: str) -> None:
        cell = self._cells[name][row].as_py() if name in self._cells else None
        self.faults.append(Fault(int(self.lines[row]), name, "" if cell is None else cut(cell), reason))
        self.is_bad[row] = True

    def numbers(self, name: str) -> Numbers:
        """A column of numbers, nan where it is null."""
        return np.asarray(self.values[name].to_numpy(zero_copy_only=False), np.float64)

    def strings(self, name: str) -> pa.Array:
        """A column of texts, decoded."""
        column = self.values[name]
        return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column

    def kept(self, columns: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
        """The columns without the rows that are set aside."""
        if not self.is_bad.any():
            return dict(columns)
        mask = pa.array(~self.is_bad)
        return {name: column.filter(mask) for name, column in columns.items()}

    def declared(self, name: str, lines: list[int]) -> dict[int, str]:
        """What the cells of a column say, by line, for rows that are set aside."""
        if name not in self._cells:
            return {}
        places = np.searchsorted(self.lines, lines).tolist()
        texts = as_text(self._cells[name].take(pa.array(places, pa.int64()))).to_pylist()
        return {line: text for line, text in zip(lines, texts, strict=True) if text}


def _repeated(value: pa.Scalar, size: int) -> pa.Array:
    if value.type == CODED:
        text = value.as_py()
        indices = pa.array(np.zeros(size, np.int32))
        return pa.DictionaryArray.from_arrays(indices, pa.array([text], pa.string()))
    return pa.repeat(value, size)
