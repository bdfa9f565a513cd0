"""What stands on a part? Words in plain capitals, and what could be part numbers, whatever alphabet was typed."""

import re
import unicodedata
from dataclasses import dataclass

# A marking is a few lines; of a longer text the beginning is read, and the answer says so.
LONGEST = 2_000
MOST_WORDS = 120
LONGEST_PART = 40
# Cyrillic and Greek capitals that look like Latin ones; a number typed on a Russian keyboard means the Latin letter.
LOOKS = str.maketrans("АВЕЅІЈКМНОРСТУХЗЁҮԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTYX3EYQWABEZHIKMNOPTYX")
_TO_CYRILLIC = str.maketrans("ABEKMHOPCTYX", "АВЕКМНОРСТУХ")
_CYRILLIC = re.compile(r"[А-ЯІЇЄҐЁ]")
_SPLIT = re.compile(r"[\s,;()\[\]{}\"“”«»<>|*®™©!?]+")
# Names of interfaces and formats that look like part numbers.
_STANDARD = re.compile(
    r"^(?:RS-?(?:232|422|423|485|644)\w*|USB-?\d.*|\d{1,5}BASE-?\w*|CR\d{4}|IEEE-?\d+|PC/?104|DDR\d.*|CAT-?\d|IP\d\d|AWG\d+"
    r"|MIL-STD-?\d*\w*|802\.?\d*\w*|H\.?26\d|MP[34]|PCI-?E?\d*|GPS-?L\d|\d+[A-Z]?-PIN|\d+-BIT\w*|SOT-?\d+|SO-?\d+|TO-?\d+"
    r"|(?:T|L|P|V|H|W|U|VF)?Q?F[NP]P?-?\d+|[LTPVM]?S?SOP-?\d+|SOIC-?\d+|DIP-?\d+|[A-Z]{0,3}BGA-?\d+)$"
)
_EDGES = "'’`.:-_/=~^"
_DASHES = str.maketrans("‐‑‒–—−﹣－", "--------")


@dataclass(frozen=True)
class Word:
    """A word as it stands: `text` in Latin capitals, `native` as typed where it has Cyrillic letters, and its place."""

    text: str
    native: str
    place: int


@dataclass(frozen=True)
class MarkingText:
    """A marking cut into words; `reason` says why there are none, or what was not read."""

    plain: str
    words: tuple[Word, ...]
    reason: str


def read_text(text: str) -> MarkingText:
    """Cut a marking into words; control signs, width and dashes do not matter, and look-alike letters become Latin."""
    if not text.strip():
        return MarkingText("", (), "the text is empty")
    cut = f"only the first {LONGEST:,} characters were read" if len(text) > LONGEST else ""
    plain = unicodedata.normalize("NFKC", text[: LONGEST * 2])[:LONGEST].translate(_DASHES).upper()
    plain = "".join(sign if sign.isprintable() else " " for sign in plain)
    pieces = [piece.strip(_EDGES) for piece in _SPLIT.split(plain)]
    pieces = [piece for piece in pieces if piece][:MOST_WORDS]
    words = tuple(Word(_latin(piece), _native(piece), place) for place, piece in enumerate(pieces))
    if not any(any(sign.isalnum() for sign in word.text) for word in words):
        return MarkingText(plain, (), "no letter or digit stands in the text")
    return MarkingText(plain, words, cut)


def _latin(piece: str) -> str:
    """Letters that look Latin, where all of them do or where a digit stands among them."""
    if piece.isascii():
        return piece
    changed = piece.translate(LOOKS)
    return changed if changed.isascii() or not _CYRILLIC.search(piece) else piece


def _native(piece: str) -> str:
    """The piece in Cyrillic where it has a Cyrillic letter: numbers of Russian makers are written so."""
    return piece.translate(_TO_CYRILLIC) if _CYRILLIC.search(piece) else ""


def part_like(words: tuple[Word, ...]) -> list[tuple[str, int]]:
    """What could be a part number, with the place of its first word: words with a digit, also joined to the one before.

    `MAX 3221EAE` and `ATMEGA 64` are one number each; a hyphen between letters and digits is often left out.
    """
    found: list[tuple[str, int]] = []
    for place, word in enumerate(words):
        if len(word.text) > LONGEST_PART or _STANDARD.match(word.text):
            continue
        if any(sign.isdigit() for sign in word.text):
            found.append((word.text, place))
            if word.native and word.native != word.text:
                found.append((word.native, place))
            for cut in re.split(r"[/:+=]", word.text):
                if cut != word.text and len(cut) > 3 and not _STANDARD.match(cut):
                    found.append((cut, place))
        after = words[place + 1].text if place + 1 < len(words) else ""
        if 1 < len(word.text) <= 8 and word.text.replace("-", "").isalpha() and after[:1].isdigit():
            found.append((f"{word.text}{after}"[:LONGEST_PART], place))
    return found
