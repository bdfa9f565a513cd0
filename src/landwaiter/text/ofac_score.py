"""Which score would the US Treasury's list search give? Our own reading of what it has published about that search.

Its FAQ 249 says: the whole text is compared by Jaro-Winkler; then each part of the name asked for is compared with the
parts of the listed name, by Jaro-Winkler and Soundex, and the parts make one composite; the higher of the two counts.
Parts are compared that begin with one letter and are alike by half or more in edit distance.

What the FAQ leaves open was found from published scores: a common beginning of up to five letters counts, however
little else agrees; commas stay in the whole text; parts of one or two letters are left out where there are others; a
part with the same Soundex code gains a tenth of what it lacks; and the composite is the plain mean. The score is from 0
to 100, and not the same from either side.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import Jaro, Levenshtein, Prefix

_MARKS = re.compile(r"['’`.]")
_NOT_WRITTEN = re.compile(r"[^\w]+")
_LONGEST, _SHORTEST_PART = 1_000, 3
_LONGEST_BEGINNING, _GAINED_BY_LETTER, _GAINED_BY_SOUND = 5, 0.1, 0.1
_SOUNDEX = {letter: digit for digit, letters in
            enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), start=1) for letter in letters}  # fmt: skip


def ofac_score(asked: str, listed: str) -> int:
    """The score of a name asked for against a listed name, 0 where either is empty."""
    ours, theirs = _parts(asked), _parts(listed)
    if not ours or not theirs:
        return 0
    whole = _alike(asked.casefold().strip()[:_LONGEST], listed.casefold().strip()[:_LONGEST])
    telling = [part for part in ours if len(part) >= _SHORTEST_PART] or ours
    parts = [max(_part_alike(part, other) for other in theirs) for part in telling]
    return round(100 * max(whole, sum(parts) / len(parts)))


def _parts(name: str) -> tuple[str, ...]:
    return tuple(_NOT_WRITTEN.sub(" ", _MARKS.sub("", name.casefold())).strip()[:_LONGEST].split())


def _part_alike(part: str, other: str) -> float:
    """How alike two parts are, 0 where the search would not look at them."""
    if part[0] != other[0] or 2 * Levenshtein.distance(part, other) > max(len(part), len(other)):
        return 0.0
    alike = _alike(part, other)
    return alike + _GAINED_BY_SOUND * (1 - alike) if _soundex(part) == _soundex(other) else alike


def _alike(left: str, right: str) -> float:
    """Jaro-Winkler as the search seems to have it: its bonus for the beginning has no threshold."""
    jaro = Jaro.similarity(left, right)
    beginning = min(Prefix.similarity(left, right), _LONGEST_BEGINNING)
    return jaro + _GAINED_BY_LETTER * beginning * (1 - jaro)


@lru_cache(maxsize=10_000)
def _soundex(word: str) -> str:
    """The first letter and up to three digits for the consonants after it."""
    code, last = word[0], _SOUNDEX.get(word[0])
    for letter in word[1:]:
        digit = _SOUNDEX.get(letter)
        if digit and digit != last:
            code += str(digit)
        if letter not in "hw":
            last = digit
    return code[:4].ljust(4, "0")
