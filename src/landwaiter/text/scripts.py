"""In which scripts is a text written? Answered from ranges of code points, as a set of bits."""

from bisect import bisect_right
from functools import cache

LATIN, CYRILLIC, HAN, ARABIC, OTHER, HANGUL, KANA = 1, 2, 4, 8, 16, 32, 64

NAMES = {LATIN: "Latin", CYRILLIC: "Cyrillic", HAN: "Chinese", ARABIC: "Arabic", OTHER: "another script",
         HANGUL: "Korean", KANA: "Japanese"}  # fmt: skip

# First code point of each range and what it holds; 0 is what belongs to no script (digits, punctuation, spaces).
_RANGES = (
    (0x0000, 0), (0x0041, LATIN), (0x005B, 0), (0x0061, LATIN), (0x007B, 0), (0x00AA, LATIN), (0x00AB, 0),
    (0x00BA, LATIN), (0x00BB, 0), (0x00C0, LATIN), (0x00D7, 0), (0x00D8, LATIN), (0x00F7, 0), (0x00F8, LATIN),
    (0x02B0, 0), (0x0370, OTHER), (0x0400, CYRILLIC), (0x0530, OTHER), (0x0600, ARABIC), (0x0660, 0),
    (0x066E, ARABIC), (0x06F0, 0), (0x06FA, ARABIC), (0x0700, OTHER), (0x0750, ARABIC), (0x0780, OTHER),
    (0x08A0, ARABIC), (0x0900, OTHER), (0x1C80, CYRILLIC), (0x1C90, OTHER), (0x1E00, LATIN), (0x1F00, OTHER),
    (0x2000, 0), (0x2C60, LATIN), (0x2C80, OTHER), (0x2DE0, CYRILLIC), (0x2E00, 0), (0x2E80, HAN), (0x2FE0, 0),
    (0x3005, HAN), (0x3008, 0), (0x3021, HAN), (0x302A, 0), (0x3041, KANA), (0x3100, OTHER), (0x3131, HANGUL),
    (0x3190, OTHER), (0x31F0, KANA),
    (0x3200, OTHER), (0x3400, HAN), (0x4DC0, 0),
    (0x4E00, HAN), (0xA000, OTHER), (0xA640, CYRILLIC), (0xA6A0, OTHER), (0xA720, LATIN), (0xA800, OTHER),
    (0xAC00, HANGUL),
    (0xD7FF, 0), (0xF900, HAN), (0xFB00, LATIN), (0xFB07, OTHER), (0xFB50, ARABIC), (0xFE00, 0), (0xFE70, ARABIC),
    (0xFF00, 0), (0xFF21, LATIN), (0xFF3B, 0), (0xFF41, LATIN), (0xFF5B, 0), (0xFF66, KANA), (0xFFA0, OTHER),
    (0xFFE0, 0),
    (0x10000, OTHER), (0x1F000, 0), (0x20000, HAN), (0x32000, 0),
)  # fmt: skip
_STARTS = [start for start, _ in _RANGES]


@cache
def script_of(char: str) -> int:
    """The script's bit of one character, 0 where it belongs to none."""
    return _RANGES[bisect_right(_STARTS, ord(char)) - 1][1]


def scripts_of(text: str) -> int:
    """The bits of all scripts in a text."""
    if text.isascii():
        return LATIN if any(char.isalpha() for char in text) else 0
    bits = 0
    for char in set(text):
        bits |= script_of(char)
    return bits


def script_name(bits: int) -> str:
    """What a set of scripts is called in a sentence; with kana or Hangul, characters are no Chinese."""
    if bits & (HANGUL | KANA):
        bits &= ~HAN
    return " and ".join(name for bit, name in NAMES.items() if bits & bit) or "no script"
