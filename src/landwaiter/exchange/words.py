"""How is a fingerprint read aloud? As ten words that can be spoken and written down in any country.

Each word is sixteen bits: consonant, vowel, consonant, vowel, consonant. Ten of them are 160 bits: nobody can make a
second key that has the same.
"""

import io

import segno

from landwaiter.errors import InputError

_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"
_WORDS = 10


def words_of(digest: str) -> str:
    """The first 160 bits of a sha256, as ten words."""
    data = bytes.fromhex(digest)[: 2 * _WORDS]
    return "-".join(_word(int.from_bytes(data[place : place + 2])) for place in range(0, len(data), 2))


def same_words(said: str, digest: str) -> None:
    """Raise InputError unless somebody's words, however spaced, are those of the digest."""
    spoken = "".join(char for char in said.lower() if char.isalnum())
    if spoken not in (words_of(digest).replace("-", ""), digest):
        what = f"is not the fingerprint of this key document, which is {words_of(digest)}"
        raise InputError(f"--fingerprint {said}", what, "ask its owner again, by voice or on paper; trust nothing yet")


def qr_of(digest: str) -> str:
    """The words as a QR code that a terminal can show."""
    drawn = io.StringIO()
    segno.make(words_of(digest).upper(), error="m").terminal(out=drawn, compact=True)
    return drawn.getvalue()


def _word(bits: int) -> str:
    places = (bits >> 12, bits >> 10 & 3, bits >> 6 & 15, bits >> 4 & 3, bits & 15)
    return "".join((_VOWELS if place % 2 else _CONSONANTS)[bit] for place, bit in enumerate(places))
