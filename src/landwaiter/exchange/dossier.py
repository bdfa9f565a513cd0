"""How does a case become one file that only its reader can open, and that proves who says each thing in it?

Inside an age-encrypted zip lie documents, named by their digest, and a manifest: an SD-JWT whose parts are statements.
Its reader's key is named inside the signature, so that a copy that somebody wraps again for another is known as one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

import pyrage

from landwaiter.cases.statement import PAP, TLP, Evidence, Statement, checked, strictest
from landwaiter.errors import InputError, RefusedError
from landwaiter.exchange.canonical import canonical
from landwaiter.exchange.container import MANIFEST, pack
from landwaiter.exchange.contents import check_document
from landwaiter.exchange.document import KeyDocument, Signed
from landwaiter.exchange.keys import Chance, Secrets, sha256
from landwaiter.exchange.sdjwt import Hidden, Token, issue

KINDS = ("evidence", "tip", "request", "denial", "receipt", "revocation", "passed on",
         "ask setup", "ask request", "ask answer")  # fmt: skip
# A refused licence, as the United Kingdom's licensing service records one for its partners.
DENIAL_FIELDS = ("reference", "notifying_government", "item_description", "control_entry", "end_use", "end_user_name")
# What a manifest is called when it is a document: one agency's signed text inside the package of another.
MANIFEST_TYPE = "application/vnd.landwaiter.manifest+json"
LIFETIME = 90 * 86_400
FEWEST_DIGESTS = 16


@dataclass(frozen=True)
class Handling:
    """What a reader may do: the strictest mark of what is inside, the purpose, and what to ask before."""

    purpose: str = "law enforcement and export control"
    caveats: tuple[str, ...] = ("ask the originator before use in court", "ask the originator before passing on")


@dataclass(frozen=True)
class Package:
    """What is to be sealed.

    Args:
        kind: one of `KINDS`.
        title: what it is about, in a few words.
        statements: what is said; they leave as they are, so `closure.within` comes first.
        documents: documents by their digest; `blobs` has the bytes of each.
        about: what only this kind of package says: the receipt, the question, the fields of a denial.
        withheld: how many statements stayed at home.
        supersedes: jti of packages that this one replaces.
        revokes: ids of statements that are taken back.
        versions: of lists, rules and program.
        log_head: end of the sender's audit log.
    """

    kind: str
    title: str = ""
    statements: Sequence[Statement] = ()
    documents: Sequence[Evidence] = ()
    blobs: Mapping[str, bytes] = field(default_factory=dict)
    about: Mapping[str, object] = field(default_factory=dict)
    withheld: int = 0
    supersedes: Sequence[str] = ()
    revokes: Sequence[str] = ()
    versions: Mapping[str, object] = field(default_factory=dict)
    log_head: Mapping[str, object] = field(default_factory=dict)
    handling: Handling = field(default_factory=Handling)


@dataclass(frozen=True)
class Place:
    """Where a package stands in the sequence to one peer, and when: `prev` is the digest of the one before."""

    seq: int
    prev: str
    now: int
    lifetime: int = LIFETIME


@dataclass(frozen=True)
class Agency:
    """Who seals and opens: its working keys and its chain of key documents."""

    working: Secrets
    chain: Sequence[Signed]

    @property
    def document(self) -> KeyDocument:
        """The newest key document."""
        return self.chain[-1].document


@dataclass(frozen=True)
class Sealed:
    """A package, and what is to be remembered of it."""

    data: bytes
    jti: str
    digest: str
    seq: int


def seal(package: Package, *, sender: Agency, reader: KeyDocument, place: Place, chance: Chance) -> Sealed:
    """Sign and encrypt a package for one reader; the sender can open it again too."""
    _check(package)
    readers = reader.active("encryption")
    if not readers or reader.expires_at <= place.now:
        raise RefusedError(reader.name, "has no encryption key that stands", "ask for their new key document")
    jti = chance(16).hex()
    token = issue(_claims(package, sender, reader, place, jti), sender.working.signing, chance, decoys=decoys)
    data = wrap(token, package.blobs, [*readers, sender.working.recipient])
    return Sealed(data, jti, token.digest, place.seq)


def wrap(token: Token, blobs: Mapping[str, bytes], readers: Sequence[str]) -> bytes:
    """The file: a signed text and documents, encrypted for keys in age's writing."""
    members = {MANIFEST: canonical(token.to_json()), **{f"blobs/{one}": blobs[one] for one in sorted(blobs)}}
    recipients = [pyrage.x25519.Recipient.from_str(one) for one in dict.fromkeys(readers)]
    encrypted: bytes = pyrage.encrypt(pack(members), recipients)
    return encrypted


def decoys(count: int) -> int:
    """So many digests of nothing that the number of statements shows only its power of two."""
    return max(FEWEST_DIGESTS, 1 << (count - 1).bit_length()) - count


def _claims(package: Package, sender: Agency, reader: KeyDocument, place: Place, jti: str) -> dict[str, object]:
    marks = [*(one.tlp for one in package.statements), *(one.tlp for one in package.documents)]
    uses = [one.pap for one in package.statements]
    nothing_marked = "clear" if not marks else strictest(marks)
    handling = {"tlp": nothing_marked, "pap": strictest(uses, PAP) if uses else "clear", **asdict(package.handling)}
    return {
        "iss": sender.document.fingerprint, "name": sender.document.name, "aud": reader.active("encryption"),
        "reader": reader.name, "jti": jti, "seq": place.seq, "prev": place.prev,
        "iat": place.now, "nbf": place.now, "exp": place.now + place.lifetime,
        "kind": package.kind, "title": package.title, "about": dict(package.about),
        "supersedes": list(package.supersedes), "revokes": list(package.revokes), "handling": handling,
        "versions": dict(package.versions), "log_head": dict(package.log_head), "withheld": package.withheld,
        "keys": [one.to_json() for one in sender.chain],
        "statements": [Hidden(one.to_json()) for one in sorted(package.statements, key=lambda one: one.id)],
        "documents": [Hidden(asdict(one)) for one in sorted(package.documents, key=lambda one: one.digest)],
    }  # fmt: skip


def _check(package: Package) -> None:
    if package.kind not in KINDS:
        raise InputError("--kind", f"'{package.kind}' is no kind of package", f"say one of {', '.join(KINDS)}")
    if package.kind == "denial":
        missing = [name for name in DENIAL_FIELDS if not package.about.get(name)]
        if missing:
            raise InputError("a denial notice", f"lacks {', '.join(missing)}", "its reader needs each of them")
    for one in package.statements:
        checked(one)
    named = {one.digest: one for one in package.documents}
    if set(named) != set(package.blobs):
        raise InputError("a package", "names other documents than it holds", "give the bytes of each, and no more")
    for digest, data in package.blobs.items():
        if sha256(data) != digest or len(data) != named[digest].size or named[digest].tlp not in TLP:
            raise InputError(f"document {digest[:12]}", "is not what its description says")
        check_document(data, named[digest].media_type, named[digest].name)
