"""How does a package leave? Two officers say the same, then the file is written and the log says what went to whom."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from landwaiter.cases.proposals import State, act
from landwaiter.cases.store import Change, Store
from landwaiter.errors import InputError
from landwaiter.exchange.closure import within
from landwaiter.exchange.dossier import LIFETIME, Agency, Package, Place, Sealed, seal
from landwaiter.exchange.home import write_whole
from landwaiter.exchange.keys import Chance, sha256
from landwaiter.exchange.register import SEAL, Peer, next_place, taken_back


@dataclass(frozen=True)
class Sender:
    """Who acts, when, and with what."""

    store: Store
    agency: Agency
    by: str
    now: datetime
    chance: Chance

    @property
    def seconds(self) -> int:
        """The moment in seconds since 1970."""
        return int(self.now.timestamp())

    def log_head(self) -> dict[str, object]:
        """The end of our audit log, which a peer keeps for us."""
        head = self.store.head()
        return {"seq": head.seq, "hash": head.hash}


@dataclass(frozen=True)
class Sent:
    """What became of a sending: only proposed, or done with the package."""

    state: State
    package: Package
    sealed: Sealed | None = None


def package_of_case(store: Store, case: str, title: str, *, limit: str, kind: str = "evidence") -> Package:
    """What of a case may leave under a limit; what was taken back by its originator does not."""
    gone = taken_back(store)
    said = {one.id: one for one in store.statements_of(case) if one.id not in gone}
    statements, documents, withheld = within(list(said.values()), store.documents_of(case), limit)
    blobs = {one.digest: store.document(one.digest) for one in documents}
    return Package(kind, title, statements, list({one.digest: one for one in documents}.values()), blobs,
                   withheld=withheld)  # fmt: skip


def send(sender: Sender, peer: Peer, package: Package, *, out: Path, case: str = "", days: int = 0) -> Sent:
    """Propose a package to a peer, or seal it into a file where another officer proposed the very same."""
    if out.exists():
        raise InputError(str(out), "is there already", "name another file")
    sealed: list[Sealed] = []

    def write(change: Change) -> None:
        sealed.append(write_package(sender, peer, package, out, days))
        change.body |= sent_fact(peer, package, sealed[0], case)

    state = act(sender.store, SEAL, _proposal(peer, package, case, days), by=sender.by, now=sender.now, then=write)
    return Sent(state, package, sealed[0] if sealed else None)


def write_package(sender: Sender, peer: Peer, package: Package, out: Path, days: int = 0) -> Sealed:
    """Seal a package as the next one to a peer and write its file; the caller logs `sent_fact`."""
    seq, prev = next_place(sender.store, peer.name)
    place = Place(seq, prev, sender.seconds, days * 86_400 or LIFETIME)
    whole = replace(package, log_head=sender.log_head())
    made = seal(whole, sender=sender.agency, reader=peer.document, place=place, chance=sender.chance)
    write_whole(out, made.data)
    return made


def sent_fact(peer: Peer, package: Package, made: Sealed, case: str) -> dict[str, object]:
    """What the log says of a package that left: the forward register is made of these."""
    return {"to": peer.name, "package": package.kind, "case": case, "jti": made.jti, "manifest": made.digest,
            "seq": made.seq, "statements": sorted(one.id for one in package.statements),
            "documents": sorted(package.blobs), "withheld": package.withheld,
            "revokes": list(package.revokes)}  # fmt: skip


def _proposal(peer: Peer, package: Package, case: str, days: int) -> Mapping[str, object]:
    """All that decides what leaves: if the case changes in between, it is another act and needs two officers again."""
    content = [sorted(one.id for one in package.statements), sorted(package.blobs), dict(package.about),
               list(package.revokes), list(package.supersedes), package.title]  # fmt: skip
    digest = sha256(json.dumps(content, sort_keys=True).encode())
    return {"to": peer.name, "kind": package.kind, "case": case, "days": days, "content": digest,
            "statements": len(package.statements), "documents": len(package.documents),
            "withheld": package.withheld}  # fmt: skip
