"""Which keys does an agency sign, read and log with, and who says so? Its key document, signed by its root keys.

Documents form a chain, as the root metadata of TUF do: each names the root keys and how many of them must sign, and the
next one counts only if enough of the roots before it signed too. So a peer that trusts one follows to the next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from landwaiter.errors import InputError, RefusedError
from landwaiter.exchange.bech32 import read_bech32
from landwaiter.exchange.canonical import canonical, read_json
from landwaiter.exchange.curve import check_exchange_key, check_signing_key
from landwaiter.exchange.keys import Secrets, public_of, sha256, sign, verify

_CONTEXT = b"landwaiter-keys/1\n"
LIFETIME = 2 * 365 * 86_400
MOST_DOCUMENTS, MOST_KEYS = 200, 100
USES = ("signing", "encryption", "log")


@dataclass(frozen=True)
class WorkingKey:
    """A public key and what it is for; `revoked_at` is the second from which it says nothing more, or 0."""

    use: str
    key: str
    since: int
    revoked_at: int = 0


@dataclass(frozen=True)
class KeyDocument:
    """What the root keys of an agency say; times are seconds since 1970 UTC.

    Args:
        name: what the agency calls itself.
        version: 1, 2, 3 ...: a lower one never replaces a higher one.
        threshold: how many of the roots must sign the next version.
        roots: Ed25519 public keys in hexadecimal.
        keys: working keys, those that were revoked too.
    """

    name: str
    version: int
    issued_at: int
    expires_at: int
    threshold: int
    roots: tuple[str, ...]
    keys: tuple[WorkingKey, ...]

    @property
    def fingerprint(self) -> str:
        """Sha256 of who the agency is: its name, its roots and how many of them must sign."""
        return sha256(canonical([self.name, sorted(self.roots), self.threshold]))

    def active(self, use: str) -> list[str]:
        """The keys for a use that stand."""
        return [one.key for one in self.keys if one.use == use and not one.revoked_at]

    def text(self) -> bytes:
        """The bytes that the roots sign."""
        return _CONTEXT + canonical(asdict(self))


@dataclass(frozen=True)
class Signed:
    """A document and the signatures of root keys over it."""

    document: KeyDocument
    signatures: Mapping[str, str]

    def to_json(self) -> dict[str, object]:
        """The same as plain values."""
        return {"document": asdict(self.document), "signatures": dict(sorted(self.signatures.items()))}


def first_document(name: str, roots: Sequence[bytes], working: Secrets, *, threshold: int, now: int) -> Signed:
    """Version 1, signed by all roots."""
    if not 1 <= threshold <= len(roots):
        raise InputError("--threshold", f"must be between 1 and the {len(roots)} root keys")
    publics = tuple(sorted(public_of(seed) for seed in roots))
    return signed_by(KeyDocument(name, 1, now, now + LIFETIME, threshold, publics, working_keys(working, now)), roots)


def working_keys(working: Secrets, now: int) -> tuple[WorkingKey, ...]:
    """What a document says of fresh working keys."""
    publics = (public_of(working.signing), working.recipient, public_of(working.log))
    return tuple(WorkingKey(use, key, now) for use, key in zip(USES, publics, strict=True))


def next_document(last: KeyDocument, *, now: int, working: Secrets | None = None, revoked_at: int = 0,
                  roots: Sequence[bytes] = (), threshold: int = 0) -> KeyDocument:  # fmt: skip
    """The next version: all working keys revoked from a time and fresh ones named, or other roots, or only longer."""
    if roots and not 0 <= threshold <= len(roots):
        raise InputError("--threshold", f"must be between 1 and the {len(roots)} root keys")
    keys = last.keys
    if working is not None:
        keys = tuple(replace(one, revoked_at=one.revoked_at or revoked_at) for one in keys) + working_keys(working, now)
    publics = tuple(sorted(public_of(seed) for seed in roots)) or last.roots
    return replace(last, version=last.version + 1, issued_at=now, expires_at=now + LIFETIME, roots=publics, keys=keys,
                   threshold=threshold or last.threshold)  # fmt: skip


def signed_by(document: KeyDocument, roots: Sequence[bytes]) -> Signed:
    """The document with the signatures of these root keys, the old ones as well as the new."""
    return Signed(document, {public_of(seed): sign(seed, document.text()).hex() for seed in roots})


def write_chain(chain: Sequence[Signed]) -> bytes:
    """The bytes of a file of key documents."""
    return canonical([one.to_json() for one in chain]) + b"\n"


def read_chain(data: bytes, where: str) -> list[Signed]:
    """Documents from the first to the newest; an error where one is not signed by enough roots of the one before."""
    said = read_json(data, where)
    if not isinstance(said, list) or not 1 <= len(said) <= MOST_DOCUMENTS:
        raise InputError(where, "is no file of key documents", "`landwaiter key show --out F` writes one")
    chain: list[Signed] = []
    for one in said:
        found = _signed_from(one, where)
        _check_signed(found, chain[-1].document if chain else found.document, where)
        chain.append(found)
    return chain


def check_follows(known: Sequence[Signed], offered: Sequence[Signed], where: str) -> None:
    """Raise RefusedError unless what is offered goes on where what is known ends: no fork, no way back."""
    if len(offered) < len(known) or any(
        one.document != other.document for one, other in zip(known, offered, strict=False)
    ):
        what = "tells another history of this agency's keys than the one that is trusted"
        raise RefusedError(where, what, "speak to them: one of the two is forged, or old")


def _check_signed(found: Signed, before: KeyDocument, where: str) -> None:
    document = found.document
    if document is not before and (document.version != before.version + 1 or document.name != before.name):
        raise RefusedError(where, "has key documents that do not follow each other")
    for by in {before, document}:
        count = 0
        for root in set(by.roots) & set(found.signatures):
            verify(root, bytes.fromhex(found.signatures[root]), document.text())
            count += 1
        if count < by.threshold:
            what = f"has version {document.version} signed by {count} of the {by.threshold} root keys that it needs"
            raise RefusedError(where, what, "ask its owner for the whole chain of documents")


def _signed_from(said: object, where: str) -> Signed:
    try:
        assert isinstance(said, dict)
        document = dict(said["document"])
        document["keys"] = tuple(WorkingKey(**one) for one in document["keys"])
        document["roots"] = tuple(document["roots"])
        found = Signed(KeyDocument(**document), {str(k): str(v) for k, v in said["signatures"].items()})
        _check_shape(found.document)
    except (AssertionError, KeyError, TypeError, ValueError, AttributeError):
        raise InputError(where, "is no file of key documents", "`landwaiter key show --out F` writes one") from None
    for root in found.document.roots:
        check_signing_key(bytes.fromhex(root), where)
    for one in found.document.keys:
        if one.use == "encryption":
            check_exchange_key(read_bech32("age", one.key), where)
        else:
            check_signing_key(bytes.fromhex(one.key), where)
    return found


def _check_shape(document: KeyDocument) -> None:
    numbers = (document.version, document.issued_at, document.expires_at, document.threshold)
    assert all(type(one) is int and one >= 0 for one in numbers)
    assert isinstance(document.name, str) and 1 <= len(document.name) <= 100 and document.name.isprintable()
    assert 1 <= document.threshold <= len(set(document.roots)) == len(document.roots) <= MOST_KEYS
    assert len(document.keys) <= MOST_KEYS
    for one in document.keys:
        assert one.use in USES and isinstance(one.key, str)
        assert type(one.since) is int and type(one.revoked_at) is int
