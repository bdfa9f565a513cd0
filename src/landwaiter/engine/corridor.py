"""Where do the tables of one run live? In a corridor: put a table in, run a step, take a table out, on any engine."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from landwaiter.engine.step import Step

Parameter = int | str | date
Parameters = Mapping[str, Parameter]


class Corridor(Protocol):
    """The tables of one run. Names are those of `tables.py`, or of a room's own working tables."""

    def put(self, name: str, table: pa.Table) -> int:
        """Store a table under a name, in place of any earlier one; give its number of rows."""

    def put_parquet(self, name: str, paths: list[Path]) -> int:
        """Store the rows of Parquet files under a name; give their number."""

    def run(self, step: Step, parameters: Parameters, name: str | None = None) -> int:
        """Run a step and store what it makes under its own name, or `name`; give its number of rows."""

    def get(self, name: str) -> pa.Table:
        """Take a whole table out, in the order of its contract's key where it has one."""

    def batches(self, name: str, rows: int) -> Iterator[pa.RecordBatch]:
        """Take a table out in pieces of about `rows` rows, in the order of its contract's key."""

    def count(self, name: str) -> int:
        """Number of rows of a stored table."""

    def has(self, name: str) -> bool:
        """Whether a table of that name is stored."""

    def drop(self, name: str) -> None:
        """Forget a table."""

    def write(self, name: str, path: Path) -> int:
        """Write a table to one Parquet file in the order of its contract's key; give its number of rows."""
