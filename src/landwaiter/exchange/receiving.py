"""What becomes of a package that held? A case of its own, a receipt that is kept, or statements that are taken back.

A peer's word never blocks or clears anything by itself: it becomes a case for an officer.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from landwaiter.cases.audit import Head
from landwaiter.cases.store import Change, Store
from landwaiter.cases.work import Document, Opening, receive, write_note
from landwaiter.errors import RefusedError
from landwaiter.exchange.document import write_chain
from landwaiter.exchange.dossier import Package
from landwaiter.exchange.examine import Opened
from landwaiter.exchange.refusal import refusal
from landwaiter.exchange.register import (
    FOLLOW,
    RECEIVE,
    SEAL,
    TAKE_BACK,
    acts,
    check_new,
    fact_of,
    passed_on,
    peers,
    received,
    remember,
    statements_from,
)

# Kinds of which no case comes.
_WITHOUT_CASE = ("receipt", "revocation", "ask setup", "ask request", "ask answer")


@dataclass(frozen=True)
class Received:
    """What became of a package: its case, if any, and what an officer should know."""

    case: str
    notes: Sequence[str]


def take_in(store: Store, opened: Opened, *, by: str, now: datetime) -> Received:
    """Take a verified package in, once and whole or not at all: its case, and what an officer should know.

    Whether it was taken in before is asked under the lock of writers, and the database itself takes none twice.
    """
    try:
        with store.change(RECEIVE, by, now) as change:
            notes = [*check_new(store, opened), *_follow_keys(store, change, opened)]
            notes += _read_receipt(store, opened) if opened.kind == "receipt" else []
            case = "" if opened.kind in _WITHOUT_CASE else _open_case(change, opened)
            change.body = {**fact_of(opened), "about": opened.claims["about"], "case": case}
            remember(change, opened)
            notes += _follow_revocation(store, change, opened, now)
    except sa.exc.IntegrityError:
        raise refusal("replayed", f"package {opened.jti[:12]}") from None
    return Received(case, notes)


def receipt_for(store: Store, opened: Opened) -> Package:
    """A receipt for a package that was taken in: what it was, and that it is kept; the log's head travels with it."""
    mine = [one for one in received(store) if one.text("jti") == opened.jti]
    if not mine:
        raise RefusedError(opened.jti, "was not taken in here", "`landwaiter open` it first")
    about = {"jti": opened.jti, "manifest": opened.digest, "opened_at": mine[0].at,
             "accepted": sorted(one.id for one in opened.statements), "documents": sorted(opened.blobs),
             "your_head": opened.claims["log_head"]}  # fmt: skip
    return Package("receipt", f"Receipt for {opened.jti}", about=about)


def heads_kept_for_us(store: Store) -> list[Head]:
    """Heads of our own log as peers hold them, from their receipts: a log that ends before one has lost its tail."""
    return [head for one in received(store) if (head := head_in(one.body.get("about"))) is not None]


def head_in(about: object) -> Head | None:
    """The head of our log that a receipt brings back; None where it brings none."""
    head = about.get("your_head") if isinstance(about, dict) else None
    return Head(int(str(head["seq"])), str(head["hash"])) if isinstance(head, dict) and head else None


def _follow_keys(store: Store, change: Change, opened: Opened) -> list[str]:
    known = peers(store).get(opened.sender)
    if known is None or len(opened.chain) <= len(known.chain):
        return []
    change.also(FOLLOW, {"peer": opened.sender, "chain": write_chain(opened.chain).decode()})
    return [f"{opened.sender} has new keys, signed by the root keys that are trusted"]


def _open_case(change: Change, opened: Opened) -> str:
    documents = [Document(one.name, one.media_type, opened.blobs[one.digest], one.tlp) for one in opened.documents]
    title = str(opened.claims["title"]) or f"{opened.kind} from {opened.sender}"
    basis = {"dossier": fact_of(opened), "about": opened.claims["about"], "handling": opened.claims["handling"],
             "versions": opened.claims["versions"], "silent": opened.silent,
             "withheld": opened.claims["withheld"]}  # fmt: skip
    return receive(
        change, opened.sender, Opening(title, basis=basis, statements=opened.statements, documents=documents)
    )


def _read_receipt(store: Store, opened: Opened) -> list[str]:
    about = opened.claims["about"]
    assert isinstance(about, dict)
    sent = [one for one in acts(store, SEAL) if one.text("jti") == about.get("jti")]
    if not sent or sent[0].text("manifest") != about.get("manifest") or sent[0].text("to") != opened.sender:
        raise RefusedError(f"receipt {opened.jti[:12]}", "is for a package that we did not send to them")
    accepted = about.get("accepted")
    count = len(accepted) if isinstance(accepted, list) else 0
    return [f"{opened.sender} opened package {about['jti']} and took in {count} statements"]


def _follow_revocation(store: Store, change: Change, opened: Opened, now: datetime) -> list[str]:
    """Take back what the same sender sent; say who else has it from us."""
    asked = opened.claims["revokes"]
    wanted = [str(one) for one in asked] if isinstance(asked, list) else []
    if not wanted:
        return []
    theirs = statements_from(store, opened.sender)
    found = sorted(set(wanted) & set(theirs))
    if found:
        change.also(TAKE_BACK, {"from": opened.sender, "jti": opened.jti, "statements": found})
    by_case: dict[str, list[str]] = defaultdict(list)
    for one in found:
        by_case[theirs[one]].append(one)
    for case, gone in by_case.items():
        text = f"{opened.sender} took back {len(gone)} statements: {', '.join(gone)}"
        write_note(change, case, text, tlp="red", now=now)
    notes = [f"{opened.sender} took back {len(found)} statements of {', '.join(by_case) or 'no case'}"]
    notes += [f"{peer} has {len(ids)} of them from us: send the revocation on with --revokes {','.join(ids)}"
              for peer, ids in passed_on(store, found).items()]  # fmt: skip
    return notes
