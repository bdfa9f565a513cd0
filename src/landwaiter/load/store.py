"""Writes what was loaded and what was set aside, piece by piece, aside first and under its name when it is whole."""

from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from landwaiter.load.columns import CODED, DISTINCT
from landwaiter.load.kinds import KINDS
from landwaiter.tables import TABLES

# Columns of few distinct texts; they are stored by dictionary, which Parquet readers give back as text.
FEW = frozenset(name for name, rule in KINDS["declarations"].columns.items() if rule in DISTINCT)
FEW = FEW.union(["file", "hs4", "hs6", "base_unit"]) - {"declared_on"}


class Store:
    """One Parquet file of one contract."""

    def __init__(self, into: Path, table: str) -> None:
        number = 0
        while (into / f"{table}-{number}.parquet").exists():
            number += 1
        self.path = into / f"{table}-{number}.parquet"
        self.rows = 0
        self._part = self.path.with_suffix(".part")
        contract = TABLES[table]
        fields = [
            field.with_type(CODED) if field.name in FEW and table == "declarations" else field
            for field in contract.schema
        ]
        self._schema = pa.schema(fields)
        self._writer = pq.ParquetWriter(
            self._part,
            self._schema,
            compression="lz4",
            use_dictionary=[field.name for field in fields if field.type == CODED],
            store_schema=False,
            write_statistics=False,
        )

    def add(self, columns: dict[str, pa.Array]) -> None:
        """Write some rows; the columns have to be those of the contract."""
        arrays = [_typed(columns[field.name], field.type) for field in self._schema]
        table = pa.Table.from_arrays(arrays, schema=self._schema)
        if table.num_rows:
            self._writer.write_table(table, row_group_size=table.num_rows)
        self.rows += table.num_rows

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
        if kind is None:
            self._part.replace(self.path)
        else:
            self._part.unlink(missing_ok=True)


def _typed(array: pa.Array, kind: pa.DataType) -> pa.Array:
    if array.type == kind:
        return array
    if kind == CODED:
        return array.dictionary_encode().cast(kind)
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array.cast(kind)
