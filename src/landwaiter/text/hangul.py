"""How is a name in Hangul cut into words, and how does a word of it read in Latin letters?

A person's name is cut into syllables, of which each has many spellings, as Chinese characters have. What a firm is
called becomes one word, in the letters that North Korea's own firms use: those are the ones on lists.
"""

import re
from functools import cache, lru_cache

from landwaiter.text.legal_forms import legal_forms
from landwaiter.text.readings_korean import is_hangul, parts_of_hangul
from landwaiter.text.runs import cut_run, pieces_of
from landwaiter.text.words import foreign_names, notions, places

_RUN = re.compile(r"[가-힣]+")
_INITIALS = ("k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "ch", "tch", "ch", "k", "t", "p", "h")
_VOICED = {"k": "g", "t": "d", "p": "b", "ch": "j"}
_VOICED_PLACES = frozenset((0, 3, 7, 12))
_VOWELS = ("a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
           "u", "ui", "i")  # fmt: skip
_FINALS = ("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng",
           "t", "t", "k", "t", "p", "t")  # fmt: skip
_SONANTS = frozenset(("", "n", "m", "ng", "l"))

_FAMILIES = frozenset(
    "김이리박최정강조윤장임림신권황안송류유홍고문전오서한손배백허남심노로하곽성차주우구민진나라지엄채원천방공현함변염여"
    "추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부가태계피두감음빈동온호범양량렴"
)
_LONG_FAMILIES = frozenset(("남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방"))

# What romanisations of Korean write in several ways for one sound.
_LOOSE = tuple((re.compile(pattern), sign) for pattern, sign in (
    (r"t?ch|j+", "c"), (r"sh", "s"), (r"oo", "u"), (r"ee", "i"), (r"eo|eu", "o"), (r"ai|ae", "e"),
    (r"ou|u", "o"), (r"ng", "N"), (r"g|q|ck", "k"), (r"d", "t"), (r"b", "p"), (r"r", "l"),
    (r"(.)\1+", r"\1"), (r"(?<=[aeio])h$", ""),
))  # fmt: skip


def cut_korean(name: str) -> str:
    """A folded name with the syllables of a person, or the words of business and legal forms of a firm, set apart."""
    words = name.split()
    if _is_person(words):
        return " ".join("".join(words))
    return _RUN.sub(lambda found: f" {' '.join(cut_run(found.group(), _pieces()))} ", name)


def _is_person(words: list[str]) -> bool:
    """A family name and one or two syllables more, in one word or in two."""
    run = "".join(words)
    if len(words) > 2 or not all(map(is_hangul, run)) or any(_is_known(word) for word in words):
        return False
    family = next((run[:length] for length in (2, 1) if run[:length] in (_LONG_FAMILIES, _FAMILIES)[length == 1]), "")
    fits = len(words) == 1 or words[0] == family
    return bool(family) and fits and 1 <= len(run) - len(family) <= 2


def _is_known(word: str) -> bool:
    return any(word in table for table in (legal_forms(), notions(), places(), foreign_names()))


@cache
def _pieces() -> re.Pattern[str]:
    tables = (legal_forms(), notions(), places(), foreign_names())
    known = {word for table in tables for word in table if len(word) > 1 and is_hangul(word[0])}
    return pieces_of(known)


@lru_cache(maxsize=50_000)
def read_hangul(word: str) -> str:
    """A folded word with each Hangul syllable read in Latin letters, others kept; voiced between vowels."""
    read, last = "", "#"
    for char in word:
        if not is_hangul(char):
            read, last = read + char, "#"
            continue
        initial, vowel, final = parts_of_hangul(char)
        first = _INITIALS[initial]
        if initial in _VOICED_PLACES and last in _SONANTS:
            first = _VOICED[first]
        read += first + _VOWELS[vowel] + _FINALS[final]
        last = _FINALS[final]
    return read


@lru_cache(maxsize=50_000)
def loose_korean(word: str) -> str:
    """A word in Latin letters without what differs between romanisations of Korean."""
    for pattern, sign in _LOOSE:
        word = pattern.sub(sign, word)
    return word
