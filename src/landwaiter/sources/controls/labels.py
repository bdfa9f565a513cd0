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
    lines = [Line(entry, "heading", heading)]
    counting = _Counting(printed)
    for number, one in enumerate(printed):
        if one.label and counting.is_paragraph(number):
            lines.append(Line(f"{entry}.{one.label}", "item", one.text))
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


class _Counting:
    """Follows two counts at once: that of the entry, and that of a note which begins at a. again."""

    def __init__(self, printed: Sequence[Printed]) -> None:
        self.printed = printed
        self.main: set[str] = set()
        self.letter = ""
        self.noted: set[str] = set()
        self.note_letter = ""

    def is_paragraph(self, number: int) -> bool:
        """Whether the label at this position is a paragraph of the entry; the positions are asked in their order."""
        label = self.printed[number].label
        of_entry = self._dotted(label) if "." in label else self._lone(label, number)
        if of_entry:
            self.main.add(label)
            self.letter = label[0]
            self.noted, self.note_letter = set(), ""
        else:
            self.noted.add(label)
            self.note_letter = label[0]
        return of_entry

    def _dotted(self, label: str) -> bool:
        """A dotted label is the entry's, unless the note's own count leads up to it."""
        if label in self.main:
            return False
        parent, _, last = label.rpartition(".")
        before = f"{parent}.{_before(last)}"
        leads = parent in self.noted and (last in ("1", "a") or before in self.noted)
        return not (leads and before not in self.main)

    def _lone(self, letter: str, number: int) -> bool:
        """A lone letter is the entry's where it goes on from the entry's last one, and not from the note's."""
        if letter in self.main or letter <= self.letter:
            return False
        opens = any("." in one.label and one.label[0] == letter for one in self.printed[number + 1 : number + 4])
        if self.printed[number].in_note:
            return (
                letter == _after(self.letter)
                and opens
                and not any(one.label == letter for one in self.printed[number + 1 : number + 4])
            )
        if not self.note_letter:
            return bool(self.letter) or not self._begins_a_note(number)
        if letter != _after(self.note_letter):
            return True
        # It could go on from either: the note's count goes on after `; and`, or where the letter comes again later.
        if any(one.label == letter for one in self.printed[number + 1 :]):
            return False
        ended = tidy(self._last_labelled(number).text).endswith(".")
        return letter == _after(self.letter) and (opens or ended)

    def _begins_a_note(self, number: int) -> bool:
        """Whether the first letter of all stands under a note's colon, and the entry's own comes later."""
        above = tidy(self.printed[number - 1].text) if number else ""
        again = any(one.label == self.printed[number].label for one in self.printed[number + 1 :])
        return above.endswith(":") and again

    def _last_labelled(self, number: int) -> Printed:
        return next((one for one in reversed(self.printed[:number]) if one.label), self.printed[0])


def _before(step: str) -> str:
    return str(int(step) - 1) if step.isdigit() else chr(ord(step[0]) - 1)


def _after(letter: str) -> str:
    return chr(ord(letter) + 1) if letter else "a"
