"""What changed between two versions of a control list: added, deleted, relaxed, tightened, or only worded otherwise?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from landwaiter.classify.quantities import compared, dimension_of
from landwaiter.classify.rules import Rule, rules_of
from landwaiter.ref.legal import same_words, tidy, without_numbering
from landwaiter.ref.paragraphs import NOTES, Paragraph, Version

SUBSTANTIVE = ("added", "deleted", "relaxed", "tightened", "changed")
LOW = (">", ">=")


@dataclass(frozen=True, slots=True)
class Shift:
    """One threshold that moved: `towards` is relaxed or tightened."""

    quantity: str
    old: str
    new: str
    towards: str


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph that differs.

    Args:
        kind: added; deleted; relaxed, tightened, changed (both ways, or numbers that no rule reads); wording only; or
            missing (one text skips a letter without calling it reserved: it is incomplete, and nothing follows).
    """

    path: str
    kind: str
    shifts: tuple[Shift, ...]
    old_text: str
    new_text: str


def difference(old: Version, new: Version, *, entries: Iterable[str] | None = None) -> list[Change]:
    """Every paragraph that differs, in the order of the newer version.

    Only entries that both versions hold are compared, for a version may hold a part of the list; `entries_apart` names
    the others. Superscripts, quotes, minus signs, spaces and list words make no difference.
    """
    both = {path for path in old.at if "." not in path} & {path for path in new.at if "." not in path}
    # A list of customs codes is whole: a code in one version only was added or deleted.
    both |= {one.path for version in (old, new) for one in version.paragraphs if one.kind == "code"}
    wanted = both if entries is None else both & set(entries)
    paths = [path for path in dict.fromkeys([*new.at, *old.at]) if path.split(".")[0] in wanted]
    regrouped = {path for path in paths if _regrouped(old, new, path)}
    changes = []
    for path in paths:
        if any(path.startswith(f"{other}.") for other in regrouped):
            continue
        before, after = old.at[path] if old.holds(path) else None, new.at[path] if new.holds(path) else None
        change = _change(old, new, path, before, after, whole=path in regrouped)
        if change is not None:
            changes.append(change)
    return changes + _note_changes(old, new, wanted)


def entries_apart(old: Version, new: Version) -> tuple[list[str], list[str]]:
    """Entries that only the older, and only the newer version holds: gone or new, or not held by us."""
    before, after = ({path for path in one.at if "." not in path} for one in (old, new))
    return sorted(before - after), sorted(after - before)


def _regrouped(old: Version, new: Version, path: str) -> bool:
    """A paragraph whose conditions stood in one sentence and now stand below it, all needed, or the reverse."""
    if not (old.holds(path) and new.holds(path)):
        return False
    one, other = (any(version.holds(child) for child in version.below.get(path, [])) for version in (old, new))
    return one != other and (new if other else old).at[path].joins == "all"


def _change(
    old: Version, new: Version, path: str, before: Paragraph | None, after: Paragraph | None, *, whole: bool
) -> Change | None:
    if before is None or after is None:
        if before is None and after is None:
            return None
        kind = "deleted" if after is None else "added"
        if _skipped(old if before is None else new, path):
            kind = "missing"
        return Change(path, kind, (), before.text if before else "", after.text if after else "")
    comma, new_comma = _comma(old), _comma(new)
    if not whole and same_words(before.text, decimal_comma=comma) == same_words(after.text, decimal_comma=new_comma):
        return None
    shifts = shifts_of(_rules(old, path, below=whole), _rules(new, path, below=whole))
    return Change(
        path, _kind(shifts, before.text, after.text), shifts, _whole(old, path, whole), _whole(new, path, whole)
    )


def _skipped(version: Version, path: str) -> bool:
    """Whether the version goes on below or after a paragraph that it does not print, not even as reserved."""
    if path in version.at or "." not in path:
        return False
    if path in version.below:
        return True
    parent, _, step = path.rpartition(".")
    later = (one.rpartition(".")[2] for one in version.below.get(parent, []))
    return any(_order(one) > _order(step) for one in later if one.isdigit() == step.isdigit())


def _order(step: str) -> tuple[int, str]:
    return (int(step), "") if step.isdigit() else (len(step), step)


def _whole(version: Version, path: str, below: bool) -> str:
    children = version.below.get(path, []) if below else []
    return tidy(" ".join([version.at[path].text, *(_whole(version, child, True) for child in children)]))


def _rules(version: Version, path: str, *, below: bool) -> list[Rule]:
    rules = list(rules_of(path, version.at[path].text, decimal_comma=_comma(version)).rules)
    for child in version.below.get(path, []) if below else []:
        rules += _rules(version, child, below=True)
    return rules


def _comma(version: Version) -> bool:
    return version.control_list.startswith("eu")


def _kind(shifts: tuple[Shift, ...], old_text: str, new_text: str) -> str:
    ways = {shift.towards for shift in shifts}
    if not ways:
        # Numbers that no rule accounts for may still be limits: a person must read them.
        return "wording only" if _numbers(old_text) == _numbers(new_text) else "changed"
    return ways.pop() if len(ways) == 1 else "changed"


def _numbers(text: str) -> list[str]:
    plain = re.sub(r"(?<=\d)[\s,.](?=\d)|(?<=[a-z)]) (?=[23]\b)", "", tidy(text))
    return sorted(re.findall(r"\d+", re.sub(r"\b\d[A-E]\d{3}(?:\.[a-z0-9]+)*", "", plain)))


