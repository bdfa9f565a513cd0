"""How else may a Chinese character be read: in another Mandarin reading, in Cantonese, in Hokkien, in Korean?

Names abroad are spelled as the family speaks: 陳 is Chen in Taipei, Chan in Hong Kong, Tan in Singapore, Jin in Seoul.
A word in Latin letters is not told which of these it is; so the syllable is compared with all that the character reads.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from landwaiter.text.readings_korean import is_hangul, spellings_of_hangul
from landwaiter.text.syllables import coarse_of_pinyin

_HERE = Path(__file__).parent
_LONGEST_SYLLABLE, _LONGEST_WORD = 7, 12

Syllable = tuple[str, str]
# For each syllable of a name its coarse Mandarin and the character or the letters that it was read from.
Row = list[Syllable]

# What Hong Kong writes for the initials and finals of Jyutping, most usual first.
_INITIALS = {
    "b": ("p", "b"), "d": ("t", "d"), "g": ("k", "g"), "gw": ("kw", "k", "gw"), "kw": ("kw", "k"),
    "z": ("ch", "ts", "j"),    "c": ("ch", "ts"), "s": ("s", "sh"), "j": ("y",), "ng": ("ng", ""), "": ("", "ng"),
}  # fmt: skip
_FINALS = {
    "aa": "a ah ar", "aai": "ai aai", "aau": "au aau", "aam": "am aam", "aan": "an aan", "aang": "ang", "aap": "ap aap",
    "aat": "at aat", "aak": "ak aak", "au": "au ow", "am": "am um", "an": "an un", "ap": "ap up", "at": "at ut",
    "ak": "ak uk", "ei": "ei i ee ay", "eng": "eng ang", "i": "i ee", "iu": "iu ew", "in": "in een", "ou": "o ou",
    "eoi": "ui", "eon": "un", "eot": "ut", "oeng": "eung eong", "oek": "euk eok", "u": "u oo", "un": "un oon",
    "yu": "u ue", "yun": "uen un", "yut": "uet ut", "ung": "ung oong", "oi": "oi oy", "ok": "ok ock", "uk": "uk ook",
}  # fmt: skip
_WHOLE = {"zi": ("tsz", "tze", "tse"), "ci": ("tsz", "tze"), "si": ("sze", "sz", "see"), "m": ("ng",), "ng": ("ng",)}
# Families whose character has another reading as a name.
_CANTONESE_FAMILIES = {"区": "au", "单": "sin", "查": "zaa", "翟": "zaak", "盖": "goi", "冼": "sin", "任": "jam"}
_JYUTPING = re.compile(r"(ng|gw|kw|[bpmfdtnlgkhwzcsj]?)([aeiouy].*)")

# Spellings of the same: of romanisations in use, what is written in several ways for one sound.
_LOOSE = tuple((re.compile(pattern), sign) for pattern, sign in (
    (r"^(?:tsz|tz|ts|tj|c|j)h?", "c"), (r"^(?:sh|hs)", "s"), (r"^rh", "r"), (r"^q(?=u)", "k"),
    (r"^(?:kh|g|k|q)", "k"), (r"^(?:th|d|t)", "t"), (r"^(?:ph|b)", "p"), (r"^r", "l"), (r"(?<=[aeiou])(?:h|r)$", ""),
    (r"ee", "i"), (r"oo", "u"), (r"ck$", "k"), (r"young", "yong"), (r"ou", "o"), (r"ow$", "au"), (r"ew$", "iu"),
    (r"uen$", "un"), (r"uet$", "ut"), (r"ue$", "u"), (r"(?<!n)g$", "k"), (r"ey$", "i"), (r"^y(?=i)", ""),
))  # fmt: skip
_VOWELS = re.compile(r"[aeiou]+[yw]?")
_LOOKS_SPELLED = re.compile(
    r"^(?:(?:tsz|ts|tj|ch|kh|th|ph|sh|hs|ng|kw|gw|hw|[bcdfghjklmnpqrstwyz])?[aeiouy]+w?(?:ng|ck|rk|[nmptkhglr])?){1,2}$"
    r"|^(?:ng|sng|png|tng|kng|chng|tsz|sz)$",
    re.MULTILINE,
)


@cache
def other_readings(char: str) -> frozenset[str]:
    """How a character in Simplified writing is spelled by those who do not speak Mandarin, loosely; may be empty."""
    return frozenset(loose for family in readings_by_tongue(char) for loose in family)


@cache
def other_mandarin(char: str) -> frozenset[str]:
    """The other Mandarin readings of a character, as coarse syllables."""
    return frozenset(coarse_of_pinyin(reading) for reading in _table("mandarin").get(char, ()))


@cache
def readings_by_tongue(char: str) -> tuple[frozenset[str], ...]:
    """The loose spellings of a character in Cantonese, in Hokkien and in Korean."""
    korean = (char,) if is_hangul(char) else _table("korean").get(char, ())
    cantonese = (*_table("cantonese").get(char, ()), *filter(None, [_CANTONESE_FAMILIES.get(char)]))
    spellings = (
        [spelling for reading in cantonese for spelling in spellings_of_jyutping(reading)],
        _hokkien().get(char, ()),
        [spelling for reading in korean for spelling in spellings_of_hangul(reading)],
    )
    return tuple(frozenset(map(loose, found)) for found in spellings)


@cache
def spellings_of_jyutping(reading: str) -> tuple[str, ...]:
    """What Hong Kong's registers write for a syllable of Jyutping without tone."""
    found = _JYUTPING.fullmatch(reading)
    if found is None:
        return _WHOLE.get(reading, (reading,))
    initial, final = found.groups()
    finals = _FINALS.get(final, final).split()
    return (*(first + last for first in _INITIALS.get(initial, (initial,)) for last in finals),
            *_WHOLE.get(reading, ()))  # fmt: skip


