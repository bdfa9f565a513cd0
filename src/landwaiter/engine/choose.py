"""Which engine was asked for? Opens it, and loads the optional packages of a cluster only then."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.duck import open_duck
from landwaiter.errors import EngineError, InputError

ENGINES = ("duckdb", "sail", "spark")


@contextmanager
def open_engine(
    engine: str, work_dir: Path, *, memory_mb: int, threads: int, url: str | None = None
) -> Iterator[Corridor]:
    """A corridor on the engine asked for, its tables in `work_dir`.

    Args:
        engine: one of ENGINES.
        work_dir: must exist and be empty. For `spark` every worker must see it under the same name.
        memory_mb: limit for DuckDB, in MiB; a cluster has its own.
        threads: for DuckDB; a cluster has its own.
        url: for `spark`: `sc://host:port` or `spark://host:port`.
    """
    if engine == "duckdb":
        with open_duck(work_dir, memory_mb=memory_mb, threads=threads) as duck:
            yield duck
    elif engine == "sail":
        with _load("sail").open_sail(work_dir) as sail:
            yield sail
    elif engine == "spark":
        if url is None:
            raise InputError("--engine spark", "no cluster is named", "add --spark-url sc://host:15002")
        with _load("spark").open_spark(url, str(work_dir)) as spark:
            yield spark
    else:
        raise InputError(f"--engine {engine}", "there is no such engine", f"one of {', '.join(ENGINES)}")


def _load(engine: str) -> ModuleType:
    # Sail takes its log level from here, once, when it is loaded; else it tells the terminal about every session.
    os.environ.setdefault("RUST_LOG", "error")
    try:
        return import_module(f"landwaiter.engine.{engine}")
    except ImportError as error:
        hint = f"pip install 'landwaiter[{engine}]'"
        raise EngineError(f"--engine {engine}", f"its packages are not installed: {error}", hint) from error
