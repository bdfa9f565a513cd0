"""What may be left out of a dossier, and how does the rest reach another reader with its originator's signature?

Our own dossier is wrapped again for its reader. A peer's dossier goes inside a package of ours, because its signature
names us as its reader: so the third agency sees who said it, who passed it on, and that nobody changed a word.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from landwaiter.cases.proposals import State, act
from landwaiter.cases.statement import TLP, Evidence, allows, strictest
from landwaiter.cases.store import Change
from landwaiter.errors import InputError
from landwaiter.exchange.canonical import canonical
from landwaiter.exchange.closure import marks_of
from landwaiter.exchange.dossier import MANIFEST_TYPE, Package, wrap
from landwaiter.exchange.examine import Opened
from landwaiter.exchange.home import free, write_aside
from landwaiter.exchange.keys import sha256
from landwaiter.exchange.register import PASS_ON, REDACT, Peer
from landwaiter.exchange.sdjwt import Token, kept, value_of
from landwaiter.exchange.sending import Sender, place_of, settle, write_package


def redacted(opened: Opened, *, limit: str, withhold: Collection[str] = ()) -> tuple[Token, dict[str, bytes], int]:
    """The same signed text without statements and documents above a limit or named, and how many statements left."""
    if limit not in TLP:
        raise InputError("--limit", f"'{limit}' is no TLP mark", f"say one of {', '.join(TLP)}")
    unknown = set(withhold) - {one.id for one in opened.statements} - {one.digest for one in opened.documents}
    if unknown:
        raise InputError("--withhold", f"{min(unknown)} is neither a statement nor a document of this dossier")
    marks = {**marks_of(opened.statements, opened.documents), **{one.digest: one.tlp for one in opened.documents}}
    shown = {name for name, mark in marks.items() if allows(limit, mark) and name not in withhold}
    disclosures = [one for one in opened.token.disclosures if _name_of(value_of(one, opened.jti)) in shown]
    blobs = {digest: data for digest, data in opened.blobs.items() if digest in shown}
    left = len(opened.statements) - sum(one.id in shown for one in opened.statements)
    return kept(opened.token, disclosures), blobs, left


def wrap_again(sender: Sender, opened: Opened, shown: tuple[Token, dict[str, bytes], int], out: Path) -> State:
    """Our own dossier for the same reader, with less in it; it needs no second officer, for it says less."""
    free(out)
    readers = opened.claims["aud"]
    assert isinstance(readers, list)
    token, blobs, left = shown
    data = wrap(token, blobs, [*readers, sender.agency.working.recipient])
    with sender.store.change(REDACT, sender.by, sender.now) as change:
        write_aside(out, data)
        change.body = {"jti": opened.jti, "withheld": left, **place_of(out, data)}
    settle(out)
    return "done"


def pass_on(sender: Sender, opened: Opened, shown: tuple[Token, dict[str, bytes], int], *, peer: Peer, out: Path) \
        -> State:  # fmt: skip
    """A peer's dossier to a third agency, inside a package of ours; two officers must say so."""
    free(out)
    token, blobs, _ = shown
    package = _wrapping(opened, token, blobs)
    ids = _statements_in(opened, token)

    def write(change: Change) -> None:
        write_package(sender, change, peer, package, out=out)
        change.body |= {"statements": ids, "origin": opened.sender}

    proposal = {"to": peer.name, "jti": opened.jti, "shown": sha256(canonical([ids, sorted(blobs)]))}
    state = act(sender.store, PASS_ON, proposal, by=sender.by, now=sender.now, then=write)
    if state == "done":
        settle(out)
    return state


def _wrapping(opened: Opened, token: Token, blobs: Mapping[str, bytes]) -> Package:
    text = canonical(token.to_json())
    marks = [*(one.tlp for one in opened.statements), *(one.tlp for one in opened.documents)]
    inner = Evidence(sha256(text), f"dossier of {opened.sender}", MANIFEST_TYPE, len(text), strictest(marks))
    documents = [inner, *(one for one in opened.documents if one.digest in blobs)]
    return Package("passed on", f"From {opened.sender}", documents=documents, blobs={inner.digest: text, **blobs})


def _statements_in(opened: Opened, token: Token) -> list[str]:
    names: Sequence[str] = [_name_of(value_of(one, opened.jti)) for one in token.disclosures]
    return sorted({one.id for one in opened.statements} & set(names))


def _name_of(value: object) -> str:
    """What a disclosed part is called: the id of a statement, the digest of a document."""
    assert isinstance(value, dict)
    return str(value.get("id") or value.get("digest"))
