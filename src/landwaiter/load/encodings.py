"""In which encoding is a text written? Told by its bytes, or asked for; never guessed in silence."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from landwaiter.errors import InputError

# Stands for bytes that cannot be decoded. A noncharacter: no text has it, and a row that has it is set aside.
MARK = "\ufdd0"
MARKED = MARK.encode()

MARKS_OF_ORDER = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
SAMPLE = 2**20
ENOUGH = 12  # characters beyond ASCII below which no old encoding can be told from another
MARGIN = 0.2
PLAUSIBLE = 0.8
NAMES = {"big5": "cp950", "windows-1251": "cp1251", "gbk": "gb18030", "gb2312": "gb18030", "utf8": "utf-8"}

ASK = 'say it in a mapping file given with --map, as encoding = "big5"'


def _mark(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return MARK, error.end


codecs.register_error("landwaiter.mark", _mark)


class Survey:
    """What a first pass over a text says of its encoding. Feed it every byte once."""

    def __init__(self) -> None:
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self.head = b""
        self.sample = b""
        self._begun = b""
        self.is_utf8 = True

    def feed(self, piece: bytes) -> None:
        """Take the next bytes."""
        if len(self.head) < HEAD:
            self.head += piece[:HEAD]
        if piece.isascii() and not self._utf8.getstate()[0] and not self._begun:
            return
        if len(self.sample) < SAMPLE:
            self._take_lines(piece)
        if self.is_utf8:
            try:
                self._utf8.decode(piece)
            except UnicodeDecodeError:
                self.is_utf8 = False

    def close(self) -> None:
        """Say that the text ends here."""
        self._take_lines(b"\n")
        self.is_utf8 = self.is_utf8 and not self._utf8.getstate()[0]

    def _take_lines(self, piece: bytes) -> None:
        """Keep whole lines beyond ASCII: half a character at the end of a piece would speak against its encoding."""
        *lines, self._begun = (self._begun + piece).split(b"\n")
        self.sample += b"".join(line + b"\n" for line in lines if not line.isascii())
        if len(self._begun) > SAMPLE:
            self._begun = b""

    def encoding(self, where: str) -> str:
        """The one encoding that the bytes allow; InputError where they allow several or none."""
        for mark, name in MARKS_OF_ORDER.items():
            if self.head.startswith(mark):
                return name
        wide = _without_mark(self.head)
        if wide:
            return wide
        if self.is_utf8:
            return "utf-8"
        return _old_encoding(self.sample, where)


HEAD = 4096


def normal_name(encoding: str, where: str) -> str:
    """Python's name of an encoding that a user named; InputError where there is none or it is no text."""
    name = NAMES.get(encoding.strip().lower(), encoding.strip())
    try:
        "a".encode(name)
    except LookupError:
        raise InputError(
            where, f"'{encoding}' is no encoding", "such as utf-8, utf-16, big5, gb18030, cp1251"
        ) from None
    return codecs.lookup(name).name


def utf8_pieces(stream: BinaryIO, encoding: str, size: int, *, trusted: bool) -> Iterator[bytes]:
    """The text as UTF-8 in pieces of about `size` bytes, with MARK where bytes are not of the encoding.

    Args:
        trusted: whether a survey has found all of it to be strict UTF-8, so that it need not be decoded again.
    """
    head = stream.read(3)
    if head == codecs.BOM_UTF8 and encoding == "utf-8":
        head = b""
    if encoding == "utf-8" and trusted:
        yield head
        while piece := stream.read(size):
            yield piece
        return
    decoder = codecs.getincrementaldecoder(encoding)("landwaiter.mark")
    first = True
    while piece := (head + stream.read(size)):
        head = b""
        text = decoder.decode(piece)
        yield (text.removeprefix("\ufeff") if first else text).encode("utf-8", "replace")
        first = False
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _without_mark(head: bytes) -> str:
    """UTF-16 without a byte order mark: every other byte of its ASCII signs is zero."""
    if len(head) < 4 or b"\0" not in head:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.3 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.3 and odd < half * 0.05:
        return "utf-16-be"
    return ""


def _old_encoding(sample: bytes, where: str) -> str:
    if sum(byte > 127 for byte in sample) < ENOUGH:
        raise InputError(where, "has too few signs beyond ASCII to tell its encoding, and is not UTF-8", ASK)
    scores = sorted(((_plausible(sample, name), name) for name in ("cp950", "gb18030", "cp1251")), reverse=True)
    (best, name), (second, other) = scores[0], scores[1]
    if best < PLAUSIBLE:
        raise InputError(where, "is in no encoding that we can tell (not UTF-8, Big5, GB18030 or Windows-1251)", ASK)
    if best - second < MARGIN:
        raise InputError(where, f"could be {name} as well as {other}", ASK)
    return name


def _plausible(sample: bytes, encoding: str) -> float:
    """Which share of the signs beyond ASCII are ordinary for those who write in this encoding, 0 to 1."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 8:
            return 0.0
        text = sample[: error.start].decode(encoding)
    signs = [sign for sign in text if sign > "\x7f"]
    if not signs:
        return 0.0
    if encoding == "cp1251":
        return _cyrillic(text, len(signs))
    if encoding == "gb18030" and _could_be_korean(signs):
        return 0.0
    return sum(_is_common(sign, encoding) for sign in signs) / len(signs)


def _could_be_korean(signs: list[str]) -> bool:
    """EUC-KR has its syllables where GB 2312 has A to R of the pinyin order; two fifths of Chinese is S to Z."""
    leads = [sign.encode("gb18030")[0] for sign in signs]
    return sum(lead > 0xC8 for lead in leads) < 0.15 * sum(lead >= 0xB0 for lead in leads)


def _is_common(sign: str, encoding: str) -> bool:
    """Whether a sign is among the frequent ones: level 1 of GB 2312 or of Big5, or full-width punctuation."""
    code = sign.encode(encoding)
    if len(code) != 2:
        return False
    if encoding == "cp950":
        return 0xA4 <= code[0] <= 0xC6 or code[0] == 0xA1
    return code[1] >= 0xA1 and (0xB0 <= code[0] <= 0xD7 or code[0] in (0xA1, 0xA3))


ALPHABET = re.compile("[а-яёіїєґўА-ЯЁІЇЄҐЎ]")
# A Latin letter beside a Cyrillic one, or a capital after a small letter: a text read in the wrong code page.
BROKEN = re.compile("[A-Za-z][а-яё]|[а-яё][A-Za-z]|[а-яё][А-ЯЁ]")
FREQUENT = frozenset("оеаинтсрвлкмОЕАИНТСРВЛКМ")


def _cyrillic(text: str, beyond: int) -> float:
    letters = ALPHABET.findall(text)
    if not letters:
        return 0.0
    # The dozen most frequent letters are two thirds of Russian and Ukrainian, and a third of KOI8-R read as 1251.
    frequent = sum(letter in FREQUENT for letter in letters) / len(letters)
    share = len(letters) / beyond
    broken = 2 * len(BROKEN.findall(text)) / len(letters)
    return max(0.0, share - broken) if frequent > 0.5 else 0.0