def shifts_of(old: list[Rule], new: list[Rule]) -> tuple[Shift, ...]:
    """Thresholds that moved. A new condition narrows what is caught; one that is gone widens it."""
    pairs, gone, come = _paired(old, new)
    found = []
    for before, after in pairs:
        towards = _towards(before, after)
        if towards:
            found.append(Shift(after.quantity or before.quantity, _said(before), _said(after), towards))
    found += [Shift(rule.quantity, _said(rule), "no limit", "tightened") for rule in gone if rule.role != "measured"]
    found += [Shift(rule.quantity, "no limit", _said(rule), "relaxed") for rule in come if rule.role != "measured"]
    return tuple(found)


def _said(rule: Rule) -> str:
    return f"{rule.operator} {rule.limits[0]}"


def _paired(old: list[Rule], new: list[Rule]) -> tuple[list[tuple[Rule, Rule]], list[Rule], list[Rule]]:
    """Rules of one quantity; where its name changed, the only two of one dimension, role and side."""
    pairs: list[tuple[Rule, Rule]] = []
    left, right = list(old), list(new)
    for loose in (False, True):
        for before in list(left):
            like = [after for after in right if _key(before, loose) == _key(after, loose)]
            if len(like) == 1 or (like and not loose):
                pairs.append((before, like[0]))
                left.remove(before)
                right.remove(like[0])
    return pairs, left, right


def _key(rule: Rule, loose: bool) -> tuple[str, ...]:
    side = "low" if rule.operator in LOW else "high" if rule.operator != "=" else "="
    words = "" if loose else same_words(rule.quantity, decimal_comma=False)
    return (dimension_of(rule.limits[0].unit), rule.role, side, words)


def _towards(before: Rule, after: Rule) -> str:
    """Whether the newer limit catches less (relaxed) or more (tightened); empty where it is the same."""
    sign = compared(after.limits[0], before.limits[0])
    if sign is None or before.role == "measured":
        return ""
    if sign == 0:
        strict = (before.operator in (">", "<")) - (after.operator in (">", "<"))
        return {0: "", 1: "tightened", -1: "relaxed"}[strict]
    lower = before.operator in LOW
    return "relaxed" if (sign > 0) == lower else "tightened"


def _note_changes(old: Version, new: Version, entries: set[str]) -> list[Change]:
    """Notes that differ. One that narrows and is new lets goods go; one that is gone brings them in.

    A note that explains is compared only where both texts print it: some printings leave such notes out.
    """
    before, after = (_notes(version, entries) for version in (old, new))
    gone = [note for words, note in before.items() if words not in after]
    come = [note for words, note in after.items() if words not in before]
    changes = []
    for note in come:
        twin = next((other for other in gone if _alike(note, other)), None)
        if twin is not None:
            gone.remove(twin)
            changes += _note_change(twin, note, comma=_comma(new))
        elif note.effect == "narrows":
            changes.append(Change(note.path, "relaxed", (), "", note.text))
    return changes + [Change(one.path, "tightened", (), one.text, "") for one in gone if one.effect == "narrows"]


def _note_change(old: Paragraph, new: Paragraph, *, comma: bool) -> list[Change]:
    if _goes_on_below(old, new) or _goes_on_below(new, old):
        return []
    words = [without_numbering(one.text) for one in (old, new)]
    if new.effect != "narrows":
        kind = "wording only" if _numbers(words[0]) == _numbers(words[1]) else "changed"
        return [Change(new.path, kind, (), old.text, new.text)]
    rules = [list(rules_of(one.path, one.text, decimal_comma=comma).rules) for one in (old, new)]
    turned = {"relaxed": "tightened", "tightened": "relaxed"}
    shifts = tuple(Shift(one.quantity, one.old, one.new, turned[one.towards]) for one in shifts_of(*rules))
    return [Change(new.path, _kind(shifts, *words), shifts, old.text, new.text)]


def _notes(version: Version, entries: set[str]) -> dict[str, Paragraph]:
    return {
        same_words(without_numbering(one.text), decimal_comma=_comma(version)): one
        for one in version.paragraphs
        if one.kind in NOTES and one.entry in entries and _is_own(one)
    }


def _is_own(note: Paragraph) -> bool:
    """Whether a note is of its entry: those over a product group stand behind the last entry before it."""
    named = re.findall(r"\b\d[A-E]\d{3}", re.split(r"\bdo(?:es)? not\b", note.text, maxsplit=1)[0])
    return note.effect != "narrows" or not named or note.entry in named


def _goes_on_below(short: Paragraph, long: Paragraph) -> bool:
    """Whether one printing ends in a colon and lists below what the other says in the same line."""
    words = [same_words(without_numbering(one.text), decimal_comma=False) for one in (short, long)]
    return tidy(short.text).endswith(":") and words[1].startswith(words[0])


def _alike(one: Paragraph, other: Paragraph) -> bool:
    """Two printings of one note: of the same entry, and half of their words are common."""
    left, right = (set(re.findall(r"[a-z]{3,}", note.text.lower())) for note in (one, other))
    if one.entry != other.entry or min(len(left), len(right)) < 4:
        return False
    return 5 * len(left & right) >= 4 * min(len(left), len(right))
