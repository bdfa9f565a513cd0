"""Runs steps on a Spark session: Spark itself, a Spark Connect server, or Sail, which speaks the same tongue.

Every table is kept as Parquet in one store that this process and all workers see under the same name, so that each
step starts from files and a lost worker costs one step. Whole tables are taken out through DuckDB, which sorts them
within bounded memory: order and types are then those of the embedded engine.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from pyarrow import fs
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from landwaiter.engine.corridor import Parameters
from landwaiter.engine.dialect import to_spark
from landwaiter.engine.duck import ordered
from landwaiter.engine.parquet import ROW_GROUP, write_parquet
from landwaiter.engine.step import Step
from landwaiter.errors import EngineError
from landwaiter.tables import TABLES, check

# Days are days and errors are errors: without these Spark shifts times by zone and makes null of what does not fit.
SETTINGS = {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true"}


@contextmanager
def open_spark(url: str, store: str) -> Iterator["SparkCorridor"]:
    """A corridor on a cluster; its session is stopped and its tables are deleted when the block ends.

    Args:
        url: `sc://host:port` of a Spark Connect server, or a master such as `spark://host:7077` or `local[2]`.
        store: a folder that this process and all workers see under the same name: a path, or an address such as
            `hdfs://`. Its contents are ours alone while the corridor is open.
    """
    builder = SparkSession.builder
    builder = builder.remote(url) if url.startswith("sc://") else builder.master(url).appName("landwaiter")
    _knock(url)
    with _failures_named(f"Spark at {url}"):
        session = builder.getOrCreate()
        for key, value in SETTINGS.items():
            session.conf.set(key, value)
    corridor = SparkCorridor(session, store)
    try:
        yield corridor
    finally:
        # The work is done or has failed by now; a cluster that is gone must not hide which of the two.
        with suppress(PySparkException, OSError, EngineError):
            corridor.clear()
        with suppress(PySparkException):
            session.stop()


class SparkCorridor:
    """The corridor on a Spark session; see `Corridor` for what each method promises."""

    def __init__(self, session: SparkSession, store: str) -> None:
        self._session = session
        self._files, self._store = fs.FileSystem.from_uri(store if "://" in store else str(Path(store).resolve()))
        self._prefix = store.partition("://")[0] + "://" if "://" in store else "file://"
        self._folders: dict[str, str] = {}
        self._numbers = count(1)

    def put(self, name: str, table: pa.Table) -> int:
        if name in TABLES:
            table = check(name, table)
        with _failures_named(name):
            folder = self._new_folder(name)
            pq.write_table(table, f"{folder}/part-0.parquet", filesystem=self._files, row_group_size=ROW_GROUP)
            self._keep(name, folder)
        return int(table.num_rows)

    def put_parquet(self, name: str, paths: list[Path]) -> int:
        with _failures_named(name):
            folder = self._new_folder(name)
            for number, path in enumerate(paths):
                fs.copy_files(str(path), f"{folder}/part-{number}.parquet", destination_filesystem=self._files)
            self._keep(name, folder)
        return self.count(name)

    def run(self, step: Step, parameters: Parameters, name: str | None = None) -> int:
        makes = name or step.name
        bound = {key: parameters[key] for key in step.parameters}
        with _failures_named(makes):
            made = self._session.sql(to_spark(step.sql, step.name), args=bound)
            folder = self._new_folder(makes)
            made.write.mode("overwrite").parquet(self._prefix + folder)
            if not self._parts(folder):
                # An engine that writes no file for no row would lose the columns.
                empty = made.limit(0).toArrow()
                pq.write_table(empty, f"{folder}/part-0.parquet", filesystem=self._files)
            self._keep(makes, folder)
        if makes in TABLES:
            check(makes, self._dataset(makes).schema.empty_table())
        return self.count(makes)

    def get(self, name: str) -> pa.Table:
        with _failures_named(name), self._through_duck(name) as relation:
            table = relation.to_arrow_table()
        return check(name, table) if name in TABLES else table

    def batches(self, name: str, rows: int) -> Iterator[pa.RecordBatch]:
        with _failures_named(name), self._through_duck(name) as relation:
            yield from relation.to_arrow_reader(rows)

    def count(self, name: str) -> int:
        return int(self._dataset(name).count_rows())

    def has(self, name: str) -> bool:
        return name in self._folders

    def drop(self, name: str) -> None:
        if name in self._folders:
            with _failures_named(name):
                self._session.catalog.dropTempView(name)
                self._files.delete_dir(self._folders.pop(name))

    def write(self, name: str, path: Path) -> int:
        with _failures_named(name):
            return write_parquet(name, self.batches(name, ROW_GROUP), path)

    def clear(self) -> None:
        """Delete every stored table."""
        for name in list(self._folders):
            self.drop(name)

    def _new_folder(self, name: str) -> str:
        assert name.isidentifier(), name
        folder = f"{self._store}/{name}-{next(self._numbers)}"
        self._files.create_dir(folder)
        return folder

    def _keep(self, name: str, folder: str) -> None:
        """Let the name stand for the new folder, and only then delete the old one: a step may read what it replaces."""
        self._session.read.parquet(self._prefix + folder).createOrReplaceTempView(name)
        old, self._folders[name] = self._folders.get(name), folder
        if old is not None:
            self._files.delete_dir(old)

    def _parts(self, folder: str) -> list[str]:
        found = self._files.get_file_info(fs.FileSelector(folder))
        return sorted(one.path for one in found if one.path.endswith(".parquet"))

    def _dataset(self, name: str) -> ds.Dataset:
        if name not in self._folders:
            raise EngineError(name, "no such table in the corridor")
        return ds.dataset(self._parts(self._folders[name]), filesystem=self._files, format="parquet")

    @contextmanager
    def _through_duck(self, name: str) -> Iterator[duckdb.DuckDBPyRelation]:
        with TemporaryDirectory(prefix="landwaiter-") as spill, duckdb.connect() as connection:
            connection.execute("SET temp_directory = $spill", {"spill": spill})
            connection.execute("SET enable_progress_bar = false")
            connection.execute("SET preserve_insertion_order = false")
            connection.register(name, self._dataset(name))
            yield ordered(connection, name)


def _knock(url: str) -> None:
    """Fail in seconds where nobody listens: the clients themselves try again for many minutes."""
    parts = urlsplit(url)
    if parts.hostname is None:
        return  # local[2] and the like have no address
    port = parts.port or {"sc": 15002, "spark": 7077}.get(parts.scheme, 443)
    try:
        socket.create_connection((parts.hostname, port), timeout=10).close()
    except OSError as error:
        raise EngineError(f"Spark at {url}", f"nobody answers: {error}", "is the cluster up?") from error


@contextmanager
def _failures_named(where: str) -> Iterator[None]:
    try:
        yield
    except PySparkException as error:
        said = re.split(r"\n|JVM stacktrace", str(error).strip())[0]
        raise EngineError(where, f"Spark refused or lost the step: {said[:300]}", "is the cluster up?") from error
    except (duckdb.IOException, OSError) as error:
        raise EngineError(where, f"cannot read or write: {error}", "do all workers see the store?") from error
