"""What do both forms of the UK Sanctions List have in common? Kinds, dates, names and what a number is called."""

import re

from landwaiter.sources.identifiers import identifier
from landwaiter.sources.values import slashed_date, tidy

LIST = "gb_ukslist"
KINDS = {"individual": "person", "entity": "organisation", "ship": "vessel"}
# What the UK calls a primary name; `Primary Name Variation` is one of its other spellings.
PRIMARY = "primary name"
_LABELLED = re.compile(r"\s*(INN|OGRN|KPP|OKPO|LEI|IMO|Tax ID|USCC)\s*[:.]?\s*([\w-]+)", re.IGNORECASE)


def whole_name(given: list[str], surname: str) -> str:
    """Name 1 to 5 are given names, Name 6 is the surname or the whole name of a firm or ship."""
    return " ".join(filter(None, [*given, surname]))


def is_weak(strength: str) -> bool:
    """The UK calls an alias of little use for identification low quality."""
    return strength.strip().lower() in ("low", "low quality", "low quality a.k.a")


def uk_date(text: str) -> str:
    """`dd/mm/1962` is a year, `00/07/1978` a month, `28/06/1967` a day."""
    return slashed_date(text.strip(), day_first=True)


def numbers(words: str, cell: str) -> list[str]:
    """The numbers of a cell, each by its own label where it has one, as in `INN: 7710137066`."""
    found = _LABELLED.findall(tidy(cell))
    if found:
        return [identifier(label, number) for label, number in found]
    return [identifier(words, value) for value in re.split(r"[;\n]", cell) if value.strip()]
