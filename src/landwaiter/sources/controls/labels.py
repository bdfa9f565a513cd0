"""Which of the letters and numbers at the head of a line are paragraphs of an entry, and which only count a note's?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from landwaiter.ref.legal import effect_of, tidy
from landwaiter.ref.paragraphs import Line

# A label that names its whole way: a.2, a.2.c, b.2.a.1, and at most one letter or number at each step.
WHOLE = re.compile(
    r"^(?:\.?(?P<entry>\d[A-E]\d{3})\.)?(?P<label>[a-z](?:\.(?:[a-z]|\d{1,2}))*)\.?(?:\s+|(?=['\"“‘]))", re.S
)
NOTE_HEAD = re.compile(
    r"^\W*(?P<kind>Technical Notes?|N\.?\s?B|Notes?)\b[\s.]*(?:\d+)?(?: to [\w.]+)?\s*[:.]*\s*", re.I
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of an entry: `label` as printed (a.2.c), empty where it has none; `in_note` where it says so."""

    label: str
    text: str
    in_note: bool = False


def split_label(text: str, entry: str) -> tuple[str, str]:
    """The whole label at the head of a line and the rest; an empty label where there is none."""
    plain = tidy(text)
    found = WHOLE.match(plain)
    if found is None or found["entry"] not in (None, entry):
        return "", plain
    label, rest = found["label"], plain[found.end() :]
    # `3A001.g does not control ...` speaks of a paragraph, and is none.
    if found["entry"] and rest[:1].islower():
        return "", plain
    # A sentence may begin with a word of one letter; a lone letter is a label only with its full stop.
    if "." not in label and not plain[: found.end()].rstrip().endswith("."):
        return "", plain
    return label, rest


def settle(entry: str, heading: str, printed: Sequence[Printed]) -> list[Line]:
    """Lines of one entry with their full paths. A letter that only counts within a note becomes part of the note."""
    tops = _top_letters(printed)
    lines = [Line(entry, "heading", heading)]
    open_path, seen = entry, {entry}
    for number, one in enumerate(printed):
        path = f"{entry}.{one.label}" if one.label else ""
        is_top = "." not in one.label and number in tops
        below_open_letter = "." in one.label and _is_below(one.label, open_path.removeprefix(entry + "."))
        if path and not one.in_note and path not in seen and (is_top or below_open_letter):
            seen.add(path)
            open_path = path
            lines.append(Line(path, "item", one.text))
        elif one.text:
            lines.append(Line("", note_kind(one.text), one.text))
    return lines


def note_kind(text: str) -> str:
    """Note, technical note or nota bene, by its heading or else by what it does."""
    head = NOTE_HEAD.match(tidy(text))
    word = (head["kind"] if head else "").lower()
    if word.startswith("n") and "b" in word:
        return "nota bene"
    if word.startswith("tech"):
        return "technical note"
    effect = effect_of(text)
    return "note" if word or effect in ("narrows", "widens") else {"points": "nota bene"}.get(effect, "technical note")


def _is_below(label: str, open_label: str) -> bool:
    """A dotted label belongs to the entry where it continues under the letter that is open."""
    return label.split(".")[0] == open_label.split(".")[0]


def _top_letters(printed: Sequence[Printed]) -> set[int]:
    """Positions of the lone letters that are paragraphs: each the last before its first dotted one, in rising order.

    Where a letter has no dotted ones, it is the first that continues the alphabet outside a note.
    """
    chosen: dict[str, int] = {}
    first_below: dict[str, int] = {}
    for number, one in enumerate(printed):
        if "." in one.label and not one.in_note:
            first_below.setdefault(one.label[0], number)
    for letter, limit in first_below.items():
        before = [n for n in range(limit) if printed[n].label == letter and not printed[n].in_note]
        if before:
            chosen[letter] = before[-1]
    for number, one in enumerate(printed):
        letter = one.label
        if len(letter) != 1 or one.in_note or letter in chosen:
            continue
        earlier = [n for other, n in chosen.items() if other < letter]
        later = [n for other, n in chosen.items() if other > letter]
        continues = letter == "a" or chr(ord(letter) - 1) in chosen or not earlier
        rises = number > max(earlier, default=-1) and number < min(later, default=len(printed))
        if continues and rises and not _counts_a_note(printed, number, chosen):
            chosen[letter] = number
    return set(chosen.values())


def _counts_a_note(printed: Sequence[Printed], number: int, chosen: dict[str, int]) -> bool:
    """Whether a lone letter continues a count within a note (after its a. and b.), or an earlier one goes on."""
    letter = printed[number].label
    if any("." in one.label and one.label[0] < letter for one in printed[number + 1 :]):
        return True
    for back in range(number - 1, -1, -1):
        label = printed[back].label
        if label:
            return len(label) == 1 and label == chr(ord(letter) - 1) and chosen.get(label) != back
    return False
