"""Writes a table so that the same rows give the same bytes, whichever engine and however many threads made them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from landwaiter.tables import TABLES, check

ROW_GROUP = 122_880


def write_parquet(name: str, batches: Iterable[pa.RecordBatch], path: Path) -> int:
    """Write batches that come in the order of the contract's key to one file; give the number of rows."""
    rows = 0
    with pq.ParquetWriter(path, TABLES[name].schema, compression="zstd") as writer:
        for group in _row_groups(batches):
            writer.write_table(check(name, group), row_group_size=ROW_GROUP)
            rows += group.num_rows
    return rows


def _row_groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Cut batches of any size into groups of exactly ROW_GROUP rows, the last one shorter."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        while sum(piece.num_rows for piece in held) >= ROW_GROUP:
            table = pa.Table.from_batches(held)
            yield table.slice(0, ROW_GROUP).combine_chunks()
            held = table.slice(ROW_GROUP).to_batches()
    if held:
        yield pa.Table.from_batches(held).combine_chunks()
