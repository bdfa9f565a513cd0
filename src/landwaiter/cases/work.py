"""What do officers do with a case? Open, assign, note, ask with a deadline, decide, link: each adds, none changes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import sqlalchemy as sa

from landwaiter.cases.audit import canonical
from landwaiter.cases.proposals import State, act
from landwaiter.cases.schema import CASES, DOCUMENTS, ENTRIES, EVENTS, EVIDENCE, STATEMENTS
from landwaiter.cases.statement import TLP, Statement, identified
from landwaiter.cases.store import Change, Store, number
from landwaiter.errors import InputError
from landwaiter.ref.facts import read_facts

CHOICES = ("deny", "inspect", "release", "ask", "refer")
ANSWERS = ("yes", "no", "unknown")
QUESTIONS = {int(row["number"]): row["title"] for row in read_facts("end_use_questions").to_pylist()}
LONGEST = 20_000
# So many shipments of a trace are named in its sentence; all are kept.
MOST_TOLD = 10


@dataclass(frozen=True)
class Row:
    """One row of a table of a run, copied by value; `key` is the row's own key in that table."""

    source: str
    key: str
    body: Mapping[str, object]


@dataclass(frozen=True)
class Document:
    """A file of a case, with its bytes; `name` is text for people and never a path."""

    name: str
    media_type: str
    content: bytes
    tlp: str = "red"


@dataclass(frozen=True)
class Opening:
    """All that a new case starts with.

    Args:
        title: what it is about, in a few words.
        subject: the party or chain of the run, empty by hand.
        origin: `hand`, `run`, or `peer NAME` where a dossier was received.
        basis: the record of the run it was opened from.
        rows: its evidence.
        statements: what it says, ready to be sealed.
        documents: files that belong to it.
    """

    title: str
    subject: str = ""
    origin: str = "hand"
    basis: Mapping[str, object] = field(default_factory=dict)
    rows: Sequence[Row] = ()
    statements: Sequence[Statement] = ()
    documents: Sequence[Document] = ()


def open_case(store: Store, opening: Opening, *, by: str, now: datetime) -> str:
    """Open a case; its name, such as C12."""
    with store.change("open case", by, now) as change:
        name = _open(change, opening)
        change.body = {"case": name, "origin": opening.origin}
    return name


def receive(change: Change, sender: str, opening: Opening) -> str:
    """Open a case of what a peer's dossier says, under the sender's name; a peer's word alone blocks nothing."""
    return _open(change, replace(opening, origin=f"peer {sender}", rows=()))


def _open(change: Change, opening: Opening) -> str:
    case = {"title": _said("--title", opening.title), "subject": opening.subject, "origin": opening.origin}
    ident = change.add(CASES, [{**case, "basis": canonical(opening.basis)}])[0]
    change.add(EVIDENCE, [_evidence(ident, row) for row in opening.rows])
    _state(change, ident, opening.statements)
    change.add(DOCUMENTS, [_document(ident, one) for one in opening.documents])
    return f"C{ident}"


def note(store: Store, case: str, text: str, *, tlp: str, by: str, now: datetime) -> str:
    """Add a note, which is also a statement of the case under its marking; the statement's id."""
    if tlp not in TLP:
        raise InputError("--tlp", f"'{tlp}' is no marking", f"say one of {', '.join(TLP)}")
    with store.change("note", by, now) as change:
        change.body = {"case": f"C{number(case)}"}
        return write_note(change, case, _said("--text", text), tlp=tlp, now=now)


def write_note(change: Change, case: str, text: str, *, tlp: str, now: datetime) -> str:
    """The rows of a note, as a part of a change under way; its statement's id."""
    ident = _known(change, case)
    statement = _note_on(change, ident, text, tlp=tlp, now=now)
    change.add(ENTRIES, [_entry(ident, "note", {"text": text, "tlp": tlp, "statement": statement.id})])
    _state(change, ident, [statement])
    return statement.id


def write_trace(store: Store, case: str, asked: str, rows: Sequence[Mapping[str, object]], *,
                basis: Mapping[str, object], tlp: str, by: str, now: datetime) -> str:  # fmt: skip
    """Keep the shipments of a run that could have carried what a case asks for, by value; the statement's id."""
    text = told_of_trace(asked, rows)
    with store.change("trace", by, now) as change:
        ident = _known(change, case)
        statement = _note_on(change, ident, text, tlp=tlp, now=now)
        run = {name: basis[name] for name in ("folder", "as_of", "tables") if name in basis}
        body = {"asked": asked, "text": text, "run": run, "shipments": list(rows), "statement": statement.id}
        change.body = {"case": f"C{ident}", "shipments": len(rows)}
        change.add(ENTRIES, [_entry(ident, "trace", body)])
        _state(change, ident, [statement])
    return statement.id


