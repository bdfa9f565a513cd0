"""Where are cases kept, and how is a change written whole? SQLite in the installation's folder, or PostgreSQL.

A change is one transaction: its rows and its event of the audit log, under a lock that lets one writer in at a time. So
a kill at any moment leaves all of it or nothing.
"""

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Self

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from landwaiter.cases import audit
from landwaiter.cases.audit import Head, canonical, digest_of_rows
from landwaiter.cases.schema import DOCUMENTS, EVENTS, ROW_TABLES, STATEMENTS
from landwaiter.cases.statement import Evidence, Statement, statement_from_json
from landwaiter.errors import InputError

MIGRATIONS = Path(__file__).parent / "migrations"
DATABASE = "cases.db"
HEADS = "heads.jsonl"
# How long a writer waits for the others, in seconds, before it gives up with an error.
PATIENCE = 60
# Any number; it names our lock among others of a PostgreSQL server.
LOCK = 4_711_007
TABLES = {table.name: table for table in ROW_TABLES}

NO_HEAD = Head(0, audit.FIRST)

Row = Mapping[str, object]


@dataclass
class Change:
    """A transaction under way: rows are added to it, and its events, the last one the log's new `head`, end it."""

    connection: sa.Connection
    seq: int
    body: dict[str, object] = field(default_factory=dict)
    rows: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    further: list[tuple[str, Row]] = field(default_factory=list)
    head: Head = NO_HEAD

    def add(self, table: sa.Table, rows: Sequence[Row]) -> list[int]:
        """Add rows to a table; the ids that they will have."""
        waiting = self.rows.setdefault(table.name, [])
        first = int(str(waiting[-1]["id"])) + 1 if waiting else self._next_id(table)
        waiting += [{"id": first + place, "event": self.seq, **row} for place, row in enumerate(rows)]
        return [first + place for place in range(len(rows))]

    def also(self, kind: str, body: Row) -> None:
        """Another event of the same act, without rows of its own, right behind the first."""
        self.further.append((kind, body))

    def _next_id(self, table: sa.Table) -> int:
        """Under the writers' lock, so the largest id is the last one."""
        return int(self.connection.scalar(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0))) or 0) + 1

    def write(self, officer: str, kind: str, at: str, prev: str) -> Head:
        """Write the event with the digests of its rows, then the rows, and the further events."""
        digests = {name: digest_of_rows(TABLES[name], rows) for name, rows in self.rows.items() if rows}
        head = Head(self.seq - 1, prev)
        for what, body in ((kind, {**self.body, "rows": digests} if digests else self.body), *self.further):
            plain = audit.Event(head.seq + 1, at, officer, what, canonical(body), head.hash, "")
            event = replace(plain, hash=plain.digest())
            self.connection.execute(sa.insert(EVENTS), asdict(event))
            head = Head(event.seq, event.hash)
        for name in digests:
            self.connection.execute(sa.insert(TABLES[name]), self.rows[name])
        return head


