"""Is a package sealed and taken in whole or not at all, when processes are killed or act at one moment?"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from exchange.agencies import opened, sealed
from installations.exchanging import START, kill_often
from installations.servers import missing, server
from landwaiter.cases.reading import list_cases
from landwaiter.cases.schema import PACKAGES
from landwaiter.cases.store import DATABASE, open_store
from landwaiter.errors import RefusedError
from landwaiter.exchange.home import aside
from landwaiter.exchange.receiving import take_in
from landwaiter.exchange.register import received
from landwaiter.exchange.sending import finish, place_of

OPENERS = 6


def test_a_kill_while_sealing_or_opening_leaves_no_half_state(tmp_path):
    kill_often(tmp_path / "both", "", 3)


@pytest.mark.slow
def test_fifty_kills_while_sealing_or_opening_leave_no_half_state(tmp_path):
    sealed_ones, opened_ones = kill_often(tmp_path / "both", "", 50)
    assert sealed_ones > 10 and opened_ones > 0


@pytest.mark.postgres
def test_kills_while_opening_on_postgresql_leave_no_half_state(tmp_path):
    if missing():
        pytest.skip(missing())
    with server() as url:
        kill_often(tmp_path / "both", url, 10)


def open_together(home, database, package):
    """Six officers open one file at the same moment, each with a connection of their own."""
    barrier = Barrier(OPENERS)

    def take(place):
        with open_store(home, database) as store:
            barrier.wait(60)
            try:
                return take_in(store, package, by=f"officer {place}", now=START).case
            except RefusedError as error:
                return error.what.split(":")[0]

    with ThreadPoolExecutor(OPENERS) as pool:
        outcomes = sorted(pool.map(take, range(OPENERS)))
    with open_store(home, database) as store:
        assert store.verify().faults == []
        assert [one.case for one in list_cases(store)] == ["C1"] and len(received(store)) == 1
    assert outcomes == ["C1", *["replayed"] * (OPENERS - 1)]


def test_one_file_opened_by_many_at_one_moment_becomes_one_case(tmp_path):
    open_together(tmp_path / "home", None, opened(sealed().data, tmp_path))


@pytest.mark.postgres
def test_one_file_opened_by_many_on_postgresql_becomes_one_case(tmp_path):
    if missing():
        pytest.skip(missing())
    with server() as url:
        open_together(tmp_path / "home", url, opened(sealed().data, tmp_path))


def test_the_database_itself_takes_no_package_twice(tmp_path):
    package = opened(sealed().data, tmp_path)
    with open_store(tmp_path / "home") as store:
        store.append({"kind": "x", "by": "one"}, START)
        engine = sa.create_engine(f"sqlite:///{tmp_path / 'home' / DATABASE}")
        with engine.begin() as connection:
            row = {"id": 1, "event": 1, "sender": package.sender, "manifest": package.digest}
            connection.execute(sa.insert(PACKAGES), row)
        engine.dispose()
        with pytest.raises(RefusedError, match="replayed"):
            take_in(store, package, by="one", now=START)
        assert list_cases(store) == [] and store.head().seq == 1


def test_a_file_whose_writer_was_killed_gets_its_name_later(tmp_path):
    """The log names it and its bytes lie aside; what the log does not name never gets a name."""
    out, other = tmp_path / "one.dossier", tmp_path / "other.dossier"
    for path in (out, other):
        aside(path).write_bytes(b"sealed")
    with open_store(tmp_path / "home") as store:
        event = {"kind": "seal", "by": "one", "to": "UA-B", "seq": 1, **place_of(out, b"sealed")}
        store.append(event, START)
        assert finish(store) == [str(out)] and finish(store) == []
    assert out.read_bytes() == b"sealed" and not other.exists()
