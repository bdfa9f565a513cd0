"""Which secrets does an agency hold, and how do they lie on disk?

Root keys sign only documents that name the working keys, and may lie elsewhere the rest of the time. Working keys sign
packages, decrypt them, and sign the heads of the audit log. Each file is encrypted under a passphrase.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from landwaiter.errors import InputError, RefusedError
from landwaiter.exchange.bech32 import write_bech32
from landwaiter.exchange.canonical import canonical, read_json

# So many bytes of chance: the operating system gives it where the program runs, a seeded stream where a test does.
Chance = Callable[[int], bytes]

_MAGIC = b"landwaiter-secret/1\n"
_SALT, _NONCE = 16, 12
# 64 MiB and a fifth of a second for each guess.
_COST = 2**16


@dataclass(frozen=True)
class Secrets:
    """Working keys as 32 bytes each."""

    signing: bytes
    encryption: bytes
    log: bytes

    @property
    def identity(self) -> str:
        """The secret key in age's writing."""
        return write_bech32("age-secret-key-", self.encryption).upper()

    @property
    def recipient(self) -> str:
        """The public encryption key in age's writing, which is also its id."""
        public = X25519PrivateKey.from_private_bytes(self.encryption).public_key().public_bytes_raw()
        return write_bech32("age", public)


def new_secrets(chance: Chance) -> Secrets:
    """Fresh working keys."""
    return Secrets(chance(32), chance(32), chance(32))


def public_of(seed: bytes) -> str:
    """The public key of an Ed25519 seed, in hexadecimal, which is also its id."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()


def sign(seed: bytes, data: bytes) -> bytes:
    """The Ed25519 signature of bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(data)


def verify(public: str, signature: bytes, data: bytes) -> None:
    """Raise RefusedError unless the signature is that of this key over these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, data)
    except (InvalidSignature, ValueError):
        raise RefusedError(f"key {public[:16]}", "did not sign this", "it was changed, or is not from whom it says") \
            from None  # fmt: skip


def lock(secret: dict[str, str], passphrase: str, chance: Chance) -> bytes:
    """Secrets encrypted under a passphrase (scrypt, ChaCha20-Poly1305)."""
    salt, nonce = chance(_SALT), chance(_NONCE)
    return _MAGIC + salt + nonce + _cipher(passphrase, salt).encrypt(nonce, canonical(secret), _MAGIC)


def unlock(data: bytes, passphrase: str, where: str) -> dict[str, str]:
    """What `lock` locked; RefusedError where the passphrase is another one or the file was changed."""
    if not data.startswith(_MAGIC):
        raise InputError(where, "is no file of secret keys")
    rest = data[len(_MAGIC) :]
    salt, nonce = rest[:_SALT], rest[_SALT : _SALT + _NONCE]
    try:
        plain = _cipher(passphrase, salt).decrypt(nonce, rest[_SALT + _NONCE :], _MAGIC)
    except (InvalidTag, ValueError):
        raise RefusedError(where, "does not open with this passphrase", "or it was changed") from None
    said = read_json(plain, where)
    assert isinstance(said, dict)
    return {str(name): str(text) for name, text in said.items()}


def _cipher(passphrase: str, salt: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(passphrase.encode()))


def b64(data: bytes) -> str:
    """Base64url without padding, as in JOSE."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The bytes of base64url without padding; ValueError for any second way of writing them."""
    data = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    if b64(data) != text:
        raise ValueError("not base64url in its one spelling")
    return data


def sha256(data: bytes) -> str:
    """The digest in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
