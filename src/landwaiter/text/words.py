"""Which words of a name say little, and which say the same in another language?

Notions of business and places stand in `notions.txt` and `places.txt`, in English, Russian, Ukrainian and Chinese.
The tables are small and our own; they serve names of firms, not translation.
"""

from functools import cache
from pathlib import Path

from landwaiter.text.fold import fold

_STOP = """and und et y e и та й the of for in on at an af для на по при з із ve"""
_PARTICLES = """al el ul bin ben ibn bint binti um van von der die das den ter ten zu la las los le les de des du di da
do dos della del bu oglu ogly qizi kyzy ar an ash ad az at"""
_TITLES = """mr mrs ms miss dr prof professor sir madam madame monsieur herr frau senor senora sheikh shaykh shaikh
sheik general gen colonel col major maj captain capt lieutenant lt hajji haji hadji mullah mulla maulavi mawlawi maulawi
qari sayyid sayed hujjat ayatollah господин пан г-н jr sr"""


@cache
def notions() -> dict[str, str]:
    """What each word of business says, as the first word of its line."""
    return _lines("notions.txt")


@cache
def places() -> dict[str, str]:
    """What each name of a country, region or large city says, as the first word of its line."""
    return _lines("places.txt")


@cache
def stop_words() -> frozenset[str]:
    """Words that join other words."""
    return frozenset(fold(_STOP.split()))


@cache
def particles() -> frozenset[str]:
    """Small words inside the names of persons."""
    return frozenset(fold(_PARTICLES.split()))


@cache
def titles() -> frozenset[str]:
    """Words put before the name of a person."""
    return frozenset(fold(_TITLES.split()))


@cache
def chinese_words() -> tuple[str, ...]:
    """Words of business and places in Chinese characters, longest first; one character alone is no word."""
    found = [word for word in {**places(), **notions()} if "\u3400" <= word[0] <= "\u9fff" and len(word) > 1]
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _lines(file: str) -> dict[str, str]:
    table = {}
    for line in (Path(__file__).parent / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            first, _, others = line.partition(":")
            table.update(dict.fromkeys(fold([first, *others.split()]), first))
    return table