def told_of_trace(asked: str, rows: Sequence[Mapping[str, object]]) -> str:
    """What was looked for, and the first shipments that could have carried it."""
    if not rows:
        return f"'{asked}': no shipment of these books names it; most declarations name no part"
    first = "; ".join(
        f"{row['declared_on']} {row['exporter_name']} ({row['dispatch_country']}) to {row['consignee_name']} "
        f"({row['destination_country']})" for row in rows[:MOST_TOLD]
    )  # fmt: skip
    more = f"; and {len(rows) - MOST_TOLD} more" if len(rows) > MOST_TOLD else ""
    return f"'{asked}' could have come with {len(rows)} shipments (inferred): {first}{more}"


def assign(store: Store, case: str, to: str, *, by: str, now: datetime) -> None:
    """Make a case somebody's."""
    _enter(store, case, "assignment", {"to": _said("--to", to)}, by=by, now=now)


def request(store: Store, case: str, text: str, *, to: str, due: date, by: str, now: datetime) -> str:
    """Ask somebody for something by a day; the request's name, such as R4."""
    body = {"text": _said("--text", text), "to": _said("--to", to), "due": due.isoformat()}
    return f"R{_enter(store, case, 'request', body, by=by, now=now)}"


def answer(store: Store, case: str, asked: str, text: str, *, by: str, now: datetime) -> None:
    """Close a request of a case with its answer."""
    with store.read() as connection:
        query = sa.select(ENTRIES.c.id).where(ENTRIES.c.id == number(asked), ENTRIES.c.kind == "request",
                                              ENTRIES.c.case_id == number(case))  # fmt: skip
        if connection.scalar(query) is None:
            raise InputError(asked, f"is no request of {case}", f"`landwaiter case show {case}` names them")
    _enter(store, case, "answer", {"request": f"R{number(asked)}", "text": _said("--text", text)}, by=by, now=now)


def check(store: Store, case: str, question: int, answer_: str, text: str, *, by: str, now: datetime) -> None:
    """Write down what an officer saw of a question of the check list: yes (a red flag), no, or unknown, and why."""
    if question not in QUESTIONS:
        raise InputError("--question", f"{question} is no question", f"they are 1 to {max(QUESTIONS)}")
    if answer_ not in ANSWERS:
        raise InputError("--answer", f"'{answer_}' is no answer", f"say one of {', '.join(ANSWERS)}")
    body = {"question": question, "title": QUESTIONS[question], "answer": answer_, "text": _said("--text", text)}
    _enter(store, case, "check", body, by=by, now=now)


def link(store: Store, case: str, other: str, *, reason: str, by: str, now: datetime) -> None:
    """Say that two cases belong together; both show it."""
    if number(case) == number(other):
        raise InputError(case, "cannot be linked with itself", "name two cases")
    with store.change("link", by, now) as change:
        one, two = _known(change, case), _known(change, other)
        change.body = {"cases": [f"C{one}", f"C{two}"]}
        why = _said("--reason", reason)
        change.add(ENTRIES, [_entry(one, "link", {"to": f"C{two}", "reason": why}),
                             _entry(two, "link", {"to": f"C{one}", "reason": why})])  # fmt: skip


def decide(
    store: Store, case: str, choice: str, *, reason: str, by: str, now: datetime, versions: Mapping[str, object]
) -> tuple[State, str]:
    """Decide a case; where a block stands, a release waits for a second officer. State, and the decision's name.

    Args:
        store: where the case is kept.
        case: its name.
        choice: deny, inspect, release, ask or refer.
        reason: why, for the officer who reads it in five years.
        by: who decides.
        now: the moment.
        versions: of the program and rules at hand; the decision also names those of the case's run.
    """
    if choice not in CHOICES:
        raise InputError("--as", f"'{choice}' is no decision", f"say {', '.join(CHOICES)}")
    body: dict[str, object] = {"choice": choice, "reason": _said("--reason", reason)}
    names: list[str] = []

    def write(change: Change) -> None:
        ident = _known(change, case)
        basis = json.loads(str(change.connection.scalar(sa.select(CASES.c.basis).where(CASES.c.id == ident))))
        whole = {**body, "basis": basis_of_decision(basis), "decided_with": dict(versions)}
        names.append(f"D{change.add(ENTRIES, [_entry(ident, 'decision', whole)])[0]}")

    blocks = blocks_of(store, case) if choice == "release" else []
    if blocks:
        payload = {"case": f"C{number(case)}", **body, "blocks": blocks}
        state = act(store, "release a blocked case", payload, by=by, now=now, then=write)
    else:
        with store.change("decision", by, now) as change:
            change.body = {"case": f"C{number(case)}", "choice": choice}
            write(change)
        state = "done"
    return state, names[0] if names else ""


