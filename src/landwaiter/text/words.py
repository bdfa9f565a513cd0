"""Which words of a name say little, and which say the same in another language?

Notions of business and places stand in `notions.txt` and `places.txt`, in English, Russian, Ukrainian, Turkish, German
and Chinese; other words that are translated, and well-known names, in `foreign_names.txt`. The tables are small and our
own; they serve names of firms, not translation. Russian and Ukrainian words are known in all their endings, in Cyrillic
and as any romanisation has them.
"""

import re
from functools import cache
from pathlib import Path

from landwaiter.text.cyrillic import read_cyrillic
from landwaiter.text.fold import fold
from landwaiter.text.sounds import sounds_of

_STOP = """and und et y e и та й the of for in on at an af для на по при з із ve named imeni
имени імені им імя 与 和 及"""
_PARTICLES = """al el ul bin ben ibn bint binti um van von der die das den ter ten zu la las los le les de des du di da
do dos della del bu oglu ogly qizi kyzy ar an ash ad az at"""
_TITLES = """mr mrs ms miss dr prof professor sir madam madame monsieur herr frau senor senora sheikh shaykh shaikh
sheik general gen colonel col major maj captain capt lieutenant lt hajji haji hadji mullah mulla maulavi mawlawi maulawi
qari sayyid sayed hujjat ayatollah господин пан г-н jr sr"""


_HERE = Path(__file__).parent
_SHORTEST_STEM, _SHORTEST_SOUND, _SHORTEST_ROOT = 4, 5, 5
_CYRILLIC_ENDING = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ыи|ии|ои|еи|ых|их|ая|яя|ое|ее|ые|ие|ую|юю|ою|ею|іи|ів|ам|ям|ами|ями|ах|ях|ом|ем|ым|им|ов"
    r"|ев|ия|ию|иеи|иям|иями|иях|[аеиоуыэюяьі])$"
)
# What makes an adjective of a noun: технологический from технология, инновационный from инновация.
_ADJECTIVE = re.compile(r"(?:и?ческ|ионн|онн|енн|ейн|альн|н)$")
_SOUND_ENDING = re.compile(r"(?:[oe]ho|[oe]mu|imi|i?ami|ih|i?[oae]m|im|ov|ev|i?ah|[aeiou]+)$")


@cache
def notions() -> dict[str, str]:
    """What each word of business says, as the first word of its line."""
    return _lines("notions.txt")


@cache
def places() -> dict[str, str]:
    """What each name of a country, region or large city says, as the first word of its line."""
    return _lines("places.txt")


@cache
def foreign_names() -> dict[str, str]:
    """Words of other languages that stand for one in English: translated ones, well-known names, and learned ones."""
    lines = (_HERE / "learned_words.csv").read_text(encoding="utf-8").splitlines()
    rows = (line.split(",") for line in lines if line and not line.startswith(("#", "word,")))
    return {word: said for word, said, _ in rows} | _lines("foreign_names.txt")


def stem_of(word: str) -> str:
    """A folded Cyrillic word without the ending that its case, number and gender give it."""
    stem = _CYRILLIC_ENDING.sub("", word)
    return stem if len(stem) >= _SHORTEST_STEM else word


def root_of(word: str) -> str:
    """The stem of a Cyrillic word without what makes an adjective of it; empty where little is left."""
    root = _ADJECTIVE.sub("", stem_of(word))
    return root if len(root) >= _SHORTEST_ROOT else ""


def stem_of_sound(sound: str) -> str:
    """The same for the sound of such a word in Latin letters."""
    stem = _SOUND_ENDING.sub("", sound)
    return stem if len(stem) >= _SHORTEST_SOUND else sound


@cache
def stems() -> dict[str, str]:
    """What each Cyrillic stem says that `notions` and `places` know with some ending."""
    return {stem: said for word, said in _cyrillic_words() if len(stem := stem_of(word)) >= _SHORTEST_STEM}


@cache
def roots() -> dict[str, str]:
    """What each root says, of which only one word of business or place is made."""
    said: dict[str, set[str]] = {}
    for word, meaning in _cyrillic_words():
        said.setdefault(root_of(word), set()).add(meaning)
    return {root: meanings.pop() for root, meanings in said.items() if root and len(meanings) == 1}


@cache
def english_sounds() -> dict[str, str]:
    """What the sound of an English word of business or place says, for names that write it in Cyrillic: шиппинг."""
    words = [
        word for table in (places(), notions()) for word in table if word.isascii() and len(word) > _SHORTEST_SOUND
    ]
    table = {**places(), **notions()}
    return {sound: table[word] for sound, word in zip(sounds_of(words), words, strict=True)}


@cache
def stem_sounds() -> dict[str, str]:
    """What the sound of each such stem says, for words that a book romanises instead of translating."""
    words = [(word, said) for word, said in _cyrillic_words() if len(word) > _SHORTEST_SOUND]
    sounds = sounds_of([read_cyrillic(word) for word, _ in words])
    pairs = ((stem_of_sound(sound), said) for sound, (_, said) in zip(sounds, words, strict=True))
    return {stem: said for stem, said in pairs if len(stem) >= _SHORTEST_SOUND}


def _cyrillic_words() -> list[tuple[str, str]]:
    tables = (places(), notions(), foreign_names())
    return [(word, said) for table in tables for word, said in table.items() if "а" <= word[0] <= "ӿ"]


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
    known = {**places(), **notions(), **foreign_names(), **dict.fromkeys(stop_words(), "")}
    found = [word for word in known if "\u3400" <= word[0] <= "\u9fff" and len(word) > 1]
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _lines(file: str) -> dict[str, str]:
    table = {}
    for line in (_HERE / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            first, _, others = line.partition(":")
            table.update(dict.fromkeys(fold([first, *others.split()]), first))
    return table
