"""Is the store made once, brought up to date, opened by many, and clear about what it cannot open?"""

import sqlite3
from importlib import import_module

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from landwaiter.cases.schema import METADATA
from landwaiter.cases.store import DATABASE, number, open_store
from landwaiter.errors import InputError, RefusedError


def test_the_migrations_make_what_the_schema_says(store):
    with store.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_store_of_before_is_brought_up_to_date(tmp_path, now):
    with open_store(tmp_path) as store:
        store.append({"kind": "x", "by": "ann"}, now)
    with sqlite3.connect(tmp_path / DATABASE) as connection:
        connection.execute("DROP TABLE packages")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    with open_store(tmp_path) as store:
        assert store.verify().faults == [] and store.head().seq == 1
        with store.read() as connection:
            assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


@pytest.mark.parametrize("version", ["v0001_cases", "v0002_packages"])
def test_nothing_takes_a_store_back_to_an_older_form(version):
    with pytest.raises(RefusedError, match="older form"):
        import_module(f"landwaiter.cases.migrations.versions.{version}").downgrade()


def test_a_store_opens_again_as_it_was(tmp_path, now):
    with open_store(tmp_path) as store:
        head = store.append({"kind": "x", "by": "ann"}, now)
    with open_store(tmp_path) as store:
        assert store.head() == head
        with store.read() as connection:
            assert connection.scalar(sa.text("PRAGMA journal_mode")) == "wal"
            assert connection.scalar(sa.text("PRAGMA foreign_keys")) == 1
            assert connection.scalar(sa.text("PRAGMA synchronous")) == 2


def test_a_change_that_fails_leaves_nothing(store, now):
    with pytest.raises(ZeroDivisionError), store.change("x", "ann", now) as change:
        change.body = {"n": 1 // 0}
    assert store.head().seq == 0
    assert store.verify().faults == []


@pytest.mark.parametrize("name", ["C12", "12", "D12", " c12 "])
def test_names_are_numbers_with_a_letter(name):
    assert number(name) == 12


@pytest.mark.parametrize("name", ["", "C", "C-1", "１２", "x12"])
def test_other_names_are_refused(name):
    with pytest.raises(InputError, match="is not the name"):
        number(name)


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "postgresql://nobody@127.0.0.1:1/none"])
def test_a_database_that_cannot_be_opened_is_a_clear_error(tmp_path, url):
    with pytest.raises(InputError) as caught:
        open_store(tmp_path, url)
    assert caught.value.hint


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path):
    (tmp_path / DATABASE).write_bytes(b"not a database at all" * 100)
    with pytest.raises(InputError, match="cannot be opened"):
        open_store(tmp_path)


def test_rows_that_refer_to_no_case_are_impossible(store, tmp_path):
    with store.read(), sqlite3.connect(tmp_path / "home" / DATABASE) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("INSERT INTO entries VALUES (1, 1, 1, 'note', '{}')")
    connection.close()
