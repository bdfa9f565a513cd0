"""Is a public key one that only its owner can sign with? Points of low order, or written in a second way, are not.

With a key of low order one signature holds for many texts, and no library that we use refuses it. So a key is looked at
once, when it is imported: it must be a point of the curve in its one spelling, in the subgroup of prime order.
"""

from landwaiter.errors import InputError

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = (-121665 * pow(121666, -1, _P)) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)

# Extended coordinates x, y, z, t of RFC 8032.
_Point = tuple[int, int, int, int]
_NEUTRAL: _Point = (0, 1, 1, 0)

# The u of X25519 with which every exchange gives zero, and their second spellings.
_LOW_ORDER_U = frozenset({
    0, 1, _P - 1, _P, _P + 1,
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
})  # fmt: skip


def check_signing_key(key: bytes, where: str) -> None:
    """Refuse an Ed25519 public key that is not a canonical point of prime order."""
    point = _decompressed(key) if len(key) == 32 else None
    if point is None:
        raise InputError(where, "is no Ed25519 public key in its one spelling", "ask its owner for it again")
    if _is_neutral(point) or not _is_neutral(_times(_L, point)):
        raise InputError(where, "is an Ed25519 key of low order", "a signature under it proves nothing: refuse it")


def check_exchange_key(key: bytes, where: str) -> None:
    """Refuse an X25519 public key with which what is encrypted can be read by anybody."""
    if len(key) != 32 or int.from_bytes(key, "little") & (2**255 - 1) in _LOW_ORDER_U:
        raise InputError(where, "is no X25519 public key of full order", "ask its owner for it again")


def _decompressed(key: bytes) -> _Point | None:
    number = int.from_bytes(key, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= _P:
        return None
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x = u * pow(v, 3, _P) * pow(u * pow(v, 7, _P), (_P - 5) // 8, _P) % _P
    if (v * x * x - u) % _P:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if (v * x * x - u) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return x, y, 1, x * y % _P


def _plus(one: _Point, other: _Point) -> _Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * one[3] * other[3] * _D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(count: int, point: _Point) -> _Point:
    total = _NEUTRAL
    for bit in bin(count)[2:]:
        total = _plus(total, total)
        total = _plus(total, point) if bit == "1" else total
    return total


def _is_neutral(point: _Point) -> bool:
    return point[0] % _P == 0 and (point[1] - point[2]) % _P == 0
