"""How does a private query travel? As three packages; each side keeps its secret, and the answerer keeps a budget.

With a list of all companies in the world a peer could ask for every one. So what a peer may ask in a month is counted,
and what is beyond it needs two officers, who see how much was asked.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from landwaiter.cases.proposals import State, act
from landwaiter.cases.statement import Evidence
from landwaiter.cases.store import Change
from landwaiter.errors import InputError, RefusedError
from landwaiter.exchange import private
from landwaiter.exchange.dossier import Package
from landwaiter.exchange.examine import Opened
from landwaiter.exchange.home import KeyFolder, free, write_whole
from landwaiter.exchange.keys import lock, sha256, unlock
from landwaiter.exchange.register import ANSWER, RECEIVE, Peer, acts, check_new, fact_of, remember
from landwaiter.exchange.sending import Sender, post, settle, write_package

# A question each week of two hundred names (about ten keys a name, padded to 2,048), five of which fall into a period,
# and three more for what is urgent. What a dishonest peer gets of it: `bench/quality/attacks.py`.
BUDGET = 2**14
PERIOD = timedelta(days=30)
_TYPE = "application/vnd.landwaiter.private-query"


@dataclass(frozen=True)
class Asker:
    """Who takes part in a query, and where its secrets lie."""

    sender: Sender
    folder: KeyFolder

    def remember(self, name: str, secret: Mapping[str, str]) -> None:
        """Keep a secret of a query under the passphrase."""
        path = self._path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, lock(dict(secret), self.folder.passphrase, self.sender.chance))

    def recall(self, name: str) -> dict[str, str]:
        """The secret that was kept."""
        path = self._path(name)
        if not path.exists():
            raise InputError(name, "is no query of this installation", "it was made elsewhere, or its secret is gone")
        return unlock(path.read_bytes(), self.folder.passphrase, str(path))

    def _path(self, name: str) -> Path:
        return self.folder.home / "asks" / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.secret"


def send_setup(asker: Asker, peer: Peer, keys: Sequence[Sequence[str]], out: Path) -> int:
    """Blind our keys for one peer; how many there are, padded."""
    made = private.setup(keys, asker.sender.chance)
    package = _package("ask setup", made.message, {"keys": len(made.keys)})
    jti = post(asker.sender, peer, package, out).jti
    asker.remember(f"setup {jti}", {"secret": made.secret.hex()})
    return len(made.keys)


def send_request(asker: Asker, peer: Peer, setup: Opened, keys: Mapping[str, Sequence[str]], out: Path) -> int:
    """Blind the keys of our names for a peer's setup; how many are asked, padded."""
    _of_kind(setup, "ask setup")
    made = private.request([key for of_name in keys.values() for key in of_name], asker.sender.chance)
    about = {"setup": setup.jti, "keys": len(made.keys)}
    jti = post(asker.sender, peer, _package("ask request", made.message, about), out).jti
    asker.remember(f"request {jti}", {"secret": made.secret.hex(), "setup": setup.jti,
                                      "asked": json.dumps(made.keys), "names": json.dumps(keys)})  # fmt: skip
    return len(made.keys)


def send_answer(asker: Asker, peer: Peer, request: Opened, out: Path) -> tuple[State, int, int]:
    """Answer a peer's request once: state, keys that were asked, and what was asked in the period before."""
    _of_kind(request, "ask request")
    sender, about = asker.sender, _about(request)
    count = _count(about)
    secret = bytes.fromhex(asker.recall(f"setup {about['setup']}")["secret"])
    message = private.answer(_message(request), secret, count)
    free(out)
    check_new(sender.store, request)
    before = asked_before(asker, peer.name, sender.now)
    fact = {"from": peer.name, "question": request.jti, "keys": count}

    def write(change: Change) -> None:
        check_new(sender.store, request)
        remember(change, request)
        package = _package("ask answer", message, {"request": request.jti, "setup": about["setup"]})
        write_package(sender, change, peer, package, out=out)
        change.body |= fact
        change.also(RECEIVE, {**fact_of(request), "about": about, "case": ""})

    if before + count > BUDGET:
        state = act(sender.store, ANSWER, {**fact, "before": before}, by=sender.by, now=sender.now, then=write)
    else:
        state = "done"
        with sender.store.change(ANSWER, sender.by, sender.now) as change:
            if asked_before(asker, peer.name, sender.now) != before:
                raise RefusedError("a question", "came while another of this peer was answered", "answer it again")
            write(change)
    if state == "done":
        settle(out)
    return state, count, before


def read_answer(asker: Asker, setup: Opened, answer: Opened) -> dict[str, list[str]]:
    """Which of our names the peer knows, and by which keys; the name's other keys it does not know."""
    _of_kind(setup, "ask setup")
    _of_kind(answer, "ask answer")
    about = _about(answer)
    kept = asker.recall(f"request {about['request']}")
    if kept["setup"] != setup.jti or setup.sender != answer.sender:
        raise RefusedError(answer.jti, "answers a request to another setup", "name the setup that was asked")
    asked = private.Blinded(b"", bytes.fromhex(kept["secret"]), tuple(json.loads(kept["asked"])))
    known = set(private.shared(_message(setup), _message(answer), asked))
    names = json.loads(kept["names"])
    return {name: found for name, keys in names.items() if (found := [key for key in keys if key in known])}


def asked_before(asker: Asker, peer: str, now: datetime) -> int:
    """How many keys of a peer were answered in the period that ends now."""
    since = now - PERIOD
    return sum(one.number("keys") for one in acts(asker.sender.store, ANSWER)
               if one.text("from") == peer and datetime.fromisoformat(one.at) > since)  # fmt: skip


def _package(kind: str, message: bytes, about: Mapping[str, object]) -> Package:
    described = Evidence(sha256(message), kind, _TYPE, len(message), "amber")
    return Package(kind, kind, documents=[described], blobs={described.digest: message}, about=about)


def _message(opened: Opened) -> bytes:
    if len(opened.documents) != 1:
        raise RefusedError(opened.jti, "holds no message of a private query")
    return opened.blobs[opened.documents[0].digest]


def _of_kind(opened: Opened, kind: str) -> None:
    if opened.kind != kind:
        raise InputError(f"package {opened.jti[:12]}", f"is a {opened.kind}, not an {kind}", "name the other file")


def _about(opened: Opened) -> dict[str, object]:
    about = opened.claims["about"]
    assert isinstance(about, dict)
    return about


def _count(about: Mapping[str, object]) -> int:
    count = about.get("keys")
    if not isinstance(count, int) or count < 1:
        raise RefusedError("a question", "does not say how many keys it asks")
    return count
