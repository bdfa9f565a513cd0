"""`landwaiter case`: cases opened from a run or by hand, worked on, decided, and replayed."""

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table

from landwaiter.cases import work
from landwaiter.cases.backup import back_up
from landwaiter.cases.opening import basis_of, opening_of
from landwaiter.cases.proposals import open_proposals
from landwaiter.cases.reading import Case, Entry, evidence_of, list_cases, read_case, told_question
from landwaiter.cases.replay import replay as replay_decision
from landwaiter.cases.replay import versions_now
from landwaiter.cli.main import COMMANDS
from landwaiter.cli.office import kept_store, marking, moment, officer
from landwaiter.cli.tips import shipments_of
from landwaiter.errors import InputError
from landwaiter.settings import read_settings

Json = Annotated[bool, Parameter(name="--json", negative="")]
Choice = Literal["deny", "inspect", "release", "ask", "refer"]

case = App(name="case", help=COMMANDS["case"])


@case.command(name="open")
def open_(
    *, title: str, run: Path | None = None, subject: str | None = None, tlp: str = "red", by: str | None = None,
    json_: Json = False,
) -> int:  # fmt: skip
    """Open a case by hand, or from a lead of a finished run.

    From a run the case takes every row that the lead rests on, by value and with digests, so that it stays true when
    files are loaded anew; and it names the day, lists, rules, program and inputs of the run.

    Args:
        title: what it is about, in a few words.
        run: folder of a finished `landwaiter run`.
        subject: the lead: a subject_id of its assessments, a party_id or a chain_id.
        tlp: marking of what the rows say, for dossiers: clear, green, amber, amber+strict or red.
        by: the officer who acts; LANDWAITER_OFFICER or the machine's user if not given.
        json_: print a JSON object with the case's name.
    """
    if (run is None) != (subject is None):
        raise InputError("--run", "needs --subject, and --subject needs --run", "give both, or neither by hand")
    opening = work.Opening(title)
    if run is not None and subject is not None:
        opening = opening_of(run, subject, title, tlp=marking(tlp))
    with kept_store() as store:
        name = work.open_case(store, opening, by=officer(by), now=moment())
    _say({"case": name}, f"{name} is open: {title}", json_)
    return 0


@case.command(name="list")
def list_(*, json_: Json = False) -> int:
    """Name every case, whose it is, how it stands, and what is overdue; then what waits for a second officer.

    Args:
        json_: print one JSON object for each case.
    """
    today = date.today()
    with kept_store() as store:
        cases, waiting = list_cases(store), open_proposals(store)
    if json_:
        for one in cases:
            sys.stdout.write(json.dumps(_short(one, today), ensure_ascii=False) + "\n")
        return 0
    table = Table("case", "title", "state", "assigned to", "opened", "overdue")
    for one in cases:
        overdue = str(len(one.overdue(today)) or "")
        table.add_row(one.case, one.title, one.state, one.assigned_to, one.opened_at[:10], overdue)
    Console().print(table)
    for proposal in waiting:
        sys.stdout.write(f"waits for a second officer: {proposal.kind}, proposed by {proposal.by} on "
                         f"{proposal.at[:10]}: {json.dumps(proposal.payload, ensure_ascii=False)}\n")  # fmt: skip
    return 0


@case.command
def show(name: Annotated[str, Parameter(name="CASE")], /, *, json_: Json = False) -> int:
    """Tell a case from its opening to now: evidence counted by table, notes, requests, decisions, links.

    Args:
        name: the case, such as C12.
        json_: print a JSON object.
    """
    today = date.today()
    with kept_store() as store:
        one = read_case(store, name)
        said = [statement.to_json() for statement in store.statements_of(name)]
        blocks = work.blocks_of(store, name)
        questions = evidence_of(store, name, ("checklist",)).get("checklist", [])
    if json_:
        entries = [{"name": _name(entry), "kind": entry.kind, "by": entry.by, "at": entry.at, **entry.body}
                   for entry in one.entries]  # fmt: skip
        whole = {
            **_short(one, today),
            "counts": one.counts,
            "blocks": blocks,
            "checklist": questions,
            "entries": entries,
            "statements": said,
        }
        sys.stdout.write(json.dumps(whole, ensure_ascii=False) + "\n")
        return 0
    lines = [
        f"{one.case}  {one.title}",
        f"{one.state}, opened by {one.opened_by} on {one.opened_at[:10]} ({one.origin})",
    ]
    lines += [f"assigned to {one.assigned_to}"] if one.assigned_to else []
    lines += [f"subject: {one.subject}"] if one.subject else []
    lines.append("holds " + ", ".join(f"{rows:,} {source}" for source, rows in one.counts.items()))
    lines += [f"stands against a release: {block}" for block in blocks]
    lines += [told_question(row) for row in questions]
    lines += [f"overdue: R{entry.id} to {entry.body['to']}, due {entry.body['due']}" for entry in one.overdue(today)]
    lines += [f"{entry.at[:16]}  {entry.by}: {_told(entry)}" for entry in one.entries]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


