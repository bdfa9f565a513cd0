"""One Sail server, and one recording of every step, for all tests of the engines."""

import pytest

from engine.recording import (
    record_books,
    record_books_of_two_countries,
    record_days,
    record_flags,
    record_flow,
    record_queues,
    record_store,
)
from landwaiter.engine.choose import open_engine


@pytest.fixture(scope="session")
def sail(tmp_path_factory):
    pytest.importorskip("pysail", reason="needs the packages of the extra `sail`", exc_type=ImportError)
    with open_engine("sail", tmp_path_factory.mktemp("sail"), memory_mb=1000, threads=2) as corridor:
        yield corridor


@pytest.fixture(scope="session")
def recorded(tmp_path_factory):
    """Every step with what it read and made: in a whole run, on books of statistics, and on each flag's own story."""
    runs = []
    stories = (record_flow, record_books, record_flags, record_queues, record_books_of_two_countries)
    for record in (*stories, record_store, record_days):
        runs += record(tmp_path_factory.mktemp(record.__name__))
    return runs
