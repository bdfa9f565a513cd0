"""How are two printings of one legal paragraph told to be the same words, and what does its wording say of its form?"""

import hashlib
import re
import unicodedata
from functools import lru_cache

MINUS = str.maketrans(dict.fromkeys("−‒–—‑", "-") | dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛`´", "'"))
# British and American spellings that differ between lists of one regime, never in meaning.
SPELLINGS = (
    (re.compile(r"\banalogue\b"), "analog"),
    (re.compile(r"(?<=\w)is(?=(?:e|ed|es|ing|ation|er)\b)"), "iz"),
    (re.compile(r"\banalyser"), "analyzer"),
    (re.compile(r"\bfibre"), "fiber"),
    (re.compile(r"\bmetre"), "meter"),
)
ENDINGS = re.compile(r"(?:[\s,;:.]|\b(?:and|or)\b\s*$)+$")
UNUSED = re.compile(r"^\W*(?:\[?\s*reserved\s*\]?|not used|deleted)\W*$", re.IGNORECASE)
NARROWS = re.compile(r"\b(?:do|does)\s+not\s+(?:control|apply)\b|\bis\s+not\s+(?:controlled|specified)\b", re.I)
WIDENS = re.compile(r"\b(?:includes?|also (?:controls?|applies))\b", re.IGNORECASE)
DEFINES = re.compile(r"\b(?:for the purposes? of|is defined as|means|refers to|is the|corresponds to|measured)\b", re.I)
POINTS = re.compile(r"^\W*(?:see\b|for .{3,200}\bsee\b)", re.IGNORECASE | re.DOTALL)
ALL_OF = re.compile(r"\b(?:all|both) (?:of )?(?:the )?following|perform all\b", re.IGNORECASE)
ANY_OF = re.compile(r"\b(?:any|either|one|one or more) of the following|\bas follows\b|\bany of the following", re.I)


def tidy(text: str) -> str:
    """One line with plain spaces, quotes and minus signs, without the marks of HTML and Markdown."""
    text = re.sub(r"\[([^\]]*)\]\(https?://[^)]*\)", r"\1", text)
    plain = re.sub(r"</?(?:sup|sub|i|b|em|strong|span|p|br)\b[^>]*>|&emsp;|[*]", " ", text)
    plain = unicodedata.normalize("NFC", plain).translate(MINUS).replace("\u00b5", "μ")
    return re.sub(r"\s+", " ", plain.replace("&nbsp;", " ")).strip()


def same_words(text: str, *, decimal_comma: bool) -> str:
    """A form that is equal where two printings differ only in superscripts, quotes, spaces, minus signs or spelling.

    A list word at the end (`; or`) is not of the paragraph itself and goes, as does the mark between thousands.
    """
    plain = unicodedata.normalize("NFKC", tidy(text)).translate(MINUS).lower()
    for pattern, spelling in SPELLINGS:
        plain = pattern.sub(spelling, plain)
    plain = ENDINGS.sub("", plain.replace("[reserved]", ""))
    plain = plain.replace("×", "x").replace("*", "")
    plain = re.sub(r"(?<=\d),(?=\d)", "." if decimal_comma else "", plain)
    plain = re.sub(r"(\d\.\d*?[1-9])0+(?!\d)|(\d)\.0+(?!\d)", lambda found: found[1] or found[2], plain)
    return re.sub(r"[\s\"',;:()\-]|\.(?!\d)", "", plain)


def without_numbering(text: str) -> str:
    """A note without its heading and number, which one printing gives and another leaves out."""
    heading = r"^\W*(?:(?:Technical )?Notes?|N\.B\.)\b\s*\d*(?: to [\w. ]+?)?\s*:\s*"
    return re.sub(
        r"^\W*(?:\d{1,2}|[a-z])(?:\.(?:\d{1,2}|[a-z]))*[.:)]\s+",
        "",
        re.sub(heading, "", tidy(text), flags=re.IGNORECASE),
    )


def digest_of(text: str) -> str:
    """The hash to which a rule is bound: it changes with every letter or digit, and not with spaces or quotes."""
    return hashlib.sha256(re.sub(r"\s+", " ", tidy(text)).encode()).hexdigest()[:16]


@lru_cache(maxsize=50_000)
def is_unused(text: str) -> bool:
    """Whether the place is kept but empty: reserved, not used, deleted."""
    return bool(UNUSED.match(tidy(text)))


@lru_cache(maxsize=50_000)
def joins_of(text: str) -> str:
    """How the paragraphs below are joined: `all`, `any`, or nothing said."""
    plain = tidy(text)
    last = max((found.end() for found in ALL_OF.finditer(plain)), default=0)
    other = max((found.end() for found in ANY_OF.finditer(plain)), default=0)
    return "" if last == other == 0 else "all" if last > other else "any"


@lru_cache(maxsize=50_000)
def effect_of(text: str) -> str:
    """What a note does: narrows, widens, defines, points elsewhere, or nothing that its words tell."""
    plain = tidy(text)
    if POINTS.search(plain):
        return "points"
    kinds = ((NARROWS, "narrows"), (WIDENS, "widens"), (DEFINES, "defines"))
    return next((kind for pattern, kind in kinds if pattern.search(plain)), "")
