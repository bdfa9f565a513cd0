"""Which words of a goods description count, in any script, and how much? Its head counts full, what follows less.

A word is a stem in Latin or Cyrillic letters, or two neighbouring Chinese characters in Simplified writing. Two
neighbouring words also count as one, so that `tooth brush` and `toothbrush` meet.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from opencc import OpenCC

# What is read of a text; no description of goods needs more, and a longer one is mostly something else.
LONGEST_TEXT = 2_000
# Weight of words behind the first `for`, `with`, comma or bracket, of two words as one, and of what is excluded.
BEHIND, JOINED = 0.6, 0.5
# The head of a description ("grinding machines" is machines) counts once more, under a name of its own.
# A longer first phrase is a shop's title, whose last word is any.
HEAD, HEAD_WEIGHT, LONGEST_PHRASE = "^", 0.7, 5

Words = dict[str, float]

_MARKS = frozenset(",;:()>")

_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)\s*>|<!--.*?-->|</?[a-zA-Z!][^<>]{0,2000}>", re.S | re.I)
_PIECE = re.compile(r"[a-z]+|[0-9]+(?:[.,][0-9]+)?|[\u0400-\u04ff]+|[\u3400-\u9fff\uf900-\ufaff]+|[,;:()>]")
# A run of letters and digits, and what hangs on it: `xc7k325t-2ffg900c`.
_MIXED = re.compile(
    r"(?<![a-z0-9\u0400-\u04ff])([a-z\u0400-\u04ff]*\d[a-z0-9\u0400-\u04ff]*)((?:[-/_.][a-z0-9\u0400-\u04ff]+)*)"
)
_LETTERS = re.compile(r"[a-z\u0400-\u04ff]+")
_SWITCH = re.compile(r"\d+|[a-z\u0400-\u04ff]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_TURN = frozenset({
    "as", "by", "containing", "for", "from", "having", "in", "including", "of", "or", "suitable", "to", "used",
    "with", "without", "в", "від", "для", "до", "з", "зі", "из", "к", "на", "от", "под", "при", "с", "со", "із",
})  # fmt: skip
_NOT = frozenset({
    "except", "excepting", "excl", "excludes", "excluding", "not", "исключая", "кроме", "крім",
})  # fmt: skip
_STOP = frozenset({
    "sample", "samples", "gift", "gifts", "item", "items", "misc", "product", "products", "goods", "merchandise",
    "a", "all", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "chapter", "containing",
    "elsewhere", "fashion", "for", "free", "from", "having", "heading", "headings", "high", "hot", "in",
    "included", "including", "into", "is", "it", "its", "kind", "kinds", "lot", "n", "nec", "nes", "new", "no",
    "not", "note", "of", "on", "only", "or", "other", "others", "pack", "pc", "pcs", "piece", "pieces", "price",
    "quality", "sale", "set", "shipping", "specified", "style", "subheading", "such", "than", "that", "the",
    "their", "there", "therefor", "thereof", "this", "those", "to", "up", "used", "using", "whether", "which",
    "whose", "with", "without", "а", "або", "без", "в", "во", "для", "до", "другие", "з", "зі", "и", "из",
    "или", "их", "к", "как", "которые", "который", "кроме", "на", "над", "не", "от", "по", "под", "при",
    "прочая", "прочее", "прочие", "прочий", "с", "со", "та", "также", "також", "у", "шт", "із", "інше", "інші",
})  # fmt: skip


def plain_text(text: str) -> str:
    """A description without markup, hidden characters and differences of width, cut to what is read."""
    text = html.unescape(_TAG.sub(" ", text[: 4 * LONGEST_TEXT]))
    return unicodedata.normalize("NFKC", text)[:LONGEST_TEXT]


def words_of(text: str) -> Words:
    """Each word of a plain text with its weight, the greatest of its places."""
    lowered = text.casefold().replace("ё", "е").replace("'", "").replace("’", "")
    if not lowered.isascii():
        lowered = _without_accents(lowered)
    lowered = _MIXED.sub(_without_part_number, lowered)
    found: Words = {}
    weight, before, head = 1.0, "", ""
    is_head_found = False
    last, phrase = "", 0
    for piece in _pieces(lowered):
        if piece in _MARKS:
            before, is_head_found = "", bool(head)
        elif _HAN.match(piece):
            _add_pairs(found, piece, weight)
            before = ""
        elif piece in _TURN or piece in _STOP:
            if piece in _TURN and head:
                weight, is_head_found = BEHIND, True
            before = ""
        else:
            word = stem_of(piece)
            found[word] = max(found.get(word, 0.0), weight)
            # `100 ml` and `12v` measure the goods, and are not their head.
            is_unit = last[:1].isdigit() and len(piece) < 4
            if is_unit:
                last = piece
                continue
            if before and not word[0].isdigit():
                both = before + word
                found[both] = max(found.get(both, 0.0), weight * JOINED)
            before = word if not word[0].isdigit() else ""
            # In English and Chinese the head comes last, in Russian and Ukrainian first.
            if before and not is_head_found:
                head, is_head_found = word, not word.isascii()
                phrase += 1
        last = piece
    if head and phrase <= LONGEST_PHRASE:
        found[HEAD + head] = HEAD_WEIGHT
    return found


def _pieces(text: str) -> Iterator[str]:
    """Words and marks of a text, without what it excludes: from `except` or `other than` to the next mark."""
    is_excluded, last = False, ""
    for piece in _PIECE.findall(text):
        if piece in _MARKS:
            is_excluded = False
        elif piece in _NOT or (piece == "than" and last == "other"):
            is_excluded = True
        if not is_excluded:
            yield piece
        last = piece


def _without_part_number(run: re.Match[str]) -> str:
    """What stays of a run with digits: of a part number nothing, since its letters are no words; of `12v` all."""
    first, rest = run[1], run[2]
    if not is_part_number(first):
        return run[0]
    return " " + " ".join(part for part in re.split("[-/_.]", rest) if part.isalpha() and len(part) > 2)


def is_part_number(run: str) -> bool:
    """Whether a run of letters and digits names a part: letters and digits change places often, or begin with few."""
    pieces = _SWITCH.findall(run)
    letters = [piece for piece in pieces if not piece.isdigit()]
    digits = sum(len(piece) for piece in pieces if piece.isdigit())
    if not letters or digits < 2 or "x" in letters:
        return False
    if run[0].isdigit():
        return len(pieces) > 2 and max(map(len, letters)) < 4
    return len(pieces) > 2 or max(map(len, letters)) < 3


def _add_pairs(found: Words, run: str, weight: float) -> None:
    simple = _simplified(run) if len(run) > 1 else run
    for start in range(max(1, len(simple) - 1)):
        pair = simple[start : start + 2]
        found[pair] = max(found.get(pair, 0.0), weight)


def _without_accents(text: str) -> str:
    """Plain Latin letters; Cyrillic й and ї keep their marks, which are letters of their own."""
    return "".join(_plain(char) for char in text)


@lru_cache(maxsize=10_000)
def _plain(char: str) -> str:
    if "\u0400" <= char <= "\u04ff" or ord(char) < 0x80:
        return char
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))


@lru_cache(maxsize=50_000)
def _simplified(run: str) -> str:
    return str(_converter().convert(run))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


# Endings of Russian and Ukrainian nouns and adjectives, the longest first.
_ENDINGS = (
    "иями", "ами", "ему", "ией", "ими", "иях", "ого", "ому", "ыми", "ями", "ам", "ах", "ая", "ев", "ее", "ей",
    "ем", "ею", "ие", "ии", "ий", "им", "их", "ию", "ия", "на", "не", "ну", "ні", "ов", "ое", "ой", "ом", "ою",
    "ої", "ую", "ые", "ый", "ых", "юю", "ям", "ях", "яя", "єю", "ів", "ій", "їв", "а", "е", "и", "й", "о", "у",
    "ы", "ь", "ю", "я", "є", "і", "ї",
)  # fmt: skip
_IRREGULAR = {
    "women": "woman", "womens": "woman", "mens": "man", "men": "man", "children": "child", "childrens": "child",
    "feet": "foot", "teeth": "tooth", "mice": "mouse", "geese": "goose", "knives": "knife", "leaves": "leaf",
    "shelves": "shelf", "loaves": "loaf", "scarves": "scarf", "halves": "half", "calves": "calf", "wolves": "wolf",
    "oxen": "ox", "aluminum": "aluminium", "fibre": "fiber", "fibres": "fiber", "colour": "color", "coloured": "color",
    "jewellery": "jewelry", "tyre": "tire", "tyres": "tire", "grey": "gray", "moulds": "mold", "mould": "mold",
    "moulded": "mold", "plough": "plow", "sulphur": "sulfur", "sulphate": "sulfate", "sulphide": "sulfide",
    "woollen": "wool", "woolen": "wool", "wooden": "wood", "frozen": "frozen", "pyjamas": "pajama", "gases": "gas",
    "lens": "lens", "glasses": "glasses", "sunglasses": "sunglasses", "chassis": "chassis",
    "series": "series", "apparatus": "apparatus",
    "analyser": "analyzer", "analysers": "analyzer", "centre": "center", "centres": "center", "metre": "meter",
    "meters": "meter", "metres": "meter", "litre": "liter", "axe": "axe", "axes": "axe", "dvd": "dvd", "fish": "fish",
}  # fmt: skip


@lru_cache(maxsize=200_000)
def stem_of(word: str) -> str:
    """The stem of one word in small letters: plurals and the commonest endings go."""
    regular = _IRREGULAR.get(word)
    if regular is not None:
        return regular if regular == word else stem_of(regular)
    if not word.isascii():
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)]
        return word
    if not word.isalpha() or len(word) < 4:
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and any(vowel in rest for vowel in "aeiouy"):
            doubled = len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "lsz"
            return rest[:-1] if doubled else rest.removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