@case.command
def assign(name: Annotated[str, Parameter(name="CASE")], /, *, to: str, by: str | None = None) -> int:
    """Make a case somebody's.

    Args:
        name: the case, such as C12.
        to: the officer whose it is from now on.
        by: the officer who acts.
    """
    with kept_store() as store:
        work.assign(store, name, to, by=officer(by), now=moment())
    sys.stdout.write(f"{name} is assigned to {to}\n")
    return 0


@case.command
def note(
    name: Annotated[str, Parameter(name="CASE")], /, *, text: str, tlp: str = "red", by: str | None = None,
    json_: Json = False,
) -> int:  # fmt: skip
    """Add a note, which a dossier may carry to a peer as far as its marking allows.

    Args:
        name: the case, such as C12.
        text: the note.
        tlp: clear, green, amber, amber+strict or red; without a word it is red and stays at home.
        by: the officer who acts.
        json_: print a JSON object with the statement's id.
    """
    mark = marking(tlp)
    with kept_store() as store:
        ident = work.note(store, name, text, tlp=mark, by=officer(by), now=moment())
    _say({"case": name, "statement": ident}, f"{name}: noted, TLP:{mark.upper()}", json_)
    return 0


@case.command
def request(
    name: Annotated[str, Parameter(name="CASE")], /, *, text: str, to: str, due: date, by: str | None = None,
    json_: Json = False,
) -> int:  # fmt: skip
    """Ask somebody for something by a day; overdue ones stand in `list` and `show`.

    Args:
        name: the case, such as C12.
        text: what is asked.
        to: who is asked.
        due: the last day for an answer.
        by: the officer who acts.
        json_: print a JSON object with the request's name.
    """
    with kept_store() as store:
        ident = work.request(store, name, text, to=to, due=due, by=officer(by), now=moment())
    _say({"case": name, "request": ident}, f"{name}: {ident} to {to}, due {due}", json_)
    return 0


@case.command
def answer(
    name: Annotated[str, Parameter(name="CASE")], asked: Annotated[str, Parameter(name="REQUEST")], /, *, text: str,
    by: str | None = None,
) -> int:  # fmt: skip
    """Close a request with its answer.

    Args:
        name: the case, such as C12.
        asked: the request, such as R4.
        text: the answer.
        by: the officer who acts.
    """
    with kept_store() as store:
        work.answer(store, name, asked, text, by=officer(by), now=moment())
    sys.stdout.write(f"{name}: {asked} is answered\n")
    return 0


@case.command
def check(
    name: Annotated[str, Parameter(name="CASE")], /, *, question: int, answer: Literal["yes", "no", "unknown"],
    text: str, by: str | None = None,
) -> int:  # fmt: skip
    """Answer a question of the check list yourself, such as 21: cash offered, training refused, vague dates.

    `show` tells the 21 questions with what became of each in the run, and every officer's answer beside it.

    Args:
        name: the case, such as C12.
        question: its number, 1 to 21.
        answer: yes (it is as the question asks, a red flag), no or unknown.
        text: what you saw or were told, and by whom.
        by: the officer who acts.
    """
    with kept_store() as store:
        work.check(store, name, question, answer, text, by=officer(by), now=moment())
    sys.stdout.write(f"{name}: question {question} is answered: {answer}\n")
    return 0


@case.command
def decide(
    name: Annotated[str, Parameter(name="CASE")], choice: Annotated[Choice, Parameter(name="DECISION")], /, *,
    reason: str, by: str | None = None, json_: Json = False,
) -> int:  # fmt: skip
    """Decide a case, with the reason; a release against which something stands needs a second officer.

    Args:
        name: the case, such as C12.
        choice: deny, inspect, release, ask or refer.
        reason: why, for whoever reads it in five years.
        by: the officer who acts; where a second one is needed, the same call by another carries it out.
        json_: print a JSON object: state (proposed or done) and decision.
    """
    with kept_store() as store:
        state, ident = work.decide(
            store, name, choice, reason=reason, by=officer(by), now=moment(), versions=versions_now()
        )
    told = f"{ident}: {choice}" if ident else f"{choice} is proposed: the same call by another officer carries it out"
    _say({"case": name, "state": state, "decision": ident or None}, f"{name}: {told}", json_)
    return 0


