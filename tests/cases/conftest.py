"""A store of its own for each test, and a clock that stands still."""

from datetime import UTC, datetime

import pytest

from landwaiter.cases.store import open_store


@pytest.fixture
def now():
    return datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "home") as opened:
        yield opened
