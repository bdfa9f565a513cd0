"""Is nothing lost or half done when writers are killed at any moment, or twenty write at once? On both databases."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from installations.servers import binaries, missing, server
from installations.writing import kill_often
from landwaiter.cases import work
from landwaiter.cases.backup import back_up
from landwaiter.cases.reading import list_cases, read_case
from landwaiter.cases.store import DATABASE, HEADS, open_store
from landwaiter.errors import InputError, RefusedError

NOW = datetime(2026, 3, 1, tzinfo=UTC)
WRITERS = 20


@pytest.fixture(scope="module")
def postgres():
    reason = missing()
    if reason:
        pytest.skip(reason)
    with server() as url:
        yield url


@pytest.fixture
def database(postgres):
    """The address of an empty database; what a test left there is dropped before the next."""
    yield postgres
    engine = sa.create_engine(postgres.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()


def write_together(home, database, turns):
    """Twenty officers, each with a connection of their own; every act of each must be there."""

    def write(name):
        with open_store(home, database or None) as store:
            for turn in range(turns):
                case = work.open_case(store, work.Opening(f"{name} {turn}"), by=name, now=NOW)
                work.note(store, case, f"{name} {turn}", tlp="amber", by=name, now=NOW)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, [f"w{place}" for place in range(WRITERS)]))
    with open_store(home, database or None) as store:
        assert store.verify().faults == []
        assert store.head().seq == 2 * WRITERS * turns
        titles = sorted(one.title for one in list_cases(store))
        assert titles == sorted(f"w{place} {turn}" for place in range(WRITERS) for turn in range(turns))
        for one in list_cases(store):
            assert [entry.body["text"] for entry in one.of("note")] == [one.title]


def test_a_killed_writer_leaves_no_half_state(tmp_path):
    kill_often(tmp_path, "", 4)


@pytest.mark.slow
def test_fifty_killed_writers_leave_no_half_state(tmp_path):
    assert kill_often(tmp_path, "", 50) > 10


def test_twenty_writers_on_sqlite_lose_nothing(tmp_path):
    write_together(tmp_path, "", 2)


@pytest.mark.postgres
def test_twenty_writers_on_postgresql_lose_nothing(tmp_path, database):
    write_together(tmp_path, database, 5)


@pytest.mark.postgres
def test_killed_writers_on_postgresql_leave_no_half_state(tmp_path, database):
    kill_often(tmp_path, database, 10)


@pytest.mark.postgres
def test_four_eyes_notes_and_documents_on_postgresql(tmp_path, database):
    with open_store(tmp_path, database) as store:
        document = work.Document("x", "text/plain", b"\x00\xff")
        case = work.open_case(store, work.Opening("轴承", documents=[document]), by="ann", now=NOW)
        work.decide(store, case, "deny", reason="listed", by="ann", now=NOW, versions={})
        words = {"reason": "an error", "now": NOW, "versions": {}}
        assert work.decide(store, case, "release", by="ann", **words)[0] == "proposed"
        with pytest.raises(RefusedError):
            work.decide(store, case, "release", by="ann", **words)
        assert work.decide(store, case, "release", by="bob", **words)[0] == "done"
        assert store.document(store.documents_of(case)[0].digest) == b"\x00\xff"
        assert read_case(store, case).state == "released"
        assert store.verify().faults == []


@pytest.mark.postgres
def test_a_change_and_a_cut_tail_on_postgresql_are_found(tmp_path, database):
    with open_store(tmp_path, database) as store:
        for title in ("one", "two"):
            work.open_case(store, work.Opening(title), by="ann", now=NOW)
    engine = sa.create_engine(database.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE cases SET title = 'x' WHERE id = 1"))
        connection.execute(sa.text("DELETE FROM cases WHERE id = 2"))
        connection.execute(sa.text("DELETE FROM events WHERE seq = 2"))
    engine.dispose()
    with open_store(tmp_path, database) as store:
        faults = store.verify().faults
    assert len(faults) == 2 and "were changed" in faults[0] and "its tail is cut" in faults[1]


@pytest.mark.postgres
def test_a_dump_of_postgresql_restores(tmp_path, database):
    """As docs/how-to/back-up-cases.md says it."""
    with open_store(tmp_path, database) as store:
        case = work.open_case(store, work.Opening("kept"), by="ann", now=NOW)
        head = store.head()
        with pytest.raises(InputError, match="pg_dump"):
            back_up(tmp_path, tmp_path / "x", database)
    programs, dump = binaries(), tmp_path / "cases.sql"
    subprocess.run([programs / "pg_dump", "--clean", "--if-exists", "-f", dump, database], check=True, timeout=100)
    with open_store(tmp_path, database) as store:
        work.note(store, case, "after the dump", tlp="red", by="ann", now=NOW)
    load = [programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-1", "-f", dump, database]
    subprocess.run(load, check=True, timeout=100, stdout=subprocess.DEVNULL)
    with open_store(tmp_path, database) as store:
        assert store.head() == head
        assert [one.title for one in list_cases(store)] == ["kept"]
        assert store.verify().faults == ["the log ends at event 1, but a head of event 2 was kept: its tail is cut"]


def test_a_backup_of_sqlite_is_whole_while_others_write_and_restores(tmp_path):
    home, kept, other = tmp_path / "home", tmp_path / "kept.db", tmp_path / "other"
    with open_store(home) as store:
        case = work.open_case(store, work.Opening("kept"), by="ann", now=NOW)
        with store.change("note", "bob", NOW) as change:
            # An unfinished change of another officer is not in the backup.
            change.body = {"unfinished": True}
            back_up(home, kept, None)
        head = store.head()
    other.mkdir()
    (other / DATABASE).write_bytes(kept.read_bytes())
    with open_store(other) as store:
        assert store.head().seq == 1 and read_case(store, case).title == "kept"
        assert store.verify().faults == []
    (other / HEADS).write_bytes((home / HEADS).read_bytes())
    with open_store(other) as store:
        assert store.verify().faults == [
            f"the log ends at event 1, but a head of event {head.seq} was kept: its tail is cut"
        ]


def test_a_backup_never_replaces_a_file_and_needs_something_to_keep(tmp_path):
    (tmp_path / "mine").write_text("x")
    with open_store(tmp_path / "home"):
        pass
    with pytest.raises(RefusedError, match="is there already"):
        back_up(tmp_path / "home", tmp_path / "mine", None)
    with pytest.raises(InputError, match="no cases"):
        back_up(tmp_path / "nothing", tmp_path / "new", None)
    assert (tmp_path / "mine").read_text() == "x"
