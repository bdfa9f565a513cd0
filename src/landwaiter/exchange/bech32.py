"""How does age write its keys? As bech32: five bits a letter, with a checksum of six letters (BIP 173)."""

from landwaiter.errors import InputError

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def write_bech32(prefix: str, data: bytes) -> str:
    """The bytes under a prefix, in small letters."""
    values = _regrouped(data, 8, 5)
    rest = _checksum([*_spread(prefix), *values, 0, 0, 0, 0, 0, 0]) ^ 1
    return prefix + "1" + "".join(_LETTERS[one] for one in [*values, *((rest >> 5 * (5 - i)) & 31 for i in range(6))])


def read_bech32(prefix: str, text: str) -> bytes:
    """The bytes that were written under this prefix; InputError for any other text."""
    head, _, tail = text.rpartition("1")
    if head != prefix or len(tail) < 7 or not set(tail) <= set(_LETTERS):
        raise InputError(text[:24], f"is no key that begins with {prefix}1")
    values = [_LETTERS.index(one) for one in tail]
    if _checksum([*_spread(prefix), *values]) != 1:
        raise InputError(text[:24], "is mistyped: its checksum does not hold")
    data = bytes(_regrouped(values[:-6], 5, 8))
    if write_bech32(prefix, data) != text:
        raise InputError(text[:24], "is not written in the one way that it should be")
    return data


def _spread(prefix: str) -> list[int]:
    return [ord(one) >> 5 for one in prefix] + [0] + [ord(one) & 31 for one in prefix]


def _checksum(values: list[int]) -> int:
    total = 1
    for value in values:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for place in range(5):
            total ^= _GENERATOR[place] if top >> place & 1 else 0
    return total


def _regrouped(values: bytes | list[int], width: int, into: int) -> list[int]:
    """The same bits in groups of another width; when widening to letters the last group is filled with zeros."""
    held, bits, found = 0, 0, []
    for value in values:
        held, bits = held << width | value, bits + width
        while bits >= into:
            bits -= into
            found.append(held >> bits & (1 << into) - 1)
    if bits and into < width:
        found.append(held << into - bits & (1 << into) - 1)
    return found
