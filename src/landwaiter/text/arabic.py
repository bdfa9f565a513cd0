"""Which consonants does an Arabic or Persian word write? Short vowels are not written, so only they can be compared."""

import re

_READING = str.maketrans({
    "ا": "a", "ء": "", "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d",
    "ذ": "dh", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a",
    "غ": "gh", "ف": "f", "ق": "q", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "و": "w", "ه": "h", "ی": "y",
    "ہ": "h", "ے": "y", "ں": "n", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ٱ": "a",
})  # fmt: skip
_GRAPHS = (
    ("kh", "X"), ("gh", "G"), ("sh", "S"), ("ch", "C"), ("th", "s"), ("dh", "z"), ("zh", "z"), ("ph", "f"),
    ("ck", "k"), ("q", "k"), ("c", "k"), ("G", "k"), ("g", "k"), ("X", "k"), ("p", "b"), ("v", "w"), ("x", "ks"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouyw]+|(?<=.)h$", re.MULTILINE)
_DOUBLES = re.compile(r"(.)\1+")


def read_arabic(word: str) -> str:
    """A folded word with each Arabic letter read in Latin letters; the article is cut off where it is written on."""
    if word.startswith("ال") and len(word) > 4:
        word = word[2:]
    return word.translate(_READING)


def skeletons_of(words: list[str]) -> list[str]:
    """The consonants of words in Latin letters, sounds that romanisations mix up written as one; a column at a time."""
    text = "\n".join(words)
    for graph, sign in _GRAPHS:
        text = text.replace(graph, sign)
    return _DOUBLES.sub(r"\1", _VOWELS.sub("", text)).split("\n") if words else []


def skeleton(word: str) -> str:
    """The consonants of one word."""
    return skeletons_of([word])[0]
