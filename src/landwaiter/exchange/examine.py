"""What does a package say, once all that can be wrong with it has been asked? Runs in the child process.

The order matters: size, encryption, container, signature, reader, time, and only then what it says.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

import pyrage

from landwaiter.cases.statement import PAP, TLP, Evidence, Statement, statement_from_json
from landwaiter.errors import LandwaiterError
from landwaiter.exchange.bech32 import read_bech32
from landwaiter.exchange.canonical import canonical, read_json
from landwaiter.exchange.container import MANIFEST, SIZE, Limits, unpack
from landwaiter.exchange.contents import check_document
from landwaiter.exchange.document import Signed, check_follows, read_chain
from landwaiter.exchange.dossier import KINDS, MANIFEST_TYPE
from landwaiter.exchange.keys import sha256, unb64
from landwaiter.exchange.refusal import reason_of, refusal
from landwaiter.exchange.sdjwt import Read, Token, read, signer_of, token_from_json
from landwaiter.exchange.truncation import is_truncated

_NUMBERS = ("seq", "iat", "nbf", "exp", "withheld")
_TEXTS = ("iss", "name", "reader", "jti", "prev", "kind", "title")
_OBJECTS = ("about", "handling", "versions", "log_head")
_LISTS = ("aud", "supersedes", "revokes", "keys", "statements", "documents")
# Clocks of two countries differ.
CLOCK_SKEW = 600


@dataclass(frozen=True)
class Trust:
    """Whom this installation knows: its own chain first, then those of peers; and its own reading keys.

    Args:
        any_audience: a package inside another was addressed to who passes it on.
        any_time: what was said is read as evidence, whenever it was said.
    """

    chains: Sequence[Sequence[Signed]]
    readers: Sequence[str]
    identity: str
    now: int
    any_audience: bool = False
    any_time: bool = False


@dataclass(frozen=True)
class Opened:
    """A package that held in every respect.

    Args:
        sender: the name under which the sender is trusted.
        claims: what the manifest says, without statements, documents and keys.
        silent: how many digests say nothing: decoys and what was withheld, never to be told apart.
        chain: the sender's key documents, where they go on after those that were trusted.
    """

    sender: str
    kind: str
    jti: str
    digest: str
    statements: tuple[Statement, ...]
    documents: tuple[Evidence, ...]
    blobs: dict[str, bytes]
    claims: dict[str, object]
    silent: int
    token: Token
    chain: tuple[Signed, ...] = field(default=())

    def number(self, name: str) -> int:
        """A number among the claims."""
        return int(str(self.claims[name]))

    def head(self) -> dict[str, object]:
        """All but the bytes of documents, as plain values."""
        return {"sender": self.sender, "kind": self.kind, "jti": self.jti, "digest": self.digest,
                "statements": [one.to_json() for one in self.statements],
                "documents": [asdict(one) for one in self.documents], "claims": self.claims, "silent": self.silent,
                "token": self.token.to_json(), "chain": [one.to_json() for one in self.chain]}  # fmt: skip


def examine(data: bytes, trust: Trust, limits: Limits, where: str) -> Opened:
    """The package, or RefusedError with its reason."""
    if len(data) > limits.file_bytes:
        raise refusal("oversized", where, f"{len(data):,} bytes")
    members = unpack(_decrypted(data, trust, where), limits, where)
    members.pop(SIZE, None)
    try:
        token = token_from_json(read_json(members.pop(MANIFEST, b""), where), where)
        opened = read_manifest(token, members, trust, where)
        return _unwrapped(opened, trust, where) if opened.kind == "passed on" else opened
    except LandwaiterError as error:
        if reason_of(error):
            raise
        raise refusal("malformed", where, error.what) from None


def read_manifest(token: Token, members: dict[str, bytes], trust: Trust, where: str) -> Opened:
    """A signed text and its documents, verified before anything in them is believed."""
    signed, chain = _verified(token, trust, where)
    claims = signed.claims
    _check_shape(claims, where)
    own = trust.chains[0][-1].document
    if claims["iss"] not in {one.document.fingerprint for one in chain} or claims["name"] != chain[-1].document.name:
        raise refusal("tampered", where, "it names another sender than the one that signed it")
    is_own = chain[0].document == trust.chains[0][0].document
    if not (is_own or trust.any_audience or set(_texts(claims["aud"])) & set(trust.readers)):
        raise refusal("forwarded" if claims["reader"] != own.name else "wrong audience", where, str(claims["reader"]))
    if int(str(claims["exp"])) <= trust.now and not trust.any_time:
        raise refusal("expired", where)
    if int(str(claims["nbf"])) > trust.now + CLOCK_SKEW:
        raise refusal("not yet valid", where)
    statements, documents = _said(claims, where)
    blobs = _blobs(members, documents, where)
    kept = {name: one for name, one in claims.items() if name not in ("statements", "documents", "keys")}
    return Opened(chain[-1].document.name, str(claims["kind"]), str(claims["jti"]), token.digest, statements, documents,
                  blobs, kept, signed.silent, token, tuple(chain))  # fmt: skip


def _unwrapped(outer: Opened, trust: Trust, where: str) -> Opened:
    """What somebody passed on: the originator's own signed text, which was addressed to the one who passes it on."""
    inner = next((one for one in outer.documents if one.media_type == MANIFEST_TYPE), None)
    if inner is None:
        raise refusal("malformed", where, "nothing was passed on")
    token = token_from_json(read_json(outer.blobs[inner.digest], where), where)
    members = {f"blobs/{name}": data for name, data in outer.blobs.items() if name != inner.digest}
    found = read_manifest(token, members, replace(trust, any_audience=True), where)
    senders = {one.key for signed in outer.chain for one in signed.document.keys if one.use == "encryption"}
    if not senders & set(_texts(found.claims["aud"])):
        raise refusal("forwarded", where, f"{found.sender} never sent it to {outer.sender}")
    about = {"originator": found.sender, "jti": found.jti, "kind": found.kind, "about": found.claims["about"]}
    claims = {**outer.claims, "title": found.claims["title"], "about": about, "handling": found.claims["handling"]}
    return replace(outer, statements=found.statements, documents=found.documents, blobs=found.blobs, claims=claims,
                   silent=found.silent)  # fmt: skip


