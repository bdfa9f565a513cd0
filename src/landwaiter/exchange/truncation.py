"""Was a file that does not decrypt cut off on its way, or changed? Said by its own size, which its first bytes hold.

Only the reason of a refusal hangs on this: what is read here is not authenticated, and nothing else is made of it.
"""

import base64
import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

from landwaiter.exchange.container import SIZE, SIZE_DIGITS

_FIRST_LINE, _LAST_LINE = b"age-encryption.org/v1\n", b"\n--- "
_CHUNK, _TAG, _NONCE = 65_536, 16, 16
_SIZE_AT = 30 + len(SIZE)


def is_truncated(data: bytes, secret: bytes) -> bool:
    """Whether an age file for this X25519 secret ends before the size that it names."""
    if not data.startswith(_FIRST_LINE[: len(data)]):
        return False
    mark = data.find(_LAST_LINE)
    start = data.find(b"\n", mark + 1) + 1 if mark >= 0 else 0
    if not start or len(data) < start + _NONCE + _SIZE_AT + SIZE_DIGITS:
        return True
    key = _file_key(data[:mark], secret)
    if key is None:
        return False
    payload = _derived(key, data[start : start + _NONCE], b"payload")
    chunk = data[start + _NONCE : start + _NONCE + _SIZE_AT + SIZE_DIGITS]
    for is_last in (b"\x00", b"\x01"):
        nonce = (1).to_bytes(4, "little") + bytes(11) + is_last
        said = Cipher(ChaCha20(payload, nonce), None).decryptor().update(chunk)[_SIZE_AT:]
        if said.isdigit():
            size = int(said)
            return len(data) < start + _NONCE + size + _TAG * max(1, -(-size // _CHUNK))
    return False


def _file_key(header: bytes, secret: bytes) -> bytes | None:
    lines = header.split(b"\n")
    own = X25519PrivateKey.from_private_bytes(secret)
    for place, line in enumerate(lines[:-1]):
        words = line.split(b" ")
        if words[:2] != [b"->", b"X25519"] or len(words) != 3:
            continue
        try:
            share, body = _unpadded(words[2]), _unpadded(lines[place + 1])
            shared = own.exchange(X25519PublicKey.from_public_bytes(share))
            wrap = _derived(shared, share + own.public_key().public_bytes_raw(), b"age-encryption.org/v1/X25519")
            return ChaCha20Poly1305(wrap).decrypt(bytes(12), body, None)
        except (ValueError, InvalidTag):
            continue
    return None


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF with SHA-256, one block."""
    first = hmac.digest(salt, secret, hashlib.sha256)
    return hmac.digest(first, info + b"\x01", hashlib.sha256)


def _unpadded(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
