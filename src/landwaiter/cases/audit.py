"""What has been done here, by whom and when, in a log that cannot be changed unseen?

Each event holds the hash of the one before it, and the digests of the rows that it wrote; an event and its rows are one
transaction, so neither is ever there without the other. Heads of the log are kept outside it: in `heads.jsonl` of the
installation, and in the receipts that peers hold. A log that ends before a kept head has lost its tail.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from landwaiter.cases.schema import EVENTS, ROW_TABLES

FIRST = "0" * 64
PAGE = 2000


class Head(NamedTuple):
    """The end of the log: the number of its last event, and the hash that stands for all events up to it."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Event:
    """One event as it stands in the log."""

    seq: int
    at: str
    officer: str
    kind: str
    body: str
    prev: str
    hash: str

    def digest(self) -> str:
        """The hash that this event must carry."""
        text = canonical([self.seq, self.at, self.officer, self.kind, self.body, self.prev])
        return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces: the same value is always the same text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def head(connection: sa.Connection) -> Head:
    """The end of the log as this connection sees it; number 0 where nothing has happened."""
    last = connection.execute(sa.select(EVENTS.c.seq, EVENTS.c.hash).order_by(EVENTS.c.seq.desc()).limit(1)).first()
    return Head(int(last.seq), str(last.hash)) if last is not None else Head(0, FIRST)


def events(connection: sa.Connection, after: int = 0) -> Iterator[Event]:
    """Every event after a number, in order, in pages."""
    while True:
        page = connection.execute(sa.select(EVENTS).where(EVENTS.c.seq > after).order_by(EVENTS.c.seq).limit(PAGE))
        found = [Event(**row._mapping) for row in page]
        yield from found
        if len(found) < PAGE:
            return
        after = found[-1].seq


def digest_of_rows(table: sa.Table, rows: Iterable[Mapping[str, object]]) -> str:
    """One digest for the rows that an event wrote into a table; a document counts by the digest of its bytes."""
    whole = hashlib.sha256()
    for row in rows:
        cells = [_cell(row[column.name]) for column in table.columns if column.name != "event"]
        whole.update(canonical(cells).encode() + b"\n")
    return whole.hexdigest()


def _cell(value: object) -> object:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value


@dataclass(frozen=True)
class Verified:
    """What a check of the log found: how many events, the head, and each fault in one sentence; none is the aim."""

    head: Head
    faults: list[str]


def verify(connection: sa.Connection, kept: Iterable[Head] = ()) -> Verified:
    """Recompute every hash and every digest of rows, and hold the log against heads that were kept elsewhere."""
    faults: list[str] = []
    wanted: dict[int, set[str]] = {}
    for one in kept:
        wanted.setdefault(one.seq, set()).add(one.hash)
    rows = _RowDigests(connection)
    before = Head(0, FIRST)
    for event in events(connection):
        faults += _faults_of(event, before)
        faults += [f"event {event.seq} {fault}" for fault in rows.faults_of(event)]
        if wanted.pop(event.seq, {event.hash}) != {event.hash}:
            faults.append(f"event {event.seq} is not the one whose head was kept: the log was written anew")
        before = Head(event.seq, event.hash)
    faults += rows.without_event()
    if any(seq > before.seq for seq in wanted):
        last = max(wanted)
        faults.append(f"the log ends at event {before.seq}, but a head of event {last} was kept: its tail is cut")
    return Verified(before, faults)


def _faults_of(event: Event, before: Head) -> list[str]:
    faults = []
    if event.seq != before.seq + 1:
        faults.append(f"event {before.seq + 1} is missing: event {event.seq} follows {before.seq}")
    if event.prev != before.hash:
        faults.append(f"event {event.seq} does not follow the one before it: one of them was changed or moved")
    if event.digest() != event.hash:
        faults.append(f"event {event.seq} was changed after it was written")
    return faults


class _RowDigests:
    """The rows of every table, read along with the log in the order of their events."""

    def __init__(self, connection: sa.Connection) -> None:
        self._tables = {table.name: _by_event(connection, table) for table in ROW_TABLES}
        self._next = {name: next(groups, None) for name, groups in self._tables.items()}
        self._strays: list[str] = []

    def faults_of(self, event: Event) -> list[str]:
        """What is wrong with the rows that an event says it wrote."""
        faults = []
        said = _rows_said(event)
        for name, groups in self._tables.items():
            found = ""
            while (group := self._next[name]) is not None and group[0] <= event.seq:
                if group[0] == event.seq:
                    found = group[1]
                else:
                    self._strays.append(f"rows of {name} belong to event {group[0]}, which is not in the log")
                self._next[name] = next(groups, None)
            if found != said.get(name, ""):
                because = "were removed" if not found else "were added" if name not in said else "were changed"
                faults.append(f"wrote rows of {name} that {because} since")
        return faults

    def without_event(self) -> list[str]:
        """Rows that no event of the log wrote."""
        for name, groups in self._tables.items():
            while (group := self._next[name]) is not None:
                self._strays.append(f"rows of {name} belong to event {group[0]}, which is not in the log")
                self._next[name] = next(groups, None)
        return self._strays


def _rows_said(event: Event) -> dict[str, str]:
    try:
        body = json.loads(event.body)
    except ValueError:
        return {}
    said = body.get("rows", {}) if isinstance(body, dict) else {}
    return {str(name): str(digest) for name, digest in said.items()} if isinstance(said, dict) else {}


def _by_event(connection: sa.Connection, table: sa.Table) -> Iterator[tuple[int, str]]:
    """Each event that has rows in a table, with the digest of these rows."""
    query = sa.select(table).order_by(table.c.event, table.c.id).execution_options(yield_per=PAGE)
    group: list[Mapping[str, object]] = []
    for row in connection.execute(query).mappings():
        if group and group[0]["event"] != row["event"]:
            yield int(str(group[0]["event"])), digest_of_rows(table, group)
            group = []
        group.append(dict(row))
    if group:
        yield int(str(group[0]["event"])), digest_of_rows(table, group)
