"""Which words look alike on paper: o and 0, l and 1, m and rn? Those with the same looks.

A scanner, or somebody who does not want to be found, writes one for the other. A digit is read as a letter only inside
a word of letters; a number that stands alone stays one.
"""

import re

_LETTER_OF_DIGIT = str.maketrans("014568", "olasgb")
_CYRILLIC_OF_DIGIT = str.maketrans("0346", "озчб")
_MISREAD, _CYRILLIC_MISREAD = frozenset("014568"), frozenset("0346")
_WITH_DIGITS = re.compile(r"\b(?:[^\W\d_]++[0-9]|[0-9]++[^\W\d_])[^\W_]*")
_FEWEST_LETTERS = 3
# One sign for what looks alike; of an i and an l only the dot is to be told.
_SIGNS = str.maketrans("i", "l")
_STROKES = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def read_digits(text: str) -> str:
    """A folded text with the digits in words of letters read as the letters that they look like; numbers are kept."""
    return _WITH_DIGITS.sub(_as_letters, text)


def looks_of(texts: list[str]) -> list[str]:
    """What folded texts look like, without their spaces; a whole column at a time."""
    text = _WITH_DIGITS.sub(_any_as_letters, "\n".join(texts)).translate(_SIGNS).replace(" ", "")
    for strokes, letter in _STROKES:
        text = text.replace(strokes, letter)
    return text.split("\n") if texts else []


def _as_letters(found: re.Match[str]) -> str:
    """A word of few digits that does not end in one: `block2` and `10th` say numbers."""
    word = found.group()
    digits = {char for char in word if char.isdecimal()}
    count = sum(char.isdecimal() for char in word)
    if word[-1].isdecimal() or len(word) - count < max(_FEWEST_LETTERS, 3 * count):
        return word
    if word.isascii():
        return word.translate(_LETTER_OF_DIGIT) if digits <= _MISREAD else word
    return word.translate(_CYRILLIC_OF_DIGIT) if digits <= _CYRILLIC_MISREAD else word


def _any_as_letters(found: re.Match[str]) -> str:
    return found.group().translate(_LETTER_OF_DIGIT)
