"""Where are the small dated facts? In CSV files of this folder, each with a comment that names its source."""

import csv
from functools import cache
from pathlib import Path

import pyarrow as pa

HERE = Path(__file__).parent


@cache
def read_facts(name: str) -> pa.Table:
    """One fact table, every column as text and an empty cell as the empty string.

    Args:
        name: stem of a CSV file in this folder. Its first lines begin with `#` and name origin and date; then a header.
    """
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return pa.Table.from_pylist(rows, schema=pa.schema([pa.field(column, pa.string()) for column in rows[0]]))
