"""Which words of a name only say its legal form, and to which family of forms do they belong?"""

from functools import cache
from pathlib import Path

from landwaiter.text.fold import fold

_TABLE = Path(__file__).parent / "legal_forms.csv"

# The order is that of weight: where a name has words of several families, the last one says what it is.
FAMILIES = ("none", "word", "company", "nonprofit", "sole", "partnership", "limited", "state", "stock")
NONE, WORD, COMPANY, NONPROFIT, SOLE, PARTNERSHIP, LIMITED, STATE, STOCK = range(len(FAMILIES))


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
