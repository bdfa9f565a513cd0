"""Which lists can be read, and which of them is this file? Each folder here with a source.toml is one."""

import csv
import io
import re
import tomllib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from landwaiter.errors import ContractError
from landwaiter.sources.delimited import last_line
from landwaiter.sources.reading import Files, ListFile, Reading

HERE = Path(__file__).parent
# How much of a file is looked at to tell its form. What must be `contained` is looked for in all of it.
_HEAD = 65536
# How much of it a header may take.
_HEADER = 16384
_XML_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
# A document type is not among them: no publisher declares one, and such a file is no list.
_MARKUP_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FileKind:
    """One file that a publisher offers, and how it is told from every other.

    Args:
        form: name of the form; the files of one form together are one edition of the list.
        role: what `read` finds it under.
        type: xml, json, or csv.
        address: where the publisher offers it; empty where there is no lasting address.
        root: local name of the root element of an XML file.
        header: columns that the first row of a CSV file has, among others.
        among: columns of which at least half of the header's must be, where any are given.
        cells: how many cells a CSV file without a header has in its first row, the first being a number.
        marks: words that stand in the first part of the file.
        contains: words of which the whole file holds at least one, where any are given.
        lacks: words of which the whole file holds none.
        dated: a pattern that finds the publisher's own date in the first part of the file, and that date's form.
        companion: whether it means nothing without the form's other file, to which its first column points.
    """

    form: str
    role: str
    type: str
    address: str = ""
    root: str = ""
    header: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    cells: int = 0
    marks: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    companion: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What a source.toml says of one list.

    Args:
        name: the folder, which is the list's short name.
        fetched: the form that `update` fetches; empty where the publisher offers no lasting address.
        cadence_days: after how many days a kept copy is old.
        rows_min: fewest records that the whole list is expected to have, and rows_max the most.
        general: whether it reads a form that many publishers use, and so is tried last.
        on_request: whether `update` fetches it only when it is named, because of its licence.
    """

    name: str
    title: str
    publisher: str
    licence: str
    page: str
    fetched: str
    cadence_days: int
    rows_min: int
    rows_max: int
    general: bool
    files: tuple[FileKind, ...]
    on_request: bool = False

    def read(self, files: Files) -> Reading:
        """Read one edition with the folder's own reader."""
        reader: Callable[[Files], Reading] = import_module(f"landwaiter.sources.{self.name}.read").read
        return reader(files)

    def form(self, name: str) -> tuple[FileKind, ...]:
        """The files that belong to one form."""
        return tuple(kind for kind in self.files if kind.form == name)


@cache
def find_sources() -> tuple[Source, ...]:
    """Every source of this folder, by name, those of a general form last."""
    found = [read_source(path.parent) for path in sorted(HERE.glob("*/source.toml"))]
    return tuple(sorted(found, key=lambda source: (source.general, source.name)))


def read_source(folder: Path) -> Source:
    """The description in a folder; ContractError where it says too little or something unknown."""
    said = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    try:
        kinds = tuple(_file_kind(kind) for kind in said.pop("files"))
        rows_min, rows_max = said.pop("rows")
        return Source(name=folder.name, rows_min=rows_min, rows_max=rows_max, files=kinds, **said)
    except (KeyError, TypeError, ValueError) as error:
        raise ContractError(f"sources/{folder.name}/source.toml", str(error)) from error


def _file_kind(said: dict[str, Any]) -> FileKind:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
    return FileKind(**fields)


def recognise(file: ListFile) -> list[tuple[Source, FileKind]]:
    """The lists that this file could be a part of, judged by what it holds, not by its name.

    More than one only where it is the companion of another file, to which its first column points.
    """
    head = _head_of(file.data)
    found: list[tuple[Source, FileKind]] = []
    for source in find_sources():
        if source.general and found:
            break
        found.extend((source, kind) for kind in source.files if _is_kind(kind, head, file.data))
    return found


def published_on(kind: FileKind, file: ListFile) -> date | None:
    """The day of a file: the publisher's own where the file says it, else eight digits of its name, else None."""
    if kind.dated:
        pattern, form = kind.dated
        found = re.search(pattern, _head_of(file.data))
        with suppress(ValueError):
            if found:
                return datetime.strptime("-".join(found.groups()), form).date()
    for digits in re.findall(r"(?<!\d)(20\d{2})-?(\d{2})-?(\d{2})(?!\d)", file.name):
        with suppress(ValueError):
            return date(*map(int, digits))
    return None


def _head_of(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return data[:_HEAD].decode(encoding, errors="replace")


def _is_kind(kind: FileKind, head: str, data: bytes) -> bool:
    return (
        _has_form(kind, head)
        and all(mark in head for mark in kind.marks)
        and (not kind.contains or any(word.encode() in data for word in kind.contains))
        and not any(word.encode() in data for word in kind.lacks)
    )


def _has_form(kind: FileKind, head: str) -> bool:
    if kind.type == "xml":
        return _root_of(head) == kind.root
    if kind.type == "json":
        return head.lstrip()[:1] in ("{", "[")
    return kind.type == "csv" and _is_csv(kind, head)


def _root_of(head: str) -> str:
    if not head.lstrip().startswith("<"):
        return ""
    position = 0
    while found := _MARKUP_BEFORE_ROOT.match(head, position):
        position = found.end()
    root = _XML_ROOT.match(head, position + len(head[position:]) - len(head[position:].lstrip()))
    return root[1] if root else ""


def _is_csv(kind: FileKind, head: str) -> bool:
    row = first_row(head)
    if kind.cells:
        return len(row) == kind.cells and row[0].strip().isdigit()
    if kind.among and 2 * len(set(row) & set(kind.among)) < len(row):
        return False
    return bool(kind.header) and set(kind.header) <= set(row)


def first_row(head: str) -> Sequence[str]:
    """The cells of the first of five rows that has more than one, else of the first row; by the commoner separator."""
    text = head[:_HEADER]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",\t", key=text.partition("\n")[0].count))
    try:
        rows = [[last_line(cell) for cell in row] for _, row in zip(range(5), reader, strict=False)]
    except csv.Error:
        return ()
    return next((row for row in rows if len(row) > 1), rows[0] if rows else ())
