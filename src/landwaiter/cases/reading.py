"""What stands in a case, and which cases are there? Read from the store as plain values that print and turn to JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from landwaiter.cases.schema import CASES, DOCUMENTS, ENTRIES, EVENTS, EVIDENCE, STATEMENTS
from landwaiter.cases.store import Store, number
from landwaiter.errors import InputError

# The state of a case after each decision; without one it is open.
STATES = {"deny": "denied", "inspect": "to be inspected", "release": "released", "ask": "waiting", "refer": "referred"}


@dataclass(frozen=True)
class Entry:
    """A note, assignment, request, answer, check, decision or link, with who wrote it and when."""

    id: int
    kind: str
    body: dict[str, object]
    by: str
    at: str


@dataclass
class Case:
    """A case as it stands.

    Args:
        case: its name, such as C12.
        basis: the record of the run from which it was opened.
        entries: in the order in which they were written.
        counts: rows of evidence by table, and `statements` and `documents`.
    """

    case: str
    title: str
    subject: str
    origin: str
    opened_by: str
    opened_at: str
    basis: dict[str, object] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def of(self, kind: str) -> list[Entry]:
        """The entries of one kind."""
        return [entry for entry in self.entries if entry.kind == kind]

    @property
    def state(self) -> str:
        """Open, or what the last decision made of it."""
        decisions = self.of("decision")
        return STATES[str(decisions[-1].body["choice"])] if decisions else "open"

    @property
    def assigned_to(self) -> str:
        """Whose it is now; empty where nobody's."""
        assigned = self.of("assignment")
        return str(assigned[-1].body["to"]) if assigned else ""

    def open_requests(self) -> list[Entry]:
        """Requests without an answer."""
        answered = {entry.body["request"] for entry in self.of("answer")}
        return [entry for entry in self.of("request") if f"R{entry.id}" not in answered]

    def overdue(self, today: date) -> list[Entry]:
        """Open requests whose day has passed."""
        return [entry for entry in self.open_requests() if str(entry.body["due"]) < today.isoformat()]


def list_cases(store: Store) -> list[Case]:
    """Every case with its entries, without counts and basis; oldest first."""
    with store.read() as connection:
        cases = _cases(connection, None)
        for ident, entry in _entries(connection, None):
            cases[ident].entries.append(entry)
    return list(cases.values())


def read_case(store: Store, name: str) -> Case:
    """One case with all that stands in it but the evidence rows themselves."""
    ident = number(name)
    with store.read() as connection:
        case = _cases(connection, ident).get(ident)
        if case is None:
            raise InputError(name, "is no case of this installation", "`landwaiter case list` names them")
        case.entries = [entry for _, entry in _entries(connection, ident)]
        by_source = sa.select(EVIDENCE.c.source, sa.func.count()).where(EVIDENCE.c.case_id == ident)
        counted = connection.execute(by_source.group_by(EVIDENCE.c.source).order_by(EVIDENCE.c.source))
        case.counts = {str(source): int(rows) for source, rows in counted}
        for table in (STATEMENTS, DOCUMENTS):
            count = sa.select(sa.func.count()).select_from(table).where(table.c.case_id == ident)
            case.counts[table.name] = int(connection.scalar(count) or 0)
    return case


def evidence_of(store: Store, name: str, sources: Sequence[str] = ()) -> dict[str, list[dict[str, object]]]:
    """The evidence rows of a case by table, in the order in which they were copied."""
    query = sa.select(EVIDENCE.c.source, EVIDENCE.c.body).where(EVIDENCE.c.case_id == number(name))
    if sources:
        query = query.where(EVIDENCE.c.source.in_(sources))
    found: dict[str, list[dict[str, object]]] = {}
    with store.read() as connection:
        for source, body in connection.execute(query.order_by(EVIDENCE.c.id)):
            found.setdefault(str(source), []).append(json.loads(body))
    return found


def _cases(connection: sa.Connection, ident: int | None) -> dict[int, Case]:
    query = sa.select(CASES, EVENTS.c.officer, EVENTS.c.at).join(EVENTS, EVENTS.c.seq == CASES.c.event)
    if ident is not None:
        query = query.where(CASES.c.id == ident)
    return {
        int(row.id): Case(f"C{row.id}", row.title, row.subject, row.origin, row.officer, row.at, json.loads(row.basis))
        for row in connection.execute(query.order_by(CASES.c.id))
    }


def _entries(connection: sa.Connection, ident: int | None) -> list[tuple[int, Entry]]:
    query = sa.select(ENTRIES, EVENTS.c.officer, EVENTS.c.at).join(EVENTS, EVENTS.c.seq == ENTRIES.c.event)
    if ident is not None:
        query = query.where(ENTRIES.c.case_id == ident)
    return [
        (int(row.case_id), Entry(int(row.id), row.kind, json.loads(row.body), row.officer, row.at))
        for row in connection.execute(query.order_by(ENTRIES.c.id))
    ]


def told_question(row: Mapping[str, object]) -> str:
    """A question of the check list and what became of it in the run; one that was asked in vain clears nobody."""
    found = row["finding_ids"]
    raised = f"raised by {', '.join(map(str, found))}" if isinstance(found, list) else ""
    outcome = raised if row["state"] == "raised" else f"{row['state']} ({row['why']})"
    return f"question {row['question']}, {row['title']}: {outcome}"
