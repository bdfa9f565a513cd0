"""How do tables become files piece by piece? CSV or Parquet, with plain text columns and the same bytes each time."""

from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq


class Sink:
    """One file that grows by tables of the same columns; CSV or Parquet by its ending."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: pacsv.CSVWriter | pq.ParquetWriter | None = None
        self._rows = 0

    def write(self, table: pa.Table) -> None:
        """Append the rows."""
        is_csv = self._path.suffix == ".csv"
        if is_csv:
            table = _plain(table)
        if self._writer is None and is_csv:
            self._writer = pacsv.CSVWriter(self._path, table.schema)
        elif self._writer is None:
            # Without the Arrow schema in the file, every reader sees text columns as text.
            self._writer = pq.ParquetWriter(self._path, table.schema, compression="zstd", store_schema=False)
        self._writer.write_table(table)
        self._rows += table.num_rows

    def close(self) -> int:
        """Finish the file; give its number of rows."""
        assert self._writer is not None, f"nothing was written to {self._path.name}"
        self._writer.close()
        return self._rows


def _plain(table: pa.Table) -> pa.Table:
    columns = [c.cast(pa.string()) if pa.types.is_dictionary(c.type) else c for c in table.columns]
    return pa.table(dict(zip(table.column_names, columns, strict=True)))