def blocks_of(store: Store, case: str) -> list[str]:
    """What stands against releasing a case: a possible listed party in its evidence, control by one, or a denial."""
    ident = number(case)
    found = []
    with store.read() as connection:
        _known_to(connection, case)
        for source, body in connection.execute(
            sa.select(EVIDENCE.c.source, EVIDENCE.c.body)
            .where(EVIDENCE.c.case_id == ident, EVIDENCE.c.source.in_(("matches", "control_of")))
            .order_by(EVIDENCE.c.id)
        ):
            row = json.loads(body)
            if source == "matches" and row.get("decision") != "cleared":
                found.append(f"{row['party_id']} could be {row['listing_id']}")
            if source == "control_of" and row.get("answer") in ("yes", "possible"):
                found.append(f"{row['party_id']} is controlled by {row['listed_party']} under {row['regime']}")
        last = connection.scalar(
            sa.select(ENTRIES.c.body)
            .where(ENTRIES.c.case_id == ident, ENTRIES.c.kind == "decision")
            .order_by(ENTRIES.c.id.desc())
            .limit(1)
        )
    if last and json.loads(last)["choice"] == "deny":
        found.append("it was denied")
    return sorted(set(found))


def basis_of_decision(basis: Mapping[str, object]) -> dict[str, object]:
    """What a decision names of the run: day, versions, rules, lists and inputs; nothing for a case opened by hand."""
    kept = ("as_of", "versions", "rules", "options", "inputs", "lists", "lists_from", "folder", "not_run", "tables")
    return {name: basis[name] for name in kept if name in basis}


def _note_on(change: Change, ident: int, text: str, *, tlp: str, now: datetime) -> Statement:
    entity, day = _entity(change.connection, ident), now.date().isoformat()
    return identified(Statement("", entity, "Note", "description", text, first_seen=day, tlp=tlp))


def _enter(store: Store, case: str, kind: str, body: Mapping[str, object], *, by: str, now: datetime) -> int:
    with store.change(kind, by, now) as change:
        ident = _known(change, case)
        change.body = {"case": f"C{ident}"}
        return change.add(ENTRIES, [_entry(ident, kind, body)])[0]


def _known(change: Change, case: str) -> int:
    return _known_to(change.connection, case)


def _known_to(connection: sa.Connection, case: str) -> int:
    ident = number(case)
    if connection.scalar(sa.select(CASES.c.id).where(CASES.c.id == ident)) is None:
        raise InputError(case, "is no case of this installation", "`landwaiter case list` names them")
    return ident


def _state(change: Change, ident: int, statements: Sequence[Statement]) -> None:
    rows = [{"case_id": ident, "statement": one.id, "tlp": one.tlp, "body": canonical(one.to_json())}
            for one in statements]  # fmt: skip
    change.add(STATEMENTS, rows)


def _entry(ident: int, kind: str, body: Mapping[str, object]) -> dict[str, object]:
    return {"case_id": ident, "kind": kind, "body": canonical(body)}


def _evidence(ident: int, row: Row) -> dict[str, object]:
    text = canonical(row.body)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"case_id": ident, "source": row.source, "key": row.key, "body": text, "sha256": digest}


def _document(ident: int, one: Document) -> dict[str, object]:
    digest = hashlib.sha256(one.content).hexdigest()
    return {"case_id": ident, "sha256": digest, "name": one.name, "media_type": one.media_type, "tlp": one.tlp,
            "content": one.content}  # fmt: skip


def _entity(connection: sa.Connection, ident: int) -> str:
    """What a case is called in statements: unlike its number, no other agency has the same."""
    opened = sa.select(EVENTS.c.hash).join(CASES, CASES.c.event == EVENTS.c.seq).where(CASES.c.id == ident)
    return f"case-{str(connection.scalar(opened))[:16]}"


def _said(option: str, text: str) -> str:
    said = text.strip()
    if not said:
        raise InputError(option, "is empty", "write it in a few words")
    if len(said) > LONGEST:
        raise InputError(option, f"is longer than {LONGEST:,} characters", "attach it as a document")
    # A character that is half of another one cannot be written to any database or dossier.
    return said.encode("utf-8", "replace").decode("utf-8")