@case.command
def link(
    name: Annotated[str, Parameter(name="CASE")], other: Annotated[str, Parameter(name="OTHER")], /, *, reason: str,
    by: str | None = None,
) -> int:  # fmt: skip
    """Say that two cases belong together; both show it.

    Args:
        name: one case.
        other: the other.
        reason: what they have in common.
        by: the officer who acts.
    """
    with kept_store() as store:
        work.link(store, name, other, reason=reason, by=officer(by), now=moment())
    sys.stdout.write(f"{name} and {other} are linked\n")
    return 0


@case.command
def replay(name: Annotated[str, Parameter(name="DECISION")], /, *, json_: Json = False) -> int:
    """Do the run behind a decision again from the recorded inputs, and say same, or exactly what differs.

    Inputs are taken from where they lay and must have the recorded digests; what cannot be rerun is said, with the
    reason. Exit status 0 where all is the same.

    Args:
        name: the decision, such as D3, or a case, such as C12, for its last one.
        json_: print a JSON object: decision, case, outcome, lines, notes.
    """
    settings = read_settings()
    with kept_store() as store:
        found = replay_decision(
            store, name, settings.home / "replay", memory_mb=settings.memory_mb, threads=settings.threads
        )
    lines = [
        f"{found.decision} of {found.case}: {found.outcome}",
        *found.lines,
        *(f"note: {one}" for one in found.notes),
    ]
    _say(asdict(found), "\n".join(lines), json_)
    return 0 if found.outcome == "same" else 1


@case.command
def trace(
    name: Annotated[str, Parameter(name="CASE")], /, *, run: Path, tlp: str = "red", by: str | None = None,
    json_: Json = False,
) -> int:  # fmt: skip
    """Look for the shipments that a tip could mean: each marking or number that the case says, in a finished run.

    The shipments are kept in the case by value, and a sentence on them as a statement, which an answer to the partner
    may carry as far as its marking allows. That a part came with a shipment is inferred from the numbers in the books.
    Follow the shipments up and down with `landwaiter trace --marking TEXT --out RUN`. Exit status 1 where none names
    it; most declarations name no part, so that clears none.

    Args:
        name: the case, such as C2.
        run: folder of a finished `landwaiter run`.
        tlp: marking of the sentence: clear, green, amber, amber+strict or red.
        by: the officer who acts.
        json_: print a JSON object: by what was asked, its shipments.
    """
    mark, basis = marking(tlp), basis_of(run)
    with kept_store() as store:
        found = shipments_of(store.statements_of(read_case(store, name).case), run, date.today())
        if not found:
            raise InputError(name, "says no marking or number that could be looked for", "note it, as it stands there")
        for asked, rows in found.items():
            work.write_trace(store, name, asked, rows, basis=basis, tlp=mark, by=officer(by), now=moment())
    lines = [f"{name}: {work.told_of_trace(asked, rows)}" for asked, rows in found.items()]
    _say(dict(found), "\n".join(lines), json_)
    return 0 if any(found.values()) else 1


@case.command
def backup(*, out: Path) -> int:
    """Copy all cases and the audit log to a new file, one moment of the whole, while others go on working.

    Args:
        out: the file to write; one that is there is never replaced.
    """
    settings = read_settings()
    size = back_up(settings.home, out, settings.database)
    sys.stdout.write(f"{out}: {size:,} bytes, checked\n")
    return 0


def _say(whole: dict[str, object], sentence: str, json_: bool) -> None:
    sys.stdout.write((json.dumps(whole, ensure_ascii=False) if json_ else sentence) + "\n")


def _short(one: Case, today: date) -> dict[str, object]:
    return {"case": one.case, "title": one.title, "state": one.state, "assigned_to": one.assigned_to,
            "subject": one.subject, "origin": one.origin, "opened_by": one.opened_by, "opened_at": one.opened_at,
            "overdue": [f"R{entry.id}" for entry in one.overdue(today)]}  # fmt: skip


def _name(entry: Entry) -> str:
    return {"decision": "D", "request": "R"}.get(entry.kind, "E") + str(entry.id)


def _told(entry: Entry) -> str:
    body = entry.body
    match entry.kind:
        case "note":
            return f"note, TLP:{str(body['tlp']).upper()}: {body['text']}"
        case "request":
            return f"{_name(entry)} to {body['to']}, due {body['due']}: {body['text']}"
        case "answer":
            return f"answer to {body['request']}: {body['text']}"
        case "decision":
            return f"{_name(entry)} {body['choice']}: {body['reason']}"
        case "trace":
            return str(body["text"])
        case "check":
            return f"question {body['question']} ({body['title']}): {body['answer']}: {body['text']}"
        case "link":
            return f"linked with {body['to']}: {body['reason']}"
        case _:
            return f"assigned to {body['to']}"
