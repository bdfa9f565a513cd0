"""Does a paragraph with all that stands above, below and beside it catch an item? Met, not met, or not decided."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from landwaiter.classify.item_classes import Named, parameter_measured, qualities_said
from landwaiter.classify.quantities import Quantity, compared
from landwaiter.classify.rules import Rule, rules_of
from landwaiter.ref.legal import is_unused, tidy
from landwaiter.ref.paragraphs import Paragraph, Version

Given = Mapping[str, Quantity | str | None]
TOLD = {">": (1,), ">=": (0, 1), "<": (-1,), "<=": (-1, 0), "=": (0,)}
OPPOSITE = {"true": "false", "false": "true"}


@dataclass(slots=True)
class Verdict:
    """What is known of one paragraph: `missing` parameters of the class, `beyond` what no parameter of it says."""

    path: str
    met: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)

    @property
    def state(self) -> bool | None:
        """True where all is met, False where one thing is not, None where something is not known."""
        return False if self.failed else None if self.missing or self.beyond else bool(self.met)

    def joined(self, other: "Verdict", *, path: str = "") -> "Verdict":
        """Both must hold."""
        lists = ((getattr(self, name) + getattr(other, name)) for name in ("met", "failed", "missing", "beyond"))
        return Verdict(path or self.path, *(list(dict.fromkeys(one)) for one in lists))


def judge_below(version: Version, path: str, given: Given, names: tuple[Named, ...]) -> list[Verdict]:
    """A verdict for every paragraph at or below `path` that could catch, with the conditions of those above it."""
    above = Verdict(path)
    step = version.at[path].parent
    while step in version.at:
        above = above.joined(_own(version, step, given, names, as_heading=True))
        step = version.at[step].parent
    return [
        _exempted(version, above.joined(one, path=one.path), given, names) for one in _look(version, path, given, names)
    ]


def _look(version: Version, path: str, given: Given, names: tuple[Named, ...]) -> list[Verdict]:
    """Verdicts of a paragraph: of each below it where any will do; of itself where all are needed.

    Where the first of all that are needed is itself a choice (3A001.a.14), the choice that was met is named.
    """
    below = [child for child in version.below.get(path, []) if not is_unused(version.at[child].text)]
    own = _own(version, path, given, names, as_heading=bool(below))
    if not below:
        return [own]
    if version.at[path].joins != "all":
        return [own.joined(one, path=one.path) for child in below for one in _look(version, child, given, names)]
    first, *others = below
    rest = own
    for child in others:
        rest = rest.joined(_any_of(path, _look(version, child, given, names)))
    found = _look(version, first, given, names)
    if len(found) > 1:
        return [rest.joined(one, path=one.path) for one in found]
    return [found[0].joined(rest, path=path)]


def _any_of(path: str, verdicts: list[Verdict]) -> Verdict:
    """One verdict of several of which any will do: the first met, else the first open, else all that failed."""
    order = {True: 0, None: 1, False: 2}
    best = min(verdicts, key=lambda one: (order[one.state], len(one.beyond)))
    if best.state is None:
        open_ones = [one for one in verdicts if one.state is None and len(one.beyond) == len(best.beyond)]
        for other in open_ones[1:]:
            best = best.joined(Verdict(path, missing=other.missing, beyond=other.beyond))
    return best


def _own(version: Version, path: str, given: Given, names: tuple[Named, ...], *, as_heading: bool) -> Verdict:
    """What a paragraph's own words ask. A heading names the kind of goods, which the class of the item stands for."""
    text = version.at[path].text
    verdict = Verdict(path)
    comma = version.control_list.startswith("eu")
    read = rules_of(path, text, decimal_comma=comma)
    weighed = []
    for group in _alternatives(read.rules):
        one = Verdict(path)
        for rule in group:
            needed = not as_heading or rule.role != "limit" or bool(parameter_measured(rule, names))
            _weigh(one, rule, given, names, needed=needed)
        weighed.append(one)
    verdict = verdict.joined(_any_of(path, weighed)) if len(weighed) > 1 else weighed[0]
    asked = qualities_said(text, names)
    for parameter in dict.fromkeys(name.parameter for name in asked):
        values = [name.value for name in asked if name.parameter == parameter]
        _weigh_quality(verdict, parameter, values, given)
    limits = [rule for rule in read.rules if rule.role == "limit"]
    if not as_heading and not limits and not asked:
        verdict.beyond.append(_short(text))
    return verdict


