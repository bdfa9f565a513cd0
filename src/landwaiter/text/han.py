"""How is a name in Chinese characters cut into words, and how does each character read in Mandarin?"""

import re
from functools import cache, lru_cache
from pathlib import Path

from opencc import OpenCC

from landwaiter.text.legal_forms import chinese_legal_forms
from landwaiter.text.syllables import coarse_of_pinyin
from landwaiter.text.transcribed import read_foreign
from landwaiter.text.words import chinese_words

_READINGS = Path(__file__).parent / "mandarin_readings.txt"
_RUN = re.compile(r"[\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+")
# "City" and "province" behind a name, which other languages leave out.
_LEVELS = frozenset("市省")
# Up to three characters are a person or a brand, where a word of business would be found by chance.
_SHORTEST_WITH_WORDS = 4


def cut_chinese(names: list[str]) -> list[str]:
    """Folded names in Simplified characters, each word of business, legal form and other character set apart."""
    if not names:
        return []
    simplified = _to_simplified().convert("\n".join(names)).split("\n")
    return [_RUN.sub(_cut_firm if _legal().search(name) else _cut_run, name) for name in simplified]


def _cut_run(found: re.Match[str]) -> str:
    run = found.group()
    pieces = _pieces() if len(run) >= _SHORTEST_WITH_WORDS else _legal_pieces()
    return f" {pieces.sub(_spaced, run)} "


def _cut_firm(found: re.Match[str]) -> str:
    """What a name with a legal form says is no person, however short."""
    words: list[str] = []
    run = ""
    for piece in [*_pieces().findall(found.group()), ""]:
        if len(piece) == 1 and piece not in _LEVELS:
            run += piece
            continue
        words += [read_foreign(run)] if read_foreign(run) else list(run)
        words.append("" if piece in _LEVELS else piece)
        run = ""
    return f" {' '.join(words)} "


def _spaced(found: re.Match[str]) -> str:
    piece = found.group()
    return " " if piece in _LEVELS else f"{piece} "


@lru_cache(maxsize=50_000)
def reading_of(char: str) -> str:
    """The coarse syllable of one character in Simplified writing, in its most usual reading."""
    return coarse_of_pinyin(_pinyin().get(char, char))


@cache
def _pinyin() -> dict[str, str]:
    """The most usual reading of each character; loaded when the first one is met."""
    lines = _READINGS.read_text(encoding="utf-8").splitlines()
    rows = (line.split(": ") for line in lines if not line.startswith("#"))
    return {char: syllable for syllable, chars in rows for char in chars}


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


@cache
def _pieces() -> re.Pattern[str]:
    words = sorted({*chinese_legal_forms(), *chinese_words()}, key=lambda word: (-len(word), word))
    return re.compile(f"{'|'.join(words)}|.")


@cache
def _legal() -> re.Pattern[str]:
    return re.compile("|".join(chinese_legal_forms()))


@cache
def _legal_pieces() -> re.Pattern[str]:
    return re.compile(f"{'|'.join(chinese_legal_forms())}|.")
