"""Whom do we trust, what did we send and receive, and what was taken back? Read from the audit log and the cases.

Nothing of this is kept twice: each act of exchange is an event of the audit log, and what is read here is read from
there. So what protects the log protects the register.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from landwaiter.cases.schema import CASES, EVENTS, PACKAGES, STATEMENTS
from landwaiter.cases.store import Change, Store
from landwaiter.errors import InputError, RefusedError
from landwaiter.exchange.document import KeyDocument, Signed, read_chain
from landwaiter.exchange.examine import Opened
from landwaiter.exchange.refusal import refusal

TRUST, FOLLOW, REVOKE = "trust key", "follow key", "revoke key"
SEAL, PASS_ON, RECEIVE, TAKE_BACK = "seal", "pass on", "receive", "take back"
ANSWER, REDACT = "answer question", "redact"
# What takes a number in the sequence to a peer.
SENDING = (SEAL, PASS_ON, ANSWER)


@dataclass(frozen=True)
class Act:
    """An event of the log that belongs to exchange."""

    kind: str
    by: str
    at: str
    body: Mapping[str, object]

    def text(self, name: str) -> str:
        """A part of what it says, as text; empty where it says nothing of it."""
        return str(self.body.get(name, ""))

    def number(self, name: str) -> int:
        """A part of what it says, as a number."""
        return int(str(self.body.get(name, 0)))

    def texts(self, name: str) -> list[str]:
        """A part of what it says, as a list of texts."""
        found = self.body.get(name, [])
        return [str(one) for one in found] if isinstance(found, list) else []


@dataclass(frozen=True)
class Peer:
    """An agency whose fingerprint two officers compared; `revoked_at` is when trust ended, or 0."""

    name: str
    chain: Sequence[Signed]
    revoked_at: int = 0

    @property
    def document(self) -> KeyDocument:
        """Its newest key document."""
        return self.chain[-1].document


def acts(store: Store, *kinds: str) -> list[Act]:
    """Everything of these kinds that was done, in order; what was only proposed is left out."""
    query = sa.select(EVENTS).where(EVENTS.c.kind.in_(kinds)).order_by(EVENTS.c.seq)
    with store.read() as connection:
        found = [Act(row.kind, row.officer, row.at, json.loads(row.body)) for row in connection.execute(query)]
    return [one for one in found if one.body.get("state") != "proposed"]


def peers(store: Store) -> dict[str, Peer]:
    """Every agency that was trusted, by name, with its newest keys."""
    found: dict[str, Peer] = {}
    for one in acts(store, TRUST, FOLLOW, REVOKE):
        name = one.text("peer")
        if one.kind == REVOKE:
            if name in found:
                found[name] = Peer(name, found[name].chain, one.number("revoked_at"))
        else:
            found[name] = Peer(name, read_chain(one.text("chain").encode(), name))
    return found


def peer_named(store: Store, name: str) -> Peer:
    """One agency that is trusted now."""
    found = peers(store)
    if name not in found:
        known = ", ".join(found) or "none yet"
        raise InputError(name, f"is no agency that we trust (these are: {known})", "`landwaiter key trust F`")
    if found[name].revoked_at:
        raise RefusedError(name, "is not trusted any more", "compare fingerprints and trust them again")
    return found[name]


def trusted_chains(store: Store) -> list[Sequence[Signed]]:
    """The key documents of all whom we trust now."""
    return [one.chain for one in peers(store).values() if not one.revoked_at]


def next_place(store: Store, peer: str) -> tuple[int, str]:
    """The number of the next package to a peer, and the digest of the one before."""
    before = [one for one in acts(store, *SENDING) if one.text("to") == peer and one.body.get("seq")]
    return (before[-1].number("seq") + 1, before[-1].text("manifest")) if before else (1, "")


def last_written(store: Store, most: int) -> list[Act]:
    """The last acts that wrote a file for a peer, newest first."""
    query = sa.select(EVENTS).where(EVENTS.c.kind.in_((*SENDING, REDACT))).order_by(EVENTS.c.seq.desc()).limit(most)
    with store.read() as connection:
        found = [Act(row.kind, row.officer, row.at, json.loads(row.body)) for row in connection.execute(query)]
    return [one for one in found if one.text("file")]


def received(store: Store) -> list[Act]:
    """Every package that was taken in, whether a case came of it or not."""
    return acts(store, RECEIVE)


def remember(change: Change, opened: Opened) -> None:
    """Keep a package as taken in; the database refuses the same one twice, whoever writes."""
    change.add(PACKAGES, [{"sender": opened.sender, "manifest": opened.digest}])


def check_new(store: Store, opened: Opened) -> list[str]:
    """Refuse what was opened before or has been replaced; say what is missing before it."""
    before = [one for one in received(store) if one.text("from") == opened.sender]
    where, seq = f"package {opened.jti[:12]}", opened.number("seq")
    if any(one.text("jti") == opened.jti for one in before):
        raise refusal("replayed", where)
    if any(one.number("seq") == seq for one in before):
        raise refusal("out of order", where, f"number {seq} came before with another content")
    if any(opened.jti in one.texts("supersedes") for one in before):
        raise refusal("out of order", where, "a later one replaces it")
    last = max((one.number("seq") for one in before), default=0)
    if seq > last + 1:
        return [f"{seq - last - 1} packages that {opened.sender} sent before this one have not been opened here"]
    if seq < last:
        return [f"it comes late: number {last} of {opened.sender} was opened before it"]
    return []


def fact_of(opened: Opened) -> dict[str, object]:
    """What is remembered of a package that was opened."""
    claims = opened.claims
    return {"from": opened.sender, "package": opened.kind, "jti": opened.jti, "manifest": opened.digest,
            "seq": claims["seq"], "iat": claims["iat"], "supersedes": claims["supersedes"],
            "log_head": claims["log_head"]}  # fmt: skip


def taken_back(store: Store) -> set[str]:
    """Ids of statements that their originators took back."""
    return {ident for one in acts(store, TAKE_BACK) for ident in one.texts("statements")}


def statements_from(store: Store, sender: str) -> dict[str, str]:
    """Each statement that a peer's dossiers brought, and the case it came into."""
    query = sa.select(STATEMENTS.c.statement, CASES.c.id).join(CASES, CASES.c.id == STATEMENTS.c.case_id)
    with store.read() as connection:
        return {row[0]: f"C{row[1]}" for row in connection.execute(query.where(CASES.c.origin == f"peer {sender}"))}


def passed_on(store: Store, statements: Sequence[str]) -> dict[str, list[str]]:
    """To whom any of these statements went from here, by peer."""
    wanted, found = set(statements), dict[str, list[str]]()
    for one in acts(store, SEAL, PASS_ON):
        met = wanted & set(one.texts("statements"))
        if met:
            found[one.text("to")] = sorted({*found.get(one.text("to"), []), *met})
    return found
