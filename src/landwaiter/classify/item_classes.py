"""Which paragraphs is an item of a class measured against, and by which words do clauses name its parameters?"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from landwaiter.classify.quantities import dimension_of, unit_of_parameter
from landwaiter.classify.rules import Rule
from landwaiter.ref.facts import read_facts
from landwaiter.ref.legal import tidy


@dataclass(frozen=True, slots=True)
class Scope:
    """A paragraph that a class is looked up at; `only_with` are parameters (or parameter=value) that bring it in."""

    path: str
    only_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """How clauses name one parameter; `value` where words of the text say that the item is so."""

    parameter: str
    value: str
    words: re.Pattern[str]

    @property
    def unit(self) -> str:
        """The unit in which the parameter is given."""
        return unit_of_parameter(self.parameter)[1]


@cache
def known_classes() -> tuple[str, ...]:
    """Every item class, in the order of the alphabet."""
    return tuple(sorted({str(row["item_class"]) for row in read_facts("item_classes").to_pylist()}))


@cache
def scopes_of(item_class: str, control_list: str) -> tuple[Scope, ...]:
    """Where an item of the class is looked up in the list."""
    return tuple(
        Scope(row["path"], tuple(row["only_with"].split()))
        for row in read_facts("item_classes").to_pylist()
        if row["item_class"] == item_class and row["control_list"] in ("*", control_list)
    )


@cache
def names_of(item_class: str) -> tuple[Named, ...]:
    """The parameters of the class, and after them those that any item may have."""
    rows = read_facts("item_parameters").to_pylist()
    return tuple(
        Named(row["parameter"], row["value"], re.compile(row["words"], re.IGNORECASE))
        for owner in (item_class, "*")
        for row in rows
        if row["item_class"] == owner
    )


def parameters_of(item_class: str) -> list[str]:
    """Names of the class's own parameters."""
    rows = read_facts("item_parameters").to_pylist()
    return list(dict.fromkeys(str(row["parameter"]) for row in rows if row["item_class"] == item_class))


@lru_cache(maxsize=200_000)
def parameter_measured(rule: Rule, names: tuple[Named, ...]) -> Named | None:
    """The parameter that a rule limits: the first whose words are in what the rule measures."""
    said = f"{tidy(rule.quantity)} {rule.operator}"
    kinds = {dimension_of(limit.unit) for limit in rule.limits}
    return next(
        (name for name in names if not name.value and dimension_of(name.unit) in kinds and name.words.search(said)),
        None,
    )


@lru_cache(maxsize=200_000)
def qualities_said(text: str, names: tuple[Named, ...]) -> tuple[Named, ...]:
    """The qualities that the words of a paragraph ask for, or that a note exempts."""
    return tuple(name for name in names if name.value and name.words.search(tidy(text)))
