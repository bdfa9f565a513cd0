"""Which words of a name only say its legal form, and to which family of forms do they belong?"""

from functools import cache

from landwaiter.ref.facts import read_facts

# The order is that of weight: where a name has words of several families, the last one says what it is.
FAMILIES = ("none", "word", "company", "nonprofit", "sole", "partnership", "limited", "state", "stock")
NONE, WORD, COMPANY, NONPROFIT, SOLE, PARTNERSHIP, LIMITED, STATE, STOCK = range(len(FAMILIES))


@cache
def legal_forms() -> dict[str, int]:
    """Family, as a position in FAMILIES, of each folded word that says a legal form."""
    facts = read_facts("legal_forms")
    pairs = zip(facts.column("form").to_pylist(), facts.column("family").to_pylist(), strict=True)
    return {form: FAMILIES.index(family) for form, family in pairs}


@cache
def chinese_legal_forms() -> tuple[str, ...]:
    """The forms written in Chinese characters, longest first."""
    forms = [form for form in legal_forms() if "\u3400" <= form[0] <= "\u9fff"]
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))
