"""Has a second officer agreed? The first call of an act only proposes it, the same call by another carries it out."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from landwaiter.cases.audit import canonical
from landwaiter.cases.schema import EVENTS, PROPOSALS
from landwaiter.cases.store import Change, Store
from landwaiter.errors import RefusedError

State = Literal["proposed", "done"]


@dataclass(frozen=True)
class Proposal:
    """An act that waits for its second officer."""

    kind: str
    payload: dict[str, object]
    by: str
    at: str


def act(
    store: Store,
    kind: str,
    payload: Mapping[str, object],
    *,
    by: str,
    now: datetime,
    then: Callable[[Change], None] | None = None,
) -> State:
    """Propose an act, or carry it out where another officer has proposed the very same.

    Args:
        store: where proposals are kept.
        kind: what is to be done, such as `seal` or `trust key`.
        payload: all that decides what is done: another value is another act.
        by: the officer; the one who proposed may not also carry out.
        now: the moment.
        then: writes what the act means into the same transaction, so that agreeing and doing are one.
    """
    text = canonical(payload)
    digest = hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest()
    # Refused before the change begins, so that a refusal leaves no event of an act that was not done.
    _refuse_the_same(store, kind, digest, by.strip())
    with store.change(kind, by, now) as change:
        proposer = _open_proposer(change.connection, digest)
        if proposer == by.strip():
            raise _same(kind, proposer)
        state: State = "done" if proposer else "proposed"
        change.body = {"act": digest, "state": state, **({"proposed_by": proposer} if proposer else {})}
        change.add(PROPOSALS, [{"kind": kind, "sha256": digest, "payload": text, "state": state}])
        if state == "done" and then is not None:
            then(change)
    return state


def open_proposals(store: Store) -> list[Proposal]:
    """Every act that waits for its second officer, oldest first."""
    query = sa.select(PROPOSALS, EVENTS.c.officer, EVENTS.c.at).join(EVENTS, EVENTS.c.seq == PROPOSALS.c.event)
    waiting: dict[str, Proposal] = {}
    with store.read() as connection:
        for row in connection.execute(query.order_by(PROPOSALS.c.id)):
            waiting.pop(row.sha256, None)
            if row.state == "proposed":
                waiting[row.sha256] = Proposal(row.kind, json.loads(row.payload), row.officer, row.at)
    return list(waiting.values())


def _refuse_the_same(store: Store, kind: str, digest: str, by: str) -> None:
    with store.read() as connection:
        if _open_proposer(connection, digest) == by:
            raise _same(kind, by)


def _same(kind: str, by: str) -> RefusedError:
    return RefusedError(kind, f"was proposed by {by}, who may not also carry it out", "another officer must say it too")


def _open_proposer(connection: sa.Connection, digest: str) -> str | None:
    """Who proposed this act and waits; None where nobody does."""
    query = (
        sa.select(PROPOSALS.c.state, EVENTS.c.officer)
        .join(EVENTS, EVENTS.c.seq == PROPOSALS.c.event)
        .where(PROPOSALS.c.sha256 == digest)
        .order_by(PROPOSALS.c.id.desc())
        .limit(1)
    )
    last = connection.execute(query).first()
    return str(last.officer) if last is not None and last.state == "proposed" else None
