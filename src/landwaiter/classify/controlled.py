"""Do control lists of a day catch an item by its parameters? Caught, not caught, or undecidable, with the reason."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from landwaiter.classify.item_classes import Named, known_classes, names_of, parameters_of, scopes_of
from landwaiter.classify.quantities import Quantity, dimension_of, quantity_given, unit_of_parameter
from landwaiter.classify.rules import THRESHOLD
from landwaiter.classify.tree import Given, Verdict, judge_below
from landwaiter.ref.paragraphs import Version, held_lists, held_versions

# Other names under which lists are asked for.
ALIASES = {"us-ccl": "us_ccl", "ccl": "us_ccl", "eu-2021/821-annex-i": "eu_annex_i", "eu": "eu_annex_i", "us": "us_ccl"}
NEVER_CLEARED = "other paragraphs, and what no parameter says, were not looked at"


@dataclass(frozen=True, slots=True)
class ControlAnswer:
    """What one paragraph says of an item. `answer` is caught, possible, undecidable or not caught; never cleared."""

    control_list: str
    entry: str
    answer: str
    reason: str


def judge_item(
    item_class: str,
    params: Mapping[str, str | float | bool | None],
    *,
    control_list: str,
    as_of: date,
    text: str = "",
    more: Sequence[Version] = (),
) -> list[ControlAnswer]:
    """Every paragraph that catches the item or could not be decided; one answer `not caught` where there is neither.

    Args:
        item_class: one of the classes of docs/how-to/control-lists.md, such as adc_ic.
        params: parameter to value; a number in the unit of the parameter's name, or text with a unit (`1.3 GSPS`).
        control_list: us_ccl or eu_annex_i.
        as_of: the day whose text counts. Where none of that day is held, what the nearest say is at most `possible`.
        text: description of the goods; a value that is not in `params` is read from it where only one can be meant.
        more: texts of the user's own, beside those that come with the program.
    """
    name = ALIASES.get(control_list.strip().lower(), control_list.strip().lower())
    if not held_versions(name) and name not in {version.control_list for version in more}:
        return [
            ControlAnswer(name, "", "undecidable", f"no text of this list is held; held are {', '.join(held_lists())}")
        ]
    if item_class not in known_classes():
        return [ControlAnswer(name, "", "undecidable", f"the item class '{item_class}' is not known")]
    return _judge(
        name, item_class, _understood(item_class, params, text), lambda entry: versions_for(name, entry, as_of, more)
    )


def judge_by(
    version: Version, item_class: str, params: Mapping[str, str | float | bool | None], *, text: str = ""
) -> list[ControlAnswer]:
    """The same against one version of a list, whatever the day; entries that it does not hold are undecidable."""
    name = version.control_list
    if item_class not in known_classes():
        return [ControlAnswer(name, "", "undecidable", f"the item class '{item_class}' is not known")]

    def choose(entry: str) -> tuple[Version | None, list[Version]]:
        return (version if entry in version.at else None, [])

    return _judge(name, item_class, _understood(item_class, params, text), choose)


def _judge(
    name: str,
    item_class: str,
    understood: tuple[Given, list[str]],
    choose: Callable[[str], tuple[Version | None, list[Version]]],
) -> list[ControlAnswer]:
    given, notes = understood
    paths = [
        scope.path
        for scope in scopes_of(item_class, name)
        if not scope.only_with or _brought_in(scope.only_with, given)
    ]
    answers: list[ControlAnswer] = []
    passed: list[str] = []
    beyond: list[str] = []
    for path in paths:
        found, failed, unsaid = _judge_scope(path, choose(path.split(".")[0]), item_class, given)
        answers += found
        passed += failed
        beyond += unsaid
    answers = [ControlAnswer(name, one.entry, one.answer, "; ".join([one.reason, *notes])) for one in answers]
    # An open question about what is partly met leaves the item open; one about what nobody told stands beside.
    if any(one.answer != "undecidable" or "; met: " in one.reason for one in answers) or (answers and not passed):
        return answers
    return [*answers, _none_caught(name, paths, passed, beyond, notes)]


def _judge_scope(
    path: str, chosen: tuple[Version | None, list[Version]], item_class: str, given: Given
) -> tuple[list[ControlAnswer], list[str], list[str]]:
    """Answers of one paragraph and those below it; what failed; and what no parameter of the class decides."""
    on_the_day, near = chosen
    names = names_of(item_class)
    if on_the_day is not None:
        if not on_the_day.holds(path):
            return [], [f"{path} is not in the text of {on_the_day.valid_from}"], []
        return _answers(on_the_day, judge_below(on_the_day, path, given, names))
    if not near:
        return _by_other_lists(path, given, names)
    answers: dict[str, ControlAnswer] = {}
    for version in near:
        for one in _answers(version, judge_below(version, path, given, names))[0] if version.holds(path) else []:
            reason = f"no text of that day is held; {one.reason}"
            answers.setdefault(one.entry, ControlAnswer(one.control_list, one.entry, "possible", reason))
    held = ", ".join(str(version.valid_from) for version in near) or "no day"
    none = ControlAnswer(
        "", path, "undecidable", f"no text of {path} of that day is held; that of {held} does not catch"
    )
    return list(answers.values()) or [none], [], []


def _by_other_lists(
    path: str, given: Given, names: tuple[Named, ...]
) -> tuple[list[ControlAnswer], list[str], list[str]]:
    """Where no text of the entry is held: what lists that number alike say of it, which is at most possible."""
    none = f"no text of {path} is held; read the official file with `landwaiter controls read`"
    for other in held_lists():
        having = [version for version in held_versions(other) if version.holds(path)]
        if having:
            found = _answers(having[-1], judge_below(having[-1], path, given, names))[0]
            alike = f"{other}, which numbers alike, "
            caught = [ControlAnswer("", one.entry, "possible", f"{none}; {alike}catches: {one.reason}")
                      for one in found if one.answer == "caught"]  # fmt: skip
            return caught or [ControlAnswer("", path, "undecidable", f"{none}; {alike}does not catch")], [], []
    return [ControlAnswer("", path, "undecidable", none)], [], []


def versions_for(
    name: str, entry: str, as_of: date, more: Sequence[Version] = ()
) -> tuple[Version | None, list[Version]]:
    """The version of an entry that is known to hold on the day; else the nearest before and after it."""
    known = [*held_versions(name), *(version for version in more if version.control_list == name)]
    having = sorted((version for version in known if entry in version.at), key=lambda version: version.valid_from)
    holding = [one for one in having if one.valid_from <= as_of and (one.valid_to is None or as_of <= one.valid_to)]
    if holding:
        return holding[-1], []
    before = [one for one in having if one.valid_from <= as_of][-1:]
    return None, before + [one for one in having if one.valid_from > as_of][:1]


def _answers(version: Version, verdicts: list[Verdict]) -> tuple[list[ControlAnswer], list[str], list[str]]:
    found, failed, beyond = [], [], []
    origin = f"text of {version.valid_from}"
    for one in verdicts:
        if one.state is True:
            reason = f"{one.path}: {', '.join(one.met)} ({origin})"
            found.append(ControlAnswer(version.control_list, one.path, "caught", reason))
        elif one.state is None and not one.beyond:
            met = f"; met: {', '.join(one.met)}" if one.met else ""
            reason = f"{one.path}: not given: {', '.join(dict.fromkeys(one.missing))}{met} ({origin})"
            found.append(ControlAnswer(version.control_list, one.path, "undecidable", reason))
        elif one.state is None:
            beyond.append(f"{one.path} ({one.beyond[0]})")
        else:
            failed.append(f"{one.path}: {one.failed[0]}")
    return found, failed, beyond


def _none_caught(name: str, paths: list[str], failed: list[str], beyond: list[str], notes: list[str]) -> ControlAnswer:
    """The one answer where nothing caught; without a single limit that was compared nothing is decided."""
    said = [*(f"not judged: {'; '.join(beyond[:4])}" for _ in beyond[:1]), *notes, NEVER_CLEARED]
    entry = paths[0] if paths else ""
    if not failed:
        why = "the list has no paragraph for this class" if not paths else "no limit could be compared"
        return ControlAnswer(name, entry, "undecidable", "; ".join([why, *said]))
    return ControlAnswer(name, entry, "not caught", "; ".join([*failed[:6], *said]))


def _understood(item_class: str, params: Mapping[str, str | float | bool | None], text: str) -> tuple[Given, list[str]]:
    """Values as quantities, truth as true and false; what cannot be understood is missing, and said."""
    names = {name.parameter: name for name in names_of(item_class)}
    given: dict[str, Quantity | str | None] = {}
    notes = []
    for key, value in params.items():
        name = names.get(key) or next((one for one in names.values() if _same_stem(key, one.parameter)), None)
        if name is None:
            notes.append(f"parameter '{key}' is not one of {item_class}")
        elif value is None or value == "":
            given.setdefault(name.parameter, None)
        elif name.value:
            given[name.parameter] = {"1": "true", "0": "false", "yes": "true", "no": "false"}.get(
                str(value).strip().lower(), str(value).strip().lower()
            )
        else:
            unit = unit_of_parameter(key)[1] or name.unit
            given[name.parameter] = None if isinstance(value, bool) else quantity_given(value, unit)
            if given[name.parameter] is None:
                notes.append(f"'{value}' of {key} is not understood")
    for parameter, quantity in _read_from(text, item_class).items():
        if parameter not in given:
            given[parameter] = quantity
            notes.append(f"{parameter} {quantity} was read from the description")
    return given, notes


def _same_stem(one: str, other: str) -> bool:
    """sample_rate_gsps is sample_rate_msps in another unit."""
    (stem, unit), (known, known_unit) = unit_of_parameter(one), unit_of_parameter(other)
    return stem == known and dimension_of(unit) == dimension_of(known_unit) != "number"


def _read_from(text: str, item_class: str) -> dict[str, Quantity]:
    """Values in a description: only where one parameter of the class has such a unit, and one number carries it."""
    if not text:
        return {}
    own = parameters_of(item_class)
    by_kind: dict[str, list[str]] = {}
    for parameter in own:
        unit = unit_of_parameter(parameter)[1]
        if unit:
            by_kind.setdefault(dimension_of(unit), []).append(parameter)
    seen: dict[str, list[Quantity]] = {}
    for found in THRESHOLD.finditer(re.sub(r"(?<=\d)-(?=bit)", " ", text)):
        quantity = quantity_given(f"{found['number']} {found['unit']}", "") if found["unit"] else None
        if quantity is not None:
            seen.setdefault(dimension_of(quantity.unit), []).append(quantity)
    return {
        parameters[0]: seen[kind][0]
        for kind, parameters in by_kind.items()
        if len(parameters) == 1 and len(seen.get(kind, [])) == 1
    }


def _brought_in(only_with: tuple[str, ...], given: Mapping[str, Quantity | str | None]) -> bool:
    """Whether one of the parameters is given, or has the value named."""
    for one in only_with:
        parameter, _, value = one.partition("=")
        if given.get(parameter) is not None and (not value or given[parameter] == value):
            return True
    return False
