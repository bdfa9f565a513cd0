"""Writes a table so that the same rows give the same bytes, whichever engine and however many threads made them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from landwaiter.errors import ContractError
from landwaiter.tables import TABLES, check

ROW_GROUP = 122_880


def write_parquet(name: str, batches: Iterable[pa.RecordBatch], path: Path) -> int:
    """Write batches that come in the order of the contract's key to one file; give the number of rows.

    The file appears whole under its name or not at all. Two rows with one key raise ContractError: their order would
    be chance, and with it the bytes.
    """
    aside = path.with_name(f".{path.name}.part")
    rows = 0
    last: pa.Table | None = None
    try:
        with pq.ParquetWriter(aside, TABLES[name].schema, compression="zstd") as writer:
            for group in _row_groups(batches):
                _refuse_twins(name, group if last is None else pa.concat_tables([last, group]))
                writer.write_table(check(name, group), row_group_size=ROW_GROUP)
                rows += group.num_rows
                last = group.slice(group.num_rows - 1)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return rows


def _refuse_twins(name: str, table: pa.Table) -> None:
    key = TABLES[name].key
    if len(key) == len(TABLES[name].columns):
        return  # Rows that are the same in every column have no order to be chance.
    same = None
    for column in key:
        array = table.column(column).combine_chunks()
        here, next_one = array.slice(1), array.slice(0, len(array) - 1)
        equal = pc.fill_null(pc.equal(here, next_one), False)
        equal = pc.or_(equal, pc.and_(pc.is_null(here), pc.is_null(next_one)))
        same = equal if same is None else pc.and_(same, equal)
    place = pc.index(same, True).as_py() if same is not None else -1
    if place >= 0:
        twin = ", ".join(f"{column} = {table.column(column)[place].as_py()!r}" for column in key)
        raise ContractError(name, f"two rows have the same key: {twin}")


def _row_groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Cut batches of any size into groups of exactly ROW_GROUP rows, the last one shorter."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        while rows >= ROW_GROUP:
            table = pa.Table.from_batches(held)
            yield table.slice(0, ROW_GROUP).combine_chunks()
            held = table.slice(ROW_GROUP).to_batches()
            rows -= ROW_GROUP
    if rows:
        yield pa.Table.from_batches(held).combine_chunks()