def _decrypted(data: bytes, trust: Trust, where: str) -> bytes:
    try:
        plain: bytes = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(trust.identity)])
        return plain
    except pyrage.DecryptError as error:
        secret = read_bech32("age-secret-key-", trust.identity.lower())
        if is_truncated(data, secret):
            raise refusal("truncated", where) from None
        raise refusal("not for us" if "No matching keys" in str(error) else "tampered", where) from None


def _verified(token: Token, trust: Trust, where: str) -> tuple[Read, Sequence[Signed]]:
    """What a trusted key signed; a chain that travels inside counts where it goes on after the one that is trusted."""
    kid = signer_of(token, where)
    known = next((one for one in trust.chains if kid in _signers(one)), None) or _offered(token, kid, trust, where)
    try:
        signed = read(token, kid, where)
    except LandwaiterError as error:
        raise refusal("tampered", where, error.what) from None
    chain = _newest(known, signed.claims.get("keys"), where)
    if not any(one.use == "signing" and one.key == kid and not one.revoked_at for one in chain[-1].document.keys):
        raise refusal("revoked key", where, kid[:16])
    if chain[-1].document.expires_at <= trust.now and not trust.any_time:
        raise refusal("expired", where, "the sender's key document is too old")
    return signed, chain


def _newest(known: Sequence[Signed], offered: object, where: str) -> Sequence[Signed]:
    """The chain that is trusted, or a longer one from inside that goes on where it ends, as after new root keys."""
    if not isinstance(offered, list) or len(offered) <= len(known):
        return known
    found = read_chain(canonical(offered), where)
    check_follows(known, found, where)
    return found


def _offered(token: Token, kid: str, trust: Trust, where: str) -> Sequence[Signed]:
    """The newer chain of a peer whom we trust, from inside the package; its signatures stand on their own."""
    from_inside = _peek(token, where)
    for known in trust.chains:
        if from_inside and from_inside[0].document == known[0].document:
            check_follows(known, from_inside, where)
            if kid in _signers(from_inside):
                return from_inside
    raise refusal("unknown sender", where, kid[:16])


def _peek(token: Token, where: str) -> list[Signed]:
    payload = read_json(_payload(token, where), where)
    offered = payload.get("keys") if isinstance(payload, dict) else None
    return read_chain(canonical(offered), where) if isinstance(offered, list) and offered else []


def _payload(token: Token, where: str) -> bytes:
    try:
        return unb64(token.payload)
    except ValueError:
        raise refusal("malformed", where) from None


def _signers(chain: Sequence[Signed]) -> set[str]:
    return {one.key for one in chain[-1].document.keys if one.use == "signing"}


def _check_shape(claims: dict[str, object], where: str) -> None:
    fits = (
        set(claims) == {*_NUMBERS, *_TEXTS, *_OBJECTS, *_LISTS}
        and all(type(claims[name]) is int for name in _NUMBERS)
        and all(isinstance(claims[name], str) for name in _TEXTS)
        and all(isinstance(claims[name], dict) for name in _OBJECTS)
        and all(isinstance(claims[name], list) for name in _LISTS)
        and claims["kind"] in KINDS
    )
    if not fits:
        raise refusal("malformed", where, "its manifest says other things than a manifest says")
    handling = claims["handling"]
    assert isinstance(handling, dict)
    if handling.get("tlp") not in TLP or handling.get("pap") not in PAP:
        raise refusal("unmarked", where)


def _said(claims: dict[str, object], where: str) -> tuple[tuple[Statement, ...], tuple[Evidence, ...]]:
    statements, documents = claims["statements"], claims["documents"]
    assert isinstance(statements, list) and isinstance(documents, list)
    for one in [*statements, *documents]:
        if not isinstance(one, dict) or one.get("tlp") not in TLP:
            raise refusal("unmarked", where)
    found = tuple(statement_from_json(one) for one in statements)
    if len({one.id for one in found}) != len(found):
        raise refusal("malformed", where, "it says one thing twice")
    described = []
    for one in documents:
        texts = [one.get(name) for name in ("digest", "name", "media_type", "tlp")]
        if set(one) != set(Evidence.__dataclass_fields__) or not all(isinstance(text, str) for text in texts):
            raise refusal("malformed", where, "a document is not described as one")
        described.append(Evidence(**one))
    return found, tuple(described)


def _blobs(members: dict[str, bytes], documents: Sequence[Evidence], where: str) -> dict[str, bytes]:
    blobs = {name.removeprefix("blobs/"): data for name, data in members.items()}
    if set(blobs) != {one.digest for one in documents}:
        raise refusal("tampered", where, "it holds other documents than its manifest names")
    for one in documents:
        if sha256(blobs[one.digest]) != one.digest or len(blobs[one.digest]) != one.size:
            raise refusal("tampered", where, "a document is not the one that was signed")
        check_document(blobs[one.digest], one.media_type, where)
    return blobs


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
