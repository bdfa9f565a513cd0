"""Runs steps on Sail, a Spark without a JVM, started on loopback for the length of one block."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pysail.spark import SparkConnectServer

from landwaiter.engine.spark import SparkCorridor, open_spark


@contextmanager
def open_sail(work_dir: Path) -> Iterator[SparkCorridor]:
    """A corridor on a Sail server of its own, its tables in `work_dir`; both are gone when the block ends."""
    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    try:
        address = server.listening_address
        assert address is not None, "a started server listens"
        with open_spark(f"sc://{address[0]}:{address[1]}", str(work_dir)) as corridor:
            yield corridor
    finally:
        server.stop()
