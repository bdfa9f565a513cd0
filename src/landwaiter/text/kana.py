"""How is a name in kana cut into words, and how does a word of it read in Latin letters? By Hepburn, roughly."""

import re
from functools import cache, lru_cache

from landwaiter.text.runs import cut_run, pieces_of
from landwaiter.text.words import foreign_names, notions, places

_RUN = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]+")
_SHORTEST_WORD = 3
_SYLLABLES = (
    "アa イi ウu エe オo カka キki クku ケke コko ガga ギgi グgu ゲge ゴgo サsa シshi スsu セse ソso ザza"
    " ジji ズzu ゼze ゾzo"
    " タta チchi ツtsu テte トto ダda ヂji ヅzu デde ドdo ナna ニni ヌnu ネne ノno ハha ヒhi フfu ヘhe ホho"
    " バba ビbi ブbu ベbe"
    " ボbo パpa ピpi プpu ペpe ポpo マma ミmi ムmu メme モmo ヤya ユyu ヨyo ラra リri ルru レre ロro ワwa ヰi"
    " ヱe ヲo ンn ヴvu"
    " ァa ィi ゥu ェe ォo ャya ュyu ョyo ヮwa ヵka ヶke"
)
_READING = {pair[0]: pair[1:] for pair in _SYLLABLES.split()}
_SMALL_Y, _SMALL_VOWELS, _DOUBLING = frozenset("ャュョ"), frozenset("ァィゥェォ"), "ッ"
_LONG = ((re.compile(r"o[ou]+"), "o"), (re.compile(r"u+"), "u"))


def cut_kana(name: str) -> str:
    """A folded name with each run of kana, and in it each word of business, set apart."""
    return _RUN.sub(lambda found: f" {' '.join(cut_run(found.group(), _pieces()))} ", name)


@cache
def _pieces() -> re.Pattern[str]:
    tables = (notions(), places(), foreign_names())
    known = {word for table in tables for word in table if len(word) >= _SHORTEST_WORD and _RUN.fullmatch(word)}
    return pieces_of(known)


@lru_cache(maxsize=50_000)
def read_kana(word: str) -> str:
    """A folded word with its kana read in Latin letters, others kept; long vowels are written once."""
    read, doubles = "", False
    for char in _in_katakana(word):
        if char == _DOUBLING:
            doubles = True
            continue
        said = _READING.get(char, char)
        if char in _SMALL_Y and read.endswith("i"):
            read = read[:-1]
            said = said[1:] if read.endswith(("sh", "ch", "j")) else said
        elif char in _SMALL_VOWELS and read[-1:] in ("i", "u", "e", "o"):
            read = read[:-1]
        if doubles and said[:1].isalpha() and said[:1] not in "aiueon":
            said = ("t" if said.startswith("ch") else said[0]) + said
        read, doubles = read + said, False
    for pattern, sign in _LONG:
        read = pattern.sub(sign, read)
    return read


def _in_katakana(word: str) -> str:
    return "".join(chr(ord(char) + 0x60) if "\u3041" <= char <= "\u3096" else char for char in word)
