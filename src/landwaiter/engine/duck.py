"""Runs steps on DuckDB, in memory that spills to disk past what the user allows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from landwaiter.engine.corridor import Parameters
from landwaiter.engine.parquet import ROW_GROUP, write_parquet
from landwaiter.engine.step import Step
from landwaiter.errors import EngineError
from landwaiter.tables import TABLES, check


@contextmanager
def open_duck(work_dir: Path, *, memory_mb: int, threads: int, file: Path | None = None) -> Iterator["DuckCorridor"]:
    """A corridor in `work_dir`, which must exist and be empty; closed when the block ends.

    Args:
        work_dir: where it spills.
        memory_mb: limit of the buffer manager in MiB. Python's own memory comes on top.
        threads: how many threads a step may use. The result does not depend on it.
        file: where the tables are kept for a later day; without, they are gone when the block ends.
    """
    with _failures_named("opening the engine"):
        # Kept in memory and spilled to `work_dir` past the limit: half the time of a database file, the same limit.
        connection = duckdb.connect(":memory:" if file is None else str(file))
    with connection:
        connection.execute("SET memory_limit = $limit", {"limit": f"{memory_mb}MiB"})
        connection.execute("SET threads = $threads", {"threads": threads})
        connection.execute("SET temp_directory = $spill", {"spill": str(work_dir / "spill")})
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET autoinstall_known_extensions = false")
        # A division of floating numbers by zero is an error, as on Spark, not infinity.
        connection.execute("SET ieee_floating_point_ops = false")
        # A name in FROM is a table of ours, never a variable of the Python code that happens to run.
        connection.execute("SET python_enable_replacements = false")
        # Steps say their own order; keeping the insertion order of everything else costs memory.
        connection.execute("SET preserve_insertion_order = false")
        yield DuckCorridor(connection)


class DuckCorridor:
    """The corridor on DuckDB; see `Corridor` for what each method promises."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def put(self, name: str, table: pa.Table) -> int:
        if name in TABLES:
            table = check(name, table)
        with _failures_named(name):
            self._connection.register("incoming", table)
            self._connection.execute(f"CREATE OR REPLACE TABLE {_quoted(name)} AS FROM incoming")
            self._connection.unregister("incoming")
        return int(table.num_rows)

    def fill(self, name: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
        """Store a table that comes in pieces, so that it never lies in memory whole."""
        with _failures_named(name):
            self._connection.register("incoming", pa.RecordBatchReader.from_batches(schema, batches))
            self._connection.execute(f"CREATE OR REPLACE TABLE {_quoted(name)} AS FROM incoming")
            self._connection.unregister("incoming")

    @contextmanager
    def whole(self) -> Iterator[None]:
        """What the block does is kept when it ends well, all of it, and else nothing of it."""
        with _failures_named("the tables kept"):
            self._connection.begin()
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        with _failures_named("the tables kept"):
            self._connection.commit()

    def put_parquet(self, name: str, paths: list[Path]) -> int:
        with _failures_named(name):
            self._connection.execute(
                f"CREATE OR REPLACE TABLE {_quoted(name)} AS FROM read_parquet($paths)",
                {"paths": [str(path) for path in paths]},
            )
        return self.count(name)

    def run(self, step: Step, parameters: Parameters, name: str | None = None) -> int:
        makes = name or step.name
        bound = {key: parameters[key] for key in step.parameters}
        with _failures_named(makes):
            self._connection.execute(f"CREATE OR REPLACE TABLE {_quoted(makes)} AS {step.sql}", bound)
        if makes in TABLES:
            check(makes, self._connection.table(makes).limit(0).to_arrow_table())
        return self.count(makes)

    def get(self, name: str) -> pa.Table:
        with _failures_named(name):
            table = ordered(self._connection, name).to_arrow_table()
        return check(name, table) if name in TABLES else table

    def batches(self, name: str, rows: int) -> Iterator[pa.RecordBatch]:
        with _failures_named(name), self._connection.cursor() as cursor:
            yield from ordered(cursor, name).to_arrow_reader(rows)

    def count(self, name: str) -> int:
        with _failures_named(name):
            return int(self._connection.table(name).count("*").fetchall()[0][0])

    def has(self, name: str) -> bool:
        found = self._connection.execute("FROM duckdb_tables() WHERE table_name = $name", {"name": name})
        return bool(found.fetchall())

    def add(self, name: str, rows: str) -> None:
        """Append the rows of one stored table to another, by the names of their columns."""
        with _failures_named(name):
            self._connection.execute(f"INSERT INTO {_quoted(name)} BY NAME FROM {_quoted(rows)}")

    def remove(self, name: str, rows: str, keys: tuple[str, ...]) -> None:
        """Take out of a stored table every row whose keys stand in another one."""
        same = " AND ".join(f"{_quoted(name)}.{_quoted(key)} = {_quoted(rows)}.{_quoted(key)}" for key in keys)
        with _failures_named(name):
            self._connection.execute(" ".join(("DELETE FROM", _quoted(name), "USING", _quoted(rows), "WHERE", same)))

    def drop(self, name: str) -> None:
        self._connection.execute(f"DROP TABLE IF EXISTS {_quoted(name)}")

    def write(self, name: str, path: Path) -> int:
        with _failures_named(name):
            return write_parquet(name, self.batches(name, ROW_GROUP), path)


def ordered(connection: duckdb.DuckDBPyConnection, name: str) -> duckdb.DuckDBPyRelation:
    """The columns of the contract in the order of its key, or a table without contract as it stands."""
    table = connection.table(name)
    if name not in TABLES:
        return table
    contract = TABLES[name]
    return table.select(*contract.schema.names).sort(*map(duckdb.ColumnExpression, contract.key))


def _quoted(name: str) -> str:
    """A table or column name of our own as an identifier; no value of a user ever comes here."""
    assert name.isidentifier(), name
    return f'"{name}"'


@contextmanager
def _failures_named(where: str) -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise EngineError(where, "the memory allowed is not enough", "give more with --memory") from error
    except (duckdb.IOException, OSError) as error:
        raise EngineError(where, f"cannot read or write: {error}", "is the disk full or read-only?") from error
    except duckdb.Error as error:
        raise EngineError(where, f"the step failed: {str(error).splitlines()[0]}") from error
