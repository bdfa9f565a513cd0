"""How is a Hangul syllable spelled in Latin letters: by Revised Romanization, McCune-Reischauer, passports and habit?

A Hangul syllable is a code point made of its initial, vowel and final, so no table of syllables is needed.
"""

from functools import cache

_FIRST, _LAST = 0xAC00, 0xD7A3
_INITIALS = ("g k", "kk g k", "n", "d t", "tt d t", "r l n", "m", "b p", "pp b p", "s sh", "ss s", "", "j ch",
             "jj j ch", "ch", "k", "t", "p", "h")  # fmt: skip
_VOWELS = ("a", "ae ai", "ya", "yae", "eo o u", "e", "yeo yo yu you", "ye", "o", "wa", "wae", "oe oi", "yo", "u oo",
           "wo weo", "we", "wi", "yu yoo", "eu u", "ui eui ee", "i ee")  # fmt: skip
_FINALS = ("", "k g", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p b", "p", "t", "t",
           "ng", "t", "t", "k", "t", "p", "t")  # fmt: skip
# Families that are spelled by custom.
_CUSTOM = {
    "이": ("lee", "rhee", "yi", "ri"), "리": ("lee", "rhee", "ri"), "박": ("park",), "우": ("woo",),
    "임": ("lim", "rim"), "유": ("ryu", "yoo", "you"), "노": ("roh", "noh", "ro"), "허": ("hur", "huh"),
    "백": ("paik", "baik"), "위": ("wee",), "오": ("oh",), "구": ("koo",),
    "여": ("yuh",), "양": ("ryang",), "염": ("ryom", "yum"), "연": ("yon",),
    "류": ("yoo",), "화": ("wha", "hwah"), "안": ("ahn",), "손": ("sohn",), "욱": ("wook", "wuk"),
}  # fmt: skip


def is_hangul(char: str) -> bool:
    """Whether a character is a whole Hangul syllable."""
    return _FIRST <= ord(char) <= _LAST


def parts_of_hangul(syllable: str) -> tuple[int, int, int]:
    """Which initial, vowel and final a Hangul syllable is made of, each by its place in the order of Unicode."""
    place = ord(syllable) - _FIRST
    return place // 588, place // 28 % 21, place % 28


@cache
def spellings_of_hangul(syllable: str) -> tuple[str, ...]:
    """The spellings of one Hangul syllable, that of the Revised Romanization first."""
    initial, vowel, final = parts_of_hangul(syllable)
    return (*(first + middle + last
              for first in _INITIALS[initial].split() or [""]
              for middle in _VOWELS[vowel].split()
              for last in _FINALS[final].split() or [""]), *_CUSTOM.get(syllable, ()))  # fmt: skip
