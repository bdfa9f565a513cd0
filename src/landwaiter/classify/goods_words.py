"""Which words of a goods description count, in any script, and how much? Its head counts full, what follows less.

A word is a stem in Latin or Cyrillic letters, or two neighbouring Chinese characters in Simplified writing. Two
neighbouring words also count as one, so that `tooth brush` and `toothbrush` meet.
"""

import html
import re
import unicodedata
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
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_TURN = frozenset(
    "for with of in to from by without suitable having containing including used as or"
    " для с со из в на под при к для от із з зі до на при від".split()
)
_NOT = frozenset("not excluding excl except excepting кроме исключая крім excludes".split())
_STOP = frozenset(
    """
    a an and are as at be been by for from having in including into is it its n nes nec not no of on or other others
    the their there thereof therefor this those to up used using whether which with without kind kinds heading headings
    chapter subheading note specified elsewhere included containing than that but only whose any all such
    new free sale hot set pcs pc piece pieces pack lot style fashion quality high price shipping
    и или в во на с со для из по от до не прочие прочий прочая прочее другие их а також та або з зі із у інші інше
    при как под над к без также который которые кроме шт
    """.split()
)


def plain_text(text: str) -> str:
    """A description without markup, hidden characters and differences of width, cut to what is read."""
    text = html.unescape(_TAG.sub(" ", text[: 4 * LONGEST_TEXT]))
    return unicodedata.normalize("NFKC", text)[:LONGEST_TEXT]


def words_of(text: str) -> Words:
    """Each word of a plain text with its weight, the greatest of its places."""
    lowered = text.casefold().replace("ё", "е").replace("'", "").replace("’", "")
    if not lowered.isascii():
        lowered = _without_accents(lowered)
    found: Words = {}
    weight, before, head = 1.0, "", ""
    is_excluded = is_head_found = False
    last, phrase = "", 0
    for piece in _PIECE.findall(lowered):
        if piece in _NOT or (piece == "than" and last == "other"):
            is_excluded, before = True, ""
        elif piece in _MARKS:
            is_excluded, before, is_head_found = False, "", bool(head)
        elif is_excluded:
            pass
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
    return _converter().convert(run)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


_ENDINGS = (
    "иями ями ами иях ого ему ыми ими ому ией ией ией ов ев ей ий ый ой ые ие ая яя ое ее ую юю ых их ам ям ах ях ом"
    " ем ою ею ия ие ию ии ів їв ою ею ою єю ні ий ій ої ої их им ою ну на не і ї є а я о е у ю ы и ь й"
).split()
_LONGEST_FIRST = tuple(sorted(set(_ENDINGS), key=lambda ending: (-len(ending), ending)))
_IRREGULAR = {
    "women": "woman", "womens": "woman", "mens": "man", "men": "man", "children": "child", "childrens": "child",
    "feet": "foot", "teeth": "tooth", "mice": "mouse", "geese": "goose", "knives": "knife", "leaves": "leaf",
    "shelves": "shelf", "loaves": "loaf", "scarves": "scarf", "halves": "half", "calves": "calf", "wolves": "wolf",
    "oxen": "ox", "aluminum": "aluminium", "fibre": "fiber", "fibres": "fiber", "colour": "color", "coloured": "color",
    "jewellery": "jewelry", "tyre": "tire", "tyres": "tire", "grey": "gray", "moulds": "mold", "mould": "mold",
    "moulded": "mold", "plough": "plow", "sulphur": "sulfur", "sulphate": "sulfate", "sulphide": "sulfide",
    "woollen": "wool", "woolen": "wool", "wooden": "wood", "frozen": "frozen", "pyjamas": "pajama", "gases": "gas",
    "lens": "lens", "glasses": "glasses", "sunglasses": "sunglasses", "chassis": "chassis", "series": "series", "apparatus": "apparatus",
    "analyser": "analyzer", "analysers": "analyzer", "centre": "center", "centres": "center", "metre": "meter",
    "meters": "meter", "metres": "meter", "litre": "liter", "axe": "axe", "axes": "axe", "dvd": "dvd", "fish": "fish",
}  # fmt: skip


@lru_cache(maxsize=200_000)
def stem_of(word: str) -> str:
    """The stem of one word in small letters: plurals and the commonest endings go."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not word.isascii():
        for ending in _LONGEST_FIRST:
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