@lru_cache(maxsize=50_000)
def loose(spelling: str) -> str:
    """A spelling without what differs between romanisations of the same sound."""
    for pattern, sign in _LOOSE:
        spelling = pattern.sub(sign, spelling)
    return spelling


@lru_cache(maxsize=50_000)
def coarse_key(spelling: str) -> str:
    """What is left of a loose spelling to look it up by: its consonants and what kind of vowel it has."""
    return _VOWELS.sub(_vowel, spelling)


def _vowel(found: re.Match[str]) -> str:
    run = found.group()
    return "a" if "a" in run else "o" if "o" in run or "u" in run else "i"


def can_be_spelled(words: list[str]) -> set[str]:
    """Those of the folded words that look like a syllable or two of another tongue; a whole column at a time."""
    return set(_LOOKS_SPELLED.findall("\n".join(words)))


def reads_as(char: str, coarse: str, spelling: str) -> bool:
    """Whether a character may be read as a syllable told by its coarse Mandarin and by its letters."""
    return loose(spelling) in other_readings(char) or coarse in other_mandarin(char)


def are_read_otherwise(left: Row, right: Row) -> bool:
    """Whether some character of one row finds only another reading of its own in the other row."""
    chars, letters = (left, right) if any(not written.isascii() for _, written in left) else (right, left)
    usual = {coarse for coarse, _ in letters}
    return any(
        coarse not in usual and any(reads_as(char, *syllable) for syllable in letters)
        for coarse, char in chars
        if not char.isascii()
    )


def read_in_one_tongue(left: Row, right: Row) -> bool:
    """Whether two rows of syllables say the same in one tongue, or do where up to two at the end are put first.

    Hokkien families have given names in Mandarin; besides, only one character may have a rarer Mandarin reading.
    """
    if len(left) != len(right):
        return False
    chars, letters = (left, right) if any(not written.isascii() for _, written in left) else (right, left)
    turned = (letters[turn:] + letters[:turn] for turn in (0, 1, 2, len(letters) - 1, len(letters) - 2))
    return any(_in_one_tongue(list(zip(chars, row, strict=True))) for row in turned)


def _in_one_tongue(pairs: list[tuple[Syllable, Syllable]]) -> bool:
    if any(char.isascii() or not letters.isascii() for (_, char), (_, letters) in pairs):
        return False
    mandarin = [char == letters for (char, _), (letters, _) in pairs]
    rarer = [letters in other_mandarin(char) for (_, char), (letters, _) in pairs]
    cantonese, hokkien, korean = (
        [loose(letters) in readings_by_tongue(char)[tongue] for (_, char), (_, letters) in pairs] for tongue in range(3)
    )
    return (
        all(cantonese)
        or all(korean)
        or all(map(max, mandarin, hokkien))
        or (mandarin.count(False) == 1 and all(map(max, mandarin, rarer)))
    )


@lru_cache(maxsize=200_000)
def cut_spelling(word: str) -> tuple[str, ...]:
    """A word that is no Mandarin cut into a syllable of another tongue, or two of Korean; empty where it is none.

    Only Koreans write given names as one word; elsewhere two syllables would be found in many a Western name.
    """
    if len(word) <= _LONGEST_SYLLABLE and loose(word) in _inventory():
        return (word,)
    if not 4 <= len(word) <= _LONGEST_WORD:
        return ()
    for place in range(min(_LONGEST_SYLLABLE, len(word) - 2), 1, -1):
        if word[:place] in _korean() and word[place:] in _korean():
            return (word[:place], word[place:])
    return ()


@cache
def _inventory() -> frozenset[str]:
    """Every loose spelling that some character has."""
    cantonese = (spelling for said in _readings("cantonese") for spelling in spellings_of_jyutping(said))
    hokkien = (spelling for found in _hokkien().values() for spelling in found)
    return frozenset(loose(spelling) for source in (cantonese, _korean(), hokkien) for spelling in source)


@cache
def _korean() -> frozenset[str]:
    return frozenset(spelling for said in _readings("korean") for spelling in spellings_of_hangul(said))


@cache
def _table(name: str) -> dict[str, tuple[str, ...]]:
    """The readings of each character."""
    found: dict[str, tuple[str, ...]] = {}
    for reading, chars in _lines(f"readings_{name}.txt"):
        for char in chars:
            found[char] = (*found.get(char, ()), reading)
    return found


@cache
def _readings(name: str) -> list[str]:
    return [reading for reading, _ in _lines(f"readings_{name}.txt")]


@cache
def _hokkien() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for spellings, char in _lines("readings_hokkien.txt"):
        found[char] = (*found.get(char, ()), *spellings.split(","))
    return found


def _lines(name: str) -> list[tuple[str, str]]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    parts = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return [(reading, chars) for reading, _, chars in parts]
