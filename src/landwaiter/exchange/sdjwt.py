"""How can parts of a signed text be left out, and its signature still hold? As RFC 9901 says (SD-JWT), with EdDSA.

The issuer signs the salted digest of each part that may be withheld; whoever holds the text passes on only the parts
that a reader may see. A digest says nothing of its part, and some are decoys.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from landwaiter.errors import InputError, RefusedError
from landwaiter.exchange.canonical import canonical, read_json
from landwaiter.exchange.keys import Chance, b64, public_of, sign, unb64, verify

TYPE = "landwaiter+sd-jwt"
_SALT = 16


@dataclass(frozen=True)
class Hidden:
    """A value, of an object or a list, that may be withheld."""

    value: object


@dataclass(frozen=True)
class Token:
    """A signed text in JWS JSON serialization: header and payload as they were signed, and what is disclosed."""

    protected: str
    payload: str
    signature: str
    disclosures: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """The flattened JSON serialization."""
        return {"payload": self.payload, "protected": self.protected, "signature": self.signature,
                "header": {"disclosures": list(self.disclosures)}}  # fmt: skip

    @property
    def digest(self) -> str:
        """Sha256 of what was signed; it stays the same whatever is withheld."""
        return hashlib.sha256(f"{self.protected}.{self.payload}".encode()).hexdigest()


@dataclass(frozen=True)
class Read:
    """A verified text: what it says, and how many places say nothing, which are decoys or withheld."""

    claims: dict[str, object]
    silent: int


def issue(claims: Mapping[str, object], seed: bytes, chance: Chance, *, decoys: Callable[[int], int] = lambda _: 0) \
        -> Token:  # fmt: skip
    """Sign claims; every `Hidden` in them becomes a salted digest and a disclosure.

    Args:
        decoys: how many digests of nothing go to an object or list of so many hidden values.
    """
    disclosures: list[str] = []
    payload = _covered(dict(claims), disclosures, chance, decoys)
    assert isinstance(payload, dict)
    payload["_sd_alg"] = "sha-256"
    protected = b64(canonical({"alg": "EdDSA", "kid": public_of(seed), "typ": TYPE}))
    body = b64(json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode())
    return Token(protected, body, b64(sign(seed, f"{protected}.{body}".encode())), tuple(disclosures))


def token_from_json(said: object, where: str) -> Token:
    """The token in flattened JSON serialization, not yet verified."""
    try:
        assert isinstance(said, dict) and set(said) == {"payload", "protected", "signature", "header"}
        disclosures = said["header"]["disclosures"]
        texts = [said["protected"], said["payload"], said["signature"], *disclosures]
        assert set(said["header"]) == {"disclosures"} and all(isinstance(one, str) for one in texts)
    except (AssertionError, KeyError, TypeError):
        raise InputError(where, "is no signed text in JSON serialization") from None
    return Token(said["protected"], said["payload"], said["signature"], tuple(disclosures))


def signer_of(token: Token, where: str) -> str:
    """The id of the key that the token says signed it; it proves nothing before `read`."""
    header = _object(token.protected, where)
    if header.get("alg") != "EdDSA" or header.get("typ") != TYPE or set(header) != {"alg", "kid", "typ"}:
        raise RefusedError(where, "is not signed with EdDSA as a package is", "nothing of it was read")
    return str(header["kid"])


def read(token: Token, public: str, where: str) -> Read:
    """What a token says, after its signature and every disclosure were checked."""
    signer_of(token, where)
    verify(public, _bytes(token.signature, where), f"{token.protected}.{token.payload}".encode())
    payload = _object(token.payload, where)
    if payload.pop("_sd_alg", "sha-256") != "sha-256":
        raise RefusedError(where, "uses another digest than SHA-256")
    parts = {digest_of(one): _part(one, where) for one in token.disclosures}
    if len(parts) != len(token.disclosures):
        raise RefusedError(where, "discloses one part twice")
    reading = _Reading(parts, where)
    claims = reading.uncovered(payload)
    if reading.unused:
        raise RefusedError(where, "discloses a part that nobody signed")
    assert isinstance(claims, dict)
    return Read(claims, reading.silent)


def kept(token: Token, disclosures: Sequence[str]) -> Token:
    """The same signed text with only these of its disclosures."""
    return Token(token.protected, token.payload, token.signature, tuple(disclosures))


def digest_of(disclosure: str) -> str:
    """The digest of a disclosure, as it stands in the signed text."""
    return b64(hashlib.sha256(disclosure.encode("ascii")).digest())


def value_of(disclosure: str, where: str) -> object:
    """What a disclosure discloses."""
    return _part(disclosure, where)[-1]


def _covered(value: object, disclosures: list[str], chance: Chance, decoys: Callable[[int], int]) -> object:
    def digest(part: list[object]) -> str:
        text = json.dumps([b64(chance(_SALT)), *part], ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        disclosures.append(b64(text.encode()))
        return digest_of(disclosures[-1])

    def nothing(count: int) -> list[str]:
        return [b64(hashlib.sha256(chance(32)).digest()) for _ in range(decoys(count) if count else 0)]

    if isinstance(value, Mapping):
        hidden = {name: one.value for name, one in value.items() if isinstance(one, Hidden)}
        found = {name: _covered(one, disclosures, chance, decoys) for name, one in value.items() if name not in hidden}
        digests = [digest([name, _covered(one, disclosures, chance, decoys)]) for name, one in hidden.items()]
        return {**found, "_sd": sorted(digests + nothing(len(hidden)))} if hidden else found
    if isinstance(value, list | tuple):
        items: list[object] = []
        for one in value:
            inner = one.value if isinstance(one, Hidden) else one
            covered = _covered(inner, disclosures, chance, decoys)
            items.append({"...": digest([covered])} if isinstance(one, Hidden) else covered)
        for one in nothing(sum(isinstance(one, Hidden) for one in value)):
            items.insert(int.from_bytes(chance(4)) % (len(items) + 1), {"...": one})
        return items
    return value


class _Reading:
    """Puts disclosed parts back into their places; each digest may stand in one place only."""

    def __init__(self, parts: dict[str, list[object]], where: str) -> None:
        self.unused, self.where, self.silent, self._met = dict(parts), where, 0, set[str]()

    def uncovered(self, value: object) -> object:
        if isinstance(value, list):
            return [found for one in value for found in self._item(one)]
        if not isinstance(value, dict):
            return value
        if "..." in value:
            raise RefusedError(self.where, "has a digest where none may be")
        found = {name: self.uncovered(one) for name, one in value.items() if name != "_sd"}
        digests = value.get("_sd", [])
        if not isinstance(digests, list):
            raise RefusedError(self.where, "has something else than a list of digests")
        for digest in digests:
            part = self._disclosed(digest)
            if part is None:
                continue
            if len(part) != 3 or part[1] in found or part[1] in ("_sd", "..."):
                raise RefusedError(self.where, "discloses a name that is there already, or none")
            found[str(part[1])] = self.uncovered(part[2])
        return found

    def _item(self, value: object) -> list[object]:
        if not isinstance(value, dict) or set(value) != {"..."}:
            return [self.uncovered(value)]
        part = self._disclosed(value["..."])
        if part is not None and len(part) != 2:
            raise RefusedError(self.where, "discloses a named part inside a list")
        return [] if part is None else [self.uncovered(part[1])]

    def _disclosed(self, digest: object) -> list[object] | None:
        if not isinstance(digest, str) or digest in self._met:
            raise RefusedError(self.where, "has one digest in two places, or something else for one")
        self._met.add(digest)
        part = self.unused.pop(digest, None)
        self.silent += part is None
        return part


def _part(disclosure: str, where: str) -> list[object]:
    said = read_json(_bytes(disclosure, where), where)
    if not isinstance(said, list) or len(said) not in (2, 3) or not all(isinstance(one, str) for one in said[:-1]):
        raise RefusedError(where, "has a disclosure that is none")
    return said


def _object(text: str, where: str) -> dict[str, object]:
    said = read_json(_bytes(text, where), where)
    if not isinstance(said, dict):
        raise RefusedError(where, "is signed, but says no object")
    return said


def _bytes(text: str, where: str) -> bytes:
    try:
        return unb64(text)
    except ValueError:
        raise RefusedError(where, "is not written in base64url") from None
