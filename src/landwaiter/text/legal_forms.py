"""Which words of a name only say its legal form, and to which family of forms do they belong?"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from landwaiter.text.fold import fold

_TABLE = Path(__file__).parent / "legal_forms.csv"

# The order is that of weight: where a name has words of several families, the last one says what it is.
FAMILIES = ("none", "word", "company", "nonprofit", "sole", "partnership", "limited", "state", "stock")
NONE, WORD, COMPANY, NONPROFIT, SOLE, PARTNERSHIP, LIMITED, STATE, STOCK = range(len(FAMILIES))


# Korean and Japanese forms as one character in brackets.
_BRACKETED = {"주": "주식회사", "유": "유한회사", "株": "株式会社", "有": "有限会社", "同": "合同会社"}
_IN_BRACKETS = re.compile(r"[(（]([주유株有同])[)）]|([㈜㈱㈲])")
_AS_ONE_SIGN = {"㈜": "주", "㈱": "株", "㈲": "有"}


def spell_bracketed(names: Sequence[str]) -> list[str]:
    """Names with such forms in full: 삼성전자(주) is 삼성전자 주식회사."""
    return [name if name.isascii() else _IN_BRACKETS.sub(_in_full, name) for name in names]


def _in_full(found: re.Match[str]) -> str:
    return f" {_BRACKETED[found[1] or _AS_ONE_SIGN[found[2]]]} "


@cache
def legal_forms() -> dict[str, int]:
    """Family, as a position in FAMILIES, of each folded word that says a legal form."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split(",") for line in lines if line and not line.startswith(("#", "form,")))
    forms, families, _ = zip(*rows, strict=True)
    return {form: FAMILIES.index(family) for form, family in zip(fold(list(forms)), families, strict=True)}


@cache
def chinese_legal_forms() -> tuple[str, ...]:
    """The forms written in Chinese characters, longest first."""
    forms = [form for form in legal_forms() if "\u3400" <= form[0] <= "\u9fff"]
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))
