"""What does a control list say, paragraph by paragraph, on a day? The texts that rules need, with day and place."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

import pyarrow as pa

from landwaiter.errors import ContractError
from landwaiter.ref.legal import digest_of, effect_of, is_unused, joins_of, tidy
from landwaiter.tables import TABLES, check

TEXTS = Path(__file__).parent / "control_texts"
NOTES = ("note", "technical note", "nota bene")
ENTRY = re.compile(r"^\d[A-E]\d{3}(?![0-9])")
TARGET = re.compile(r"\b(\d[A-E]\d{3}(?:\.[a-z0-9]+)*)\.?(?![a-z0-9])")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or note of one version. `path` of a note is the paragraph that it concerns."""

    control_list: str
    path: str
    kind: str
    text: str
    valid_from: date
    valid_to: date | None = None
    locator: str = ""

    @property
    def entry(self) -> str:
        """The entry that it stands under: the first five signs of the path, or the code itself."""
        found = ENTRY.match(self.path)
        return found.group() if found else self.path

    @property
    def parent(self) -> str:
        """The path one step up, empty for the entry itself."""
        return self.path.rpartition(".")[0]

    @property
    def joins(self) -> str:
        """`all` or `any` of the paragraphs below, or nothing said."""
        return joins_of(self.text) if self.kind in ("heading", "item") else ""

    @property
    def effect(self) -> str:
        """What a note does to the paragraph: narrows, widens, defines, points elsewhere."""
        return effect_of(self.text) if self.kind in NOTES else ""

    @property
    def text_sha256(self) -> str:
        """The hash to which rules read from this text are bound."""
        return digest_of(self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a publisher prints it: its full path (empty in a note), its kind and its text."""

    path: str
    kind: str
    text: str


@dataclass(slots=True)
class Version:
    """A control list as it stood from one day: its paragraphs in order, and those below each."""

    control_list: str
    valid_from: date
    valid_to: date | None
    paragraphs: list[Paragraph]
    at: dict[str, Paragraph] = field(default_factory=dict)
    below: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, list[Paragraph]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index by path; a path met again keeps its first text."""
        for one in self.paragraphs:
            if one.kind in NOTES:
                for target in targets_of(one):
                    self.notes.setdefault(target, []).append(one)
            elif one.path not in self.at:
                self.at[one.path] = one
                self.below.setdefault(one.parent, []).append(one.path)

    def holds(self, path: str) -> bool:
        """Whether the paragraph is in this version and in use."""
        return path in self.at and not is_unused(self.at[path].text)


def targets_of(note: Paragraph) -> list[str]:
    """The paragraphs that a note concerns: those named before its verb, else where it stands."""
    head = re.split(r"\b(?:do|does|is|are|includes?)\b", note.text, maxsplit=1)[0]
    named = TARGET.findall(head)
    return [one for one in named if one.startswith(note.entry)] or [note.path]


def as_paragraphs(lines: Iterable[Line], *, control_list: str, valid_from: date, locator: str) -> Iterator[Paragraph]:
    """Dated paragraphs of printed lines; a note concerns the last paragraph before it, or the one that it names."""
    last = ""
    for line in lines:
        last = line.path or last
        if text := tidy(line.text):
            place = f"{locator}, {last}"
            yield Paragraph(control_list, last, line.kind, text, valid_from, None, place)


def as_table(paragraphs: Iterable[Paragraph]) -> pa.Table:
    """The table `control_paragraphs` of them, in their order."""
    rows = [
        {name: getattr(one, name) for name in TABLES["control_paragraphs"].schema.names if name != "position"}
        | {"position": position}
        for position, one in enumerate(paragraphs)
    ]
    return check("control_paragraphs", pa.Table.from_pylist(rows, schema=TABLES["control_paragraphs"].schema))


def as_versions(table: pa.Table) -> list[Version]:
    """The versions of the lists in a table `control_paragraphs`, oldest first."""
    found: dict[tuple[str, date], list[Paragraph]] = {}
    names = ("control_list", "path", "kind", "text", "valid_from", "valid_to", "locator")
    for row in sorted(table.to_pylist(), key=lambda row: int(row["position"])):
        one = Paragraph(**{name: row[name] for name in names})
        if one.text_sha256 != row["text_sha256"]:
            raise ContractError("control_paragraphs", f"the text of {one.path} is not the one that was hashed")
        found.setdefault((one.control_list, one.valid_from), []).append(one)
    return [
        Version(name, since, paragraphs[0].valid_to, paragraphs)
        for (name, since), paragraphs in sorted(found.items(), key=lambda item: item[0])
    ]


@cache
def held_versions(control_list: str) -> tuple[Version, ...]:
    """The versions of a list that come with the program, oldest first. They hold the entries that rules need."""
    return tuple(_read(path) for path in sorted(TEXTS.glob(f"{control_list}_*.csv")))


def held_lists() -> list[str]:
    """Names of the lists of which the program brings texts."""
    return sorted({path.stem.rpartition("_")[0] for path in TEXTS.glob("*.csv")})


def _read(path: Path) -> Version:
    with path.open(encoding="utf-8", newline="") as file:
        head = [line[2:].strip() for line in iter(file.readline, "path,kind,text\n")]
        said = dict(line.split(": ", 1) for line in head if ": " in line)
        rows = list(csv.DictReader(file, fieldnames=["path", "kind", "text"]))
    name = path.stem.rpartition("_")[0]
    since = date.fromisoformat(said["valid_from"])
    until = date.fromisoformat(said["valid_to"]) if said.get("valid_to") else None
    paragraphs = [
        Paragraph(name, row["path"], row["kind"], row["text"], since, until, f"{said['source']}, {row['path']}")
        for row in rows
    ]
    return Version(name, since, until, paragraphs)


def write_text(path: Path, version: Version, *, about: list[str], source: str) -> None:
    """Write a version in the form in which the program brings it: a head of facts, then path, kind and text."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for line in [*about, f"source: {source}", f"valid_from: {version.valid_from}"]:
            file.write(f"# {line}\n")
        if version.valid_to is not None:
            file.write(f"# valid_to: {version.valid_to}\n")
        file.write("path,kind,text\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([one.path, one.kind, one.text] for one in version.paragraphs)


def until(version: Version, day: date | None) -> Version:
    """The same version with its last day."""
    bounded = [replace(one, valid_to=day) for one in version.paragraphs]
    return Version(version.control_list, version.valid_from, day, bounded)