class Store:
    """The cases of one installation."""

    def __init__(self, engine: sa.Engine, home: Path) -> None:
        self._engine = engine
        self._home = home

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A view of the store at one moment."""
        # SQLite shows every transaction one moment; PostgreSQL does when it is asked to.
        level = {"isolation_level": "REPEATABLE READ"} if self._engine.dialect.name == "postgresql" else {}
        with self._engine.connect().execution_options(**level) as connection, connection.begin():
            yield connection

    @contextmanager
    def change(self, kind: str, by: str, now: datetime) -> Iterator[Change]:
        """One change of the store with its event; all of it is kept, or nothing."""
        officer = by.strip()
        if not officer:
            raise InputError("--by", "is empty", "every act is kept with its officer")
        with self._engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
            self._lock(connection)
            before = audit.head(connection)
            change = Change(connection, before.seq + 1)
            yield change
            change.head = change.write(officer, kind, timestamp(now), before.hash)
        self._keep(change.head)

    def _lock(self, connection: sa.Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})

    def _keep(self, head: Head) -> None:
        """Remember a head outside the database; one that a power cut loses only makes the check a little weaker."""
        line = json.dumps({"seq": head.seq, "hash": head.hash}) + "\n"
        descriptor = os.open(self._home / HEADS, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line.encode())
        finally:
            os.close(descriptor)

    def append(self, event: Mapping[str, object], now: datetime) -> Head:
        """Add an event that writes no rows: `kind` and `by` are its own, all else is what it says."""
        said = {name: value for name, value in event.items() if name not in ("kind", "by")}
        with self.change(str(event["kind"]), str(event["by"]), now) as change:
            change.body = said
        return change.head

    def head(self) -> Head:
        """The end of the audit log."""
        with self.read() as connection:
            return audit.head(connection)

    def kept_heads(self) -> list[Head]:
        """The heads that this installation wrote outside the database; a torn last line is none."""
        path = self._home / HEADS
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [one for line in lines if (one := _head(line)) is not None]

    def verify(self, kept: Sequence[Head] = ()) -> audit.Verified:
        """Check the audit log against itself, the rows it speaks of, and all heads that were kept."""
        with self.read() as connection:
            return audit.verify(connection, [*self.kept_heads(), *kept])

    def statements_of(self, case: str) -> list[Statement]:
        """What a case says, statement by statement, in the order in which it was written."""
        query = sa.select(STATEMENTS.c.body).where(STATEMENTS.c.case_id == number(case)).order_by(STATEMENTS.c.id)
        with self.read() as connection:
            return [statement_from_json(json.loads(body)) for body in connection.scalars(query)]

    def documents_of(self, case: str) -> list[Evidence]:
        """The documents of a case, without their bytes."""
        of_case = DOCUMENTS.c.case_id == number(case)
        columns = (DOCUMENTS.c.sha256, DOCUMENTS.c.name, DOCUMENTS.c.media_type, DOCUMENTS.c.tlp)
        query = sa.select(*columns, sa.func.length(DOCUMENTS.c.content)).where(of_case).order_by(DOCUMENTS.c.id)
        with self.read() as connection:
            return [Evidence(row[0], row[1], row[2], int(row[4]), row[3]) for row in connection.execute(query)]

    def document(self, digest: str) -> bytes:
        """The bytes of a document that some case holds."""
        query = sa.select(DOCUMENTS.c.content).where(DOCUMENTS.c.sha256 == digest).limit(1)
        with self.read() as connection:
            found = connection.scalar(query)
        if found is None:
            raise InputError(digest, "is no document of any case", "`landwaiter case show` names those of a case")
        return bytes(found)


def open_store(home: Path, database: str | None = None) -> Store:
    """The store of an installation, made or brought up to date where needed; `database` is a server's address."""
    home.mkdir(parents=True, exist_ok=True)
    engine = _engine(database or f"sqlite:///{home / DATABASE}")
    try:
        _migrate(engine, home)
    except sa.exc.DBAPIError as error:
        engine.dispose()
        where = engine.url.render_as_string(hide_password=True)
        raise InputError(where, f"the cases cannot be opened: {error.orig}", "is it there, and may you?") from error
    return Store(engine, home)


def number(name: str) -> int:
    """The number behind a name such as C12 or D3, or of 12 itself."""
    digits = name.strip().lstrip("CcDdRr")
    if not digits.isascii() or not digits.isdigit():
        raise InputError(name, "is not the name of a case, decision or request", "write it as C12, D3 or R1")
    return int(digits)


def timestamp(now: datetime) -> str:
    """A moment as the log writes it: ISO 8601 with its offset."""
    return now.isoformat(timespec="milliseconds")


def _head(line: str) -> Head | None:
    try:
        said = json.loads(line)
        return Head(int(said["seq"]), str(said["hash"]))
    except (ValueError, TypeError, KeyError):
        return None


def _engine(url: str) -> sa.Engine:
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    try:
        kind = sa.make_url(url).get_backend_name()
        if kind not in ("sqlite", "postgresql"):
            raise InputError("LANDWAITER_DATABASE", f"'{kind}' is not supported", "give postgresql://USER@HOST/NAME")
        engine = sa.create_engine(url, connect_args={"timeout": PATIENCE} if kind == "sqlite" else {})
    except (sa.exc.ArgumentError, ModuleNotFoundError) as error:
        raise InputError("LANDWAITER_DATABASE", str(error), "give postgresql://USER@HOST/NAME") from error
    if kind == "sqlite":
        sa.event.listen(engine, "connect", _prepare)
        sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    """Each connection: readers beside a writer, every commit on the disk, references checked."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    """A writer takes its lock at once: one that read first and then waited would fail instead of waiting."""
    connection.exec_driver_sql(str(connection.get_execution_options().get("begin", "BEGIN")))


def _migrate(engine: sa.Engine, home: Path) -> None:
    """Bring the tables up to date; only one process at a time, and all at once."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with (home / ".cases.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            if _version(connection) != newest:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    version = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return None if version is None else str(version)
