"""Whose part number is it? The beginnings that makers' numbers have, and the base, suffix and package in a number."""

import re
from dataclasses import dataclass
from functools import cache

from landwaiter.ref.facts import read_facts

_SPECIAL = re.compile(r"[#@\[]")
_FIXED = re.compile(r"^[^#@\[]+")
_BASE = re.compile(r"^[^\d]*\d+(?:[А-Я]{2}\d{1,3}|-?[^\W\d_]{1,4}\d{2,})*")
_LAST_DIGITS = re.compile(r"^(.*[^\d])\d+$")
# What a scanner or a tired eye writes for a letter of a maker's prefix.
_LETTER = str.maketrans("015826", "OISBZG")
LONGEST_PREFIX = 12


@dataclass(frozen=True)
class Grammar:
    """One beginning of a maker's part numbers; `fixed` counts the signs it prescribes."""

    maker: str
    component_type: str
    sure: float
    expression: str
    written: str
    fixed: int


@dataclass(frozen=True)
class PartReading:
    """A number read by a maker's grammar: base and suffix, the series it belongs to, and how sure the maker is."""

    part: str
    family: str
    base: str
    suffix: str
    maker: str
    component_type: str
    sure: float
    written: str
    place: int


@cache
def grammars() -> dict[str, tuple[Grammar, ...]]:
    """Every grammar by the letters and digits with which it begins."""
    found: dict[str, list[Grammar]] = {}
    for row in read_facts("part_grammars").to_pylist():
        for written in row["patterns"].upper().split():
            pattern = written if _SPECIAL.search(written) or len(written) > 5 else written + _digits_after(written)
            fixed = _FIXED.match(pattern)
            if fixed is None:
                continue
            signs = len(re.sub(r"\[[^\]]*\]", "#", pattern))
            sure, expression = int(row["sure"]) / 100, _expression(pattern)
            one = Grammar(row["maker"], row["component_type"], sure, expression, written, signs)
            found.setdefault(fixed.group(), []).append(one)
    return {prefix: tuple(them) for prefix, them in found.items()}


@cache
def _shape(expression: str) -> re.Pattern[str]:
    """Made when first asked for: most grammars never are."""
    return re.compile(expression)


def _digits_after(written: str) -> str:
    """A bare prefix needs digits behind it, more of them where it has few signs of its own."""
    if written[-1].isdigit() and len(written) >= 4:
        return ""
    return "#" if len(written) >= 4 or written[-1].isdigit() else "##"


def _expression(pattern: str) -> str:
    places = re.findall(r"\[[^\]]*\]|.", pattern)
    return "".join({"#": r"\d", "@": "[A-Z]"}.get(one, one if one[0] == "[" else re.escape(one)) for one in places)


def read_part(number: str, place: int) -> list[PartReading]:
    """Every maker whose numbers begin so, the one whose grammar prescribes most first; none where no grammar fits."""
    found = _fitting(number)
    worth = 1.0
    if not found and "-" in number:
        found = _fitting(number.replace("-", "", 1))
    if not found and number[:1].isdigit() and any(sign.isalpha() for sign in number[1:3]):
        head = number[:3].translate(_LETTER)
        found, worth = _fitting(head + number[3:]), 0.85
        number = head + number[3:] if found else number
    best: dict[str, Grammar] = {}
    for one in found:
        if one.maker not in best or (one.fixed, one.sure) > (best[one.maker].fixed, best[one.maker].sure):
            best[one.maker] = one
    most = max((one.fixed for one in best.values()), default=0)
    family, base, suffix = split_part(number)
    return [
        PartReading(number, family, base, suffix, one.maker, one.component_type,
                    _worth(one, number, most) * worth, one.written, place)
        for one in sorted(best.values(), key=lambda one: (-one.fixed, -one.sure, one.maker))
    ]  # fmt: skip


def _fitting(number: str) -> list[Grammar]:
    index = grammars()
    return [
        one
        for length in range(min(len(number), LONGEST_PREFIX), 0, -1)
        for one in index.get(number[:length], ())
        if _shape(one.expression).match(number)
    ]


def _worth(one: Grammar, number: str, most: int) -> float:
    """Few signs say little, and a grammar that says less than another one gives way to it."""
    sure = one.sure
    letters = sum(sign.isalpha() for sign in one.written)
    if one.fixed <= 3 or (one.fixed == 4 and letters <= 1):
        sure *= 0.6
    if letters == 0:
        sure *= 0.7
    if number[0].isalpha() and one.fixed < most:
        sure *= 0.35 if most - one.fixed > 1 else 0.6
    return sure


def split_part(number: str) -> tuple[str, str, str]:
    """Series, base and suffix of a number: STM32F103C8T6 is of series STM32F, base STM32F103, suffix C8T6."""
    found = _BASE.match(number)
    if found is None:
        return "", number, ""
    base = found.group()
    cut = _LAST_DIGITS.match(base)
    head = cut.group(1) if cut else base
    digits = base[len(head) :]
    if not any(sign.isdigit() for sign in head):
        head += digits[: max(1, len(digits) - 2)]
    return head.rstrip("-"), base, number[len(base) :]


@cache
def _packages() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    rows = read_facts("part_packages").to_pylist()
    return tuple((row["maker"], re.compile(row["suffix"]), row["package"]) for row in rows)


_NAMED = re.compile(
    r"\b(?:\d{1,4}-?)?(?:TSSOP|SSOP|MSOP|VSSOP|SOIC|SOP|SOJ|LQFP|TQFP|PQFP|QFP|VQFN|WQFN|QFN|DFN|LFCSP|FBGA|TFBGA|BGA|LCC|PLCC|CLCC"
    r"|PDIP|CDIP|DIP|SOT-?23|SOT-?223|SOT-?89|SC-?70|TO-?220|TO-?247|TO-?263|TO-?252|TO-?92|TO-?3|DPAK|D2PAK|WLCSP|PGA|SMA|SMB|SMC)"
    r"(?:-?\d{1,4})?\b"
)


def package_of(reading: PartReading, plain: str, marked: str = "") -> str:
    """The package that the suffix, or else a word of its own, names by its maker's code, else the one that is named."""
    for suffix in (reading.suffix, marked):
        for maker, code, package in _packages():
            if suffix and maker == reading.maker and code.match(suffix):
                return package
    named = _NAMED.search(plain)
    return named.group() if named else ""


def package_mark(maker: str, word: str) -> int:
    """How many first signs of a word are its maker's code of a package that counts pins: 6 of FTG256AGQ1305; else 0."""
    for house, code, _package in _packages():
        found = code.match(word) if house == maker and word[:1].isalpha() else None
        if found is not None and sum(sign.isdigit() for sign in found.group()) >= 2:
            return found.end()
    return 0