def _alternatives(rules: tuple[Rule, ...]) -> list[list[Rule]]:
    """Limits of one sentence that `or` joins: any of them will do."""
    groups: list[list[Rule]] = [[]]
    for rule in rules:
        if rule.role == "limit" and re.match(r"or\b", rule.clause) and groups[-1]:
            groups.append([])
        groups[-1].append(rule)
    return groups


def _weigh(verdict: Verdict, rule: Rule, given: Given, names: tuple[Named, ...], *, needed: bool) -> None:
    """Set one rule against the value given."""
    name = parameter_measured(rule, names)
    if name is None or (rule.every and rule.role == "band"):
        if needed and rule.role != "measured":
            verdict.beyond.append(_short(rule.clause))
        return
    value = given.get(name.parameter)
    if not isinstance(value, Quantity):
        if rule.role != "measured" or name.parameter in given:
            verdict.missing.append(name.parameter)
        return
    limit = next((limit for limit in rule.limits if limit.unit == value.unit), rule.limits[0])
    sign = compared(value, limit)
    said = f"{name.parameter} {value} {rule.operator} {limit}"
    if sign is None:
        verdict.missing.append(f"{name.parameter} in {limit.unit or 'a number'}")
    elif sign in TOLD[rule.operator]:
        verdict.met.append(said)
    elif rule.role == "measured":
        verdict.missing.append(f"{name.parameter} = {limit} (given at {value})")
    else:
        verdict.failed.append(f"{name.parameter} {value}, not {rule.operator} {limit}")


def _weigh_quality(verdict: Verdict, parameter: str, values: list[str], given: Given) -> None:
    value = given.get(parameter)
    if value is None:
        verdict.missing.append(parameter)
    elif value in values:
        verdict.met.append(f"{parameter} is {value}")
    else:
        verdict.failed.append(f"{parameter} is {value}")


def _exempted(version: Version, verdict: Verdict, given: Given, names: tuple[Named, ...]) -> Verdict:
    """The verdict after the notes that narrow: one that holds of the item lets it go, one not known leaves it open."""
    if verdict.state is False:
        return verdict
    for note in _notes_over(version, verdict.path):
        exempt = _exemption(note, given, names)
        if exempt is None:
            continue
        if exempt.state:
            verdict.failed.append(f"exempt by a note to {note.path}: {'; '.join(exempt.met)}")
        elif exempt.state is None:
            verdict.missing += [one for one in exempt.missing if one not in verdict.missing]
    return verdict


def _notes_over(version: Version, path: str) -> Iterable[Paragraph]:
    steps = path.split(".")
    for length in range(len(steps), 0, -1):
        for note in version.notes.get(".".join(steps[:length]), []):
            if note.effect == "narrows":
                yield note


def _exemption(note: Paragraph, given: Given, names: tuple[Named, ...]) -> Verdict | None:
    """How far a note exempts the item; None where nothing that it says is a parameter of the class."""
    sentence = next((one for one in re.split(r"(?<=[a-z)])\.\s", note.text) if " not " in one), note.text)
    asked = qualities_said(sentence, names)
    if not asked:
        return _one_of_several(note, given, names)
    verdict = Verdict(note.path)
    for name in asked:
        _weigh_quality(verdict, name.parameter, [name.value], given)
    for rule in rules_of(note.path, sentence, decimal_comma=note.control_list.startswith("eu")).rules:
        weighed = Verdict(note.path)
        _weigh(weighed, rule, given, names, needed=True)
        if rule.negated:
            weighed.met, weighed.failed = [f"not {one}" for one in weighed.failed], [f"{one}" for one in weighed.met]
        verdict = verdict.joined(weighed)
    return verdict


def _one_of_several(note: Paragraph, given: Given, names: tuple[Named, ...]) -> Verdict | None:
    """How far a note exempts by one limit of its own among several (`any of the following: a. ...; b. ...`)."""
    head, _, several = note.text.partition("any of the following:")
    if " not " not in head or not several:
        return None
    comma = note.control_list.startswith("eu")
    verdicts = []
    for part in re.split(r"(?:^|[;:]|\bor)\s*(?=[a-h]\.\s+[A-Z])", several):
        rules = rules_of(note.path, part, decimal_comma=comma).rules
        if "following" in part or not rules or not all(parameter_measured(rule, names) for rule in rules):
            continue
        verdict = Verdict(note.path)
        for rule in rules:
            _weigh(verdict, rule, given, names, needed=True)
        verdicts.append(verdict)
    return _any_of(note.path, verdicts) if verdicts else None


def _short(text: str) -> str:
    plain = tidy(text).strip(" ;.,")
    return plain if len(plain) <= 90 else plain[:87].rstrip() + "..."
