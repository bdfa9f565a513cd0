"""What is left of a name when case, width, accents, hidden characters and punctuation are taken away?

The whole column is folded at once: joined to one text, passed through the few operations that Python does in C, and cut
again. Only names that are not plain ASCII take the long way.
"""

import re
import unicodedata

from landwaiter.text.looks import read_digits
from landwaiter.text.scripts import CYRILLIC, LATIN, script_of

LONGEST_NAME = 4_000

# Letters that Unicode does not decompose, and dashes and quotes of all kinds by what they mean in a name.
_LETTERS = {
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ħ": "h", "ŧ": "t",
    "ĸ": "k", "ŋ": "n", "ə": "a", "ƒ": "f", "ー": "", "々": "々", "ـ": "", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ی",
    "ي": "ی", "ك": "ک", "ة": "ه", "ؤ": "و", "ئ": "ی", "ё": "е",
}  # fmt: skip
_JOINING = "'’‘ʼʹʺ`´ʻʽ\u05f3\u05f4\"“”„«»"

# Look-alikes, Latin on the left and Cyrillic on the right.
_LATIN_LOOKS = "aceopxyikmthbjsdqw"
_CYRILLIC_LOOKS = "асеорхуікмтнвјѕԁԛԝ"
_TO_LATIN = str.maketrans(_CYRILLIC_LOOKS + "αονρεικτυχ", _LATIN_LOOKS + "aovpeiktux")
_TO_CYRILLIC = str.maketrans(_LATIN_LOOKS, _CYRILLIC_LOOKS)
# Letters of Cyrillic that Russian and Ukrainian do not have: a word that needs one is meant in Latin.
_RARE_CYRILLIC = frozenset("јѕԁԛԝ")
_MIXED = re.compile(r"\w*(?:[a-z][\u0370-\u052f]|[\u0370-\u052f][a-z])\w*")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LOOKS_LATIN = frozenset(_CYRILLIC_LOOKS)
_SPACES = re.compile(r"[^\S\n]+")


def fold(names: list[str]) -> list[str]:
    """Each name in lower case and plain letters, words separated by one space; characters keep their script."""
    cut = [name[:LONGEST_NAME] for name in names]
    plain = [place for place, name in enumerate(cut) if name.isascii()]
    other = [place for place, name in enumerate(cut) if not name.isascii()]
    folded = list(cut)
    for places, lines in ((plain, _fold_ascii(cut, plain)), (other, _fold_unicode(cut, other))):
        for place, line in zip(places, lines, strict=True):
            folded[place] = line
    return folded


def _joined(names: list[str], places: list[int]) -> str:
    return "\n".join(names[place].translate(_BREAKS) if _breaks(names[place]) else names[place] for place in places)


_BREAKS = {0x0A: " ", 0x0D: " ", 0x0B: " ", 0x0C: " ", 0x85: " ", 0x2028: " ", 0x2029: " "}


def _breaks(name: str) -> bool:
    return not name.isprintable()


def _fold_ascii(names: list[str], places: list[int]) -> list[str]:
    text = _joined(names, places).translate(_ASCII).lower()
    return _lines(read_digits(text), len(places))


def _fold_unicode(names: list[str], places: list[int]) -> list[str]:
    text = unicodedata.normalize("NFKC", _joined(names, places)).translate(_BREAKS_BUT_LINES)
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_UNICODE)
    text = unicodedata.normalize("NFKC", text)
    text = _MIXED.sub(_one_script, text)
    return [_in_latin(line) for line in _lines(read_digits(text), len(places))]


_BREAKS_BUT_LINES = {key: value for key, value in _BREAKS.items() if key != 0x0A}


def _lines(text: str, count: int) -> list[str]:
    lines = [line.strip() for line in _SPACES.sub(" ", text).split("\n")] if count else []
    assert len(lines) == count
    return lines


def _one_script(found: re.Match[str]) -> str:
    """A word of mixed scripts goes to the one that has all its letters, else to that of most of them."""
    word = found.group()
    in_latin, in_cyrillic = word.translate(_TO_LATIN), word.translate(_TO_CYRILLIC)
    is_cyrillic = all(script_of(char) == CYRILLIC and char not in _RARE_CYRILLIC for char in in_cyrillic)
    if in_latin.isascii() != is_cyrillic:
        return in_cyrillic if is_cyrillic else in_latin
    cyrillic = sum(script_of(char) == CYRILLIC for char in word)
    latin = sum(script_of(char) == LATIN for char in word)
    return in_cyrillic if cyrillic > latin else in_latin


def _in_latin(line: str) -> str:
    """A Latin name with a few Cyrillic letters, all of which look like Latin ones, is meant in Latin."""
    found = _CYRILLIC.findall(line)
    if not found or not _LOOKS_LATIN.issuperset(found):
        return line
    latin = sum(map(str.isascii, line.replace(" ", "")))
    return line.translate(_TO_LATIN) if latin >= 3 * len(found) else line


class _Characters(dict[int, str | int | None]):
    """What each code point becomes, found out when it is first met: a table of all takes longer than an answer."""

    def __missing__(self, code: int) -> str | int | None:
        said = self[code] = _becomes(code) if any(code in codes for codes in _CODES) else code
        return said


def _becomes(code: int) -> str | int | None:
    """Marks and hidden characters become nothing, punctuation and symbols a space."""
    char = chr(code)
    if char in _LETTERS or code == 0x0A:
        return _LETTERS.get(char, "\n")
    kind = unicodedata.category(char)
    if char in _JOINING or kind in ("Cf", "Cs", "Co", "Cn") or (kind == "Mn" and _is_accent(code)):
        return None
    return " " if kind[0] in "PSZC" or kind in ("Lm", "Sk") else code


def _is_accent(code: int) -> bool:
    """Marks that change no letter of Latin, Greek, Cyrillic, Hebrew and Arabic; elsewhere they are vowels."""
    return code < 0x0700 or 0x1AB0 <= code <= 0x1AFF or 0x1DC0 <= code <= 0x1DFF or 0x20D0 <= code <= 0x20FF


_CODES = (range(0x10000), range(0x1F000, 0x1FB00), range(0xE0000, 0xE0200))
_ASCII = {code: _becomes(code) for code in range(0x80)}
_UNICODE = _Characters()
