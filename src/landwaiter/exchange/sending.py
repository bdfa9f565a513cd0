"""How does a package leave? Two officers say the same, then the file is written and the log says what went to whom."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from landwaiter.cases.proposals import State, act
from landwaiter.cases.store import Change, Store
from landwaiter.exchange.closure import within
from landwaiter.exchange.dossier import LIFETIME, Agency, Package, Place, Sealed, seal
from landwaiter.exchange.home import aside, free, write_aside
from landwaiter.exchange.keys import Chance, sha256
from landwaiter.exchange.register import SEAL, Peer, last_written, next_place, taken_back

# So many writers at most can have been killed at one moment.
MOST_UNFINISHED = 50


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
    free(out)
    sealed: list[Sealed] = []

    def write(change: Change) -> None:
        sealed.append(write_package(sender, change, peer, package, out=out, case=case, days=days))

    state = act(sender.store, SEAL, _proposal(peer, package, case, days), by=sender.by, now=sender.now, then=write)
    if sealed:
        settle(out)
    return Sent(state, package, sealed[0] if sealed else None)


def post(sender: Sender, peer: Peer, package: Package, out: Path) -> Sealed:
    """Seal a package that needs no second officer: a receipt, or a step of a private query."""
    free(out)
    with sender.store.change(SEAL, sender.by, sender.now) as change:
        made = write_package(sender, change, peer, package, out=out)
    settle(out)
    return made


def write_package(sender: Sender, change: Change, peer: Peer, package: Package, *, out: Path, case: str = "",
                  days: int = 0) -> Sealed:  # fmt: skip
    """Seal a package as the next one to a peer, within a change that logs it; `settle` gives the file its name.

    So a file with that name is always in the log. Where a kill comes between, `finish` gives it the name later.
    """
    seq, prev = next_place(sender.store, peer.name)
    place = Place(seq, prev, sender.seconds, days * 86_400 or LIFETIME)
    whole = replace(package, log_head=sender.log_head())
    made = seal(whole, sender=sender.agency, reader=peer.document, place=place, chance=sender.chance)
    write_aside(out, made.data)
    change.body |= {"to": peer.name, "package": package.kind, "case": case, "jti": made.jti, "manifest": made.digest,
                    "seq": made.seq, "statements": sorted(one.id for one in package.statements),
                    "documents": sorted(package.blobs), "withheld": package.withheld,
                    "revokes": list(package.revokes), **place_of(out, made.data)}  # fmt: skip
    return made


def place_of(out: Path, data: bytes) -> dict[str, object]:
    """What the log says of a file that was written aside."""
    return {"file": str(out.absolute()), "sha256": sha256(data)}


def settle(out: Path) -> None:
    """Give a file that was written aside its name, once the log says that it is there."""
    aside(out).replace(out)


def finish(store: Store) -> list[str]:
    """Give their names to files that the log knows, and whose writer was killed just before; which these are."""
    found = []
    for one in last_written(store, MOST_UNFINISHED):
        out = Path(one.text("file"))
        if not out.exists() and aside(out).exists() and sha256(aside(out).read_bytes()) == one.text("sha256"):
            settle(out)
            found.append(str(out))
    return found


def _proposal(peer: Peer, package: Package, case: str, days: int) -> Mapping[str, object]:
    """All that decides what leaves: if the case changes in between, it is another act and needs two officers again."""
    content = [sorted(one.id for one in package.statements), sorted(package.blobs), dict(package.about),
               list(package.revokes), list(package.supersedes), package.title]  # fmt: skip
    digest = sha256(json.dumps(content, sort_keys=True).encode())
    return {"to": peer.name, "kind": package.kind, "case": case, "days": days, "content": digest,
            "statements": len(package.statements), "documents": len(package.documents),
            "withheld": package.withheld}  # fmt: skip
