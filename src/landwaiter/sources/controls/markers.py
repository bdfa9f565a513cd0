"""Where in the tree does a paragraph stand that prints only its own marker (a., 1., a.), as lists of the EU do?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from landwaiter.ref.legal import tidy
from landwaiter.ref.paragraphs import Line
from landwaiter.sources.controls.labels import note_kind


@dataclass(frozen=True, slots=True)
class Marked:
    """A row: how deep the publisher's form puts it (the entry is 1), its own marker, its text; a note has no marker."""

    depth: int
    marker: str
    text: str


def grow(entry: str, rows: Iterable[Marked]) -> list[Line]:
    """Lines with full paths. Letters and numbers take turns: entry, letter, number, letter ...; where the depth given
    does not fit the kind of marker, the row stands one step lower. Rows below a note that ends in a colon are its own.
    """
    lines: list[Line] = []
    steps: list[str] = []
    seen: set[str] = set()
    note_depth = 0
    for row in rows:
        marker = tidy(row.marker).strip(" .():").lower()
        if note_depth and marker and row.depth > note_depth:
            lines[-1] = replace(lines[-1], text=f"{tidy(lines[-1].text)} {marker}. {tidy(row.text)}")
            continue
        note_depth = row.depth if not marker and tidy(row.text).endswith(":") else 0
        if marker == entry.lower():
            lines.append(Line(entry, "heading", row.text))
        elif not marker:
            lines.append(Line("", note_kind(row.text), row.text))
        elif re.fullmatch(r"[a-z]{1,2}|\d{1,2}", marker):
            level = _level(row.depth - 2, marker, steps)
            steps = [*steps[:level], marker]
            path = ".".join([entry, *steps])
            # Met again: a list within a note, printed like paragraphs.
            kind = note_kind(row.text) if path in seen else "item"
            lines.append(Line("" if path in seen else path, kind, row.text))
            seen.add(path)
        else:
            lines.append(Line("", note_kind(row.text), f"{row.marker} {row.text}"))
    return lines


def _level(wanted: int, marker: str, steps: list[str]) -> int:
    """How many steps stay open above this marker: letters at even levels, numbers at odd ones, no step left out."""
    if (wanted % 2 == 0) != marker.isalpha():
        wanted += 1
    while wanted > len(steps):
        wanted -= 2
    return max(wanted, 0 if marker.isalpha() else 1)
