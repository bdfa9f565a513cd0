"""What does a reader hand on? Rows as text with their line in the file, and what it had to set aside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

VALUE_CUT = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why the row on `line` is set aside; `column` is empty when it is the whole row.

    `row` is the record's own name where it has one, such as the id of a statement.
    """

    line: int
    column: str
    value: str
    reason: str
    row: str = ""


@dataclass(frozen=True)
class Chunk:
    """Some rows of a file in their order.

    Args:
        lines: line or row number of each row, the header being 1.
        columns: by wanted name: strings, or dictionary-encoded strings, or what a typed format holds (numbers, days).
            Null is a missing or empty cell.
        faults: rows that are not among `columns`, because they could not be read.
    """

    lines: npt.NDArray[np.int64]
    columns: dict[str, pa.Array]
    faults: list[Fault] = field(default_factory=list)


class Reader(Protocol):
    """A file that is open and whose header is known.

    `wanted` maps the names that the caller likes to positions in `header`. Columns named in `coded` hold few distinct
    texts and come dictionary-encoded. In columns named in `codes` a cell stored as a number regains the leading zero
    that a commodity code lost.
    """

    header: tuple[str, ...]
    encoding: str
    notes: list[str]

    def chunks(self, wanted: Mapping[str, int], coded: frozenset[str], codes: frozenset[str]) -> Iterator[Chunk]:
        """The rows in their order."""


def cut(value: object) -> str:
    """A cell as it is shown in rejects: its beginning, with a question mark for half a character."""
    return str(value)[:VALUE_CUT].encode("utf-8", "replace").decode()


def with_leading_zero(digits: str) -> str:
    """Commodity codes have 4, 6, 8, 10 digits: a number with 3, 5, 7 or 9 lost the zero of chapters 01 to 09."""
    return "0" + digits if len(digits) in (5, 7, 9) and digits.isdigit() else digits
