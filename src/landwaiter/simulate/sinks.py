"""How do tables become files piece by piece? CSV or Parquet, with plain text columns and the same bytes each time."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq


class Sinks:
    """Files that grow by tables of the same columns, each CSV or Parquet by its ending.

    One thread writes while the next piece is made; never more than one piece waits.
    """

    def __init__(self, paths: dict[str, Path]) -> None:
        self._paths = paths
        self._writers: dict[str, pacsv.CSVWriter | pq.ParquetWriter] = {}
        self._rows = dict.fromkeys(paths, 0)
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._writing: Future[None] | None = None

    def __enter__(self) -> "Sinks":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(wait=True)
        for writer in self._writers.values():
            writer.close()

    def write(self, tables: dict[str, pa.Table]) -> None:
        """Append the rows of each table to its file."""
        self.wait()
        self._writing = self._thread.submit(self._append, tables)

    def wait(self) -> dict[str, int]:
        """Wait until all is written, raise what went wrong; give the rows of each file."""
        if self._writing is not None:
            self._writing.result()
        self._writing = None
        return self._rows

    def _append(self, tables: dict[str, pa.Table]) -> None:
        for name, table in tables.items():
            is_csv = self._paths[name].suffix == ".csv"
            ready = _plain(table) if is_csv else table
            if name not in self._writers:
                self._writers[name] = _open(self._paths[name], ready.schema)
            self._writers[name].write_table(ready)
            self._rows[name] += table.num_rows


def _open(path: Path, schema: pa.Schema) -> pacsv.CSVWriter | pq.ParquetWriter:
    if path.suffix == ".csv":
        return pacsv.CSVWriter(path, schema)
    coded = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    bare = [field.name for field in schema if field.name not in coded]
    # Without the Arrow schema in the file, every reader sees text columns as text. Statistics of coded text are left
    # away: they help no reader here and cost two fifths of the writing.
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        use_dictionary=coded,
        write_statistics=bare,
        write_batch_size=1 << 16,
        store_schema=False,
    )


def _plain(table: pa.Table) -> pa.Table:
    columns = [c.cast(pa.string()) if pa.types.is_dictionary(c.type) else c for c in table.columns]
    return pa.table(dict(zip(table.column_names, columns, strict=True)))
