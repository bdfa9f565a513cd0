"""What does a file of known cases say: who, on which day to look back from, and what should have been seen?

The form is YAML or JSON: `cases`, a list, each with id, actors (name, country, role, listed), dates, typologies and
backtest (as_of, expect). Every word is read as text, so that Norway's NO stays a country and 2022-03 a month.
"""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from landwaiter.errors import InputError

MOST_BYTES = 2_000_000
# Results are kept in a folder of this name.
IDENT = re.compile(r"\w[\w.-]{0,99}")
DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
IN_BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Span:
    """The days on which something can have happened: one day, or all of a month or year; either end may be unknown."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class Listed:
    """That a list took somebody up, as the case file tells it."""

    list: str
    on: Span


@dataclass(frozen=True)
class Actor:
    """One party of a case, by all names that the file gives; the first is the whole entry."""

    names: tuple[str, ...]
    country: str
    role: str
    listed: tuple[Listed, ...]


@dataclass(frozen=True)
class Story:
    """One case, and the day on which we pretend to stand."""

    id: str
    title: str
    as_of: date
    expect: str
    typologies: tuple[str, ...]
    actors: tuple[Actor, ...]


def read_stories(path: Path) -> list[Story]:
    """The cases of a file, in its order; InputError names the case and field that cannot be understood."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(str(path), "is too large for a file of cases", f"at most {MOST_BYTES:,} bytes are read")
        whole = _words(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(str(path), "is not UTF-8 text", "save it as UTF-8") from error
    except (yaml.YAMLError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        where = f"line {place.line + 1}: " if place else ""
        raise InputError(str(path), f"{where}is not YAML that we read", "indent with spaces; no & and *") from error
    cases = _Cell(whole, str(path), "the file").list_of("cases")
    if not cases:
        raise InputError(str(path), "holds no cases", "write a list under `cases:`")
    stories = [_story(case) for case in cases]
    twice = sorted({one.id for one in stories if [other.id for other in stories].count(one.id) > 1})
    if twice:
        raise InputError(str(path), f"has the case '{twice[0]}' twice", "give every case its own id")
    return stories


def _words(text: str) -> object:
    """The file as mappings, lists and texts; a reference is refused, since a few lines of them can mean millions."""
    for token in yaml.scan(text):
        if isinstance(token, yaml.AliasToken):
            raise yaml.YAMLError("a reference to another part of the file")
    return _plain(yaml.compose(text, Loader=yaml.BaseLoader))


def _plain(node: object) -> object:
    if isinstance(node, yaml.MappingNode):
        return {str(_plain(key)): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return node.value if isinstance(node, yaml.ScalarNode) else None


@dataclass(frozen=True)
class _Cell:
    """One mapping of the file, and where it stands."""

    value: object
    file: str
    where: str

    def _held(self) -> Mapping[str, object]:
        if isinstance(self.value, dict):
            return self.value
        raise InputError(self.file, f"{self.where}: holds no fields", "write `name: value` lines")

    def text(self, name: str, *, needed: bool = False) -> str:
        """A field that is one word or sentence; empty where it is absent."""
        value = self._held().get(name)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or (needed and not value.strip()):
            raise InputError(self.file, f"{self.where}: '{name}' is missing or no text", "see docs/how-to/backtest.md")
        return value.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """A field that is a list of words."""
        value = self._held().get(name)
        values = value if isinstance(value, list) else []
        return tuple(one.strip() for one in values if isinstance(one, str) and one.strip())

    def list_of(self, name: str) -> list["_Cell"]:
        """A field that is a list of mappings."""
        value = self._held().get(name)
        values = value if isinstance(value, list) else []
        return [_Cell(one, self.file, f"{self.where}, {name} {number + 1}") for number, one in enumerate(values)]

    def under(self, name: str) -> "_Cell":
        """A field that is a mapping."""
        return _Cell(self._held().get(name), self.file, f"{self.where}, {name}")


def _story(case: _Cell) -> Story:
    ident = case.text("id", needed=True)
    if not IDENT.fullmatch(ident):
        raise InputError(case.file, f"{case.where}: '{ident[:40]}' cannot be an id", "use letters, digits, - and _")
    named = _Cell(case.value, case.file, f"case {ident}")
    asked = named.under("backtest")
    as_of = read_span(asked.text("as_of", needed=True)).last
    if as_of is None:
        what = f"case {ident}: as_of '{asked.text('as_of')}' is no day"
        raise InputError(case.file, what, "write it as 2022-06-30")
    actors = tuple(_actor(one) for one in named.list_of("actors"))
    if not actors:
        raise InputError(case.file, f"case {ident}: names no actors", "write at least one under `actors:`")
    return Story(ident, named.text("title"), as_of, asked.text("expect"), named.texts("typologies"), actors)


def _actor(cell: _Cell) -> Actor:
    listed = tuple(
        Listed(one.text("list", needed=True), _listed_span(one.text("date"), one.text("precision")))
        for one in cell.list_of("listed")
    )
    return Actor(_names(cell.text("name", needed=True)), cell.text("country").upper(), cell.text("role"), listed)


def _names(text: str) -> tuple[str, ...]:
    """`A / B (C)` is three names of one party."""
    inner = [part for part in IN_BRACKETS.findall(text) if part.strip()]
    outer = IN_BRACKETS.sub(" ", text).split(" / ")
    parts = [" ".join(part.split()) for part in (*outer, *inner)]
    return tuple(dict.fromkeys(part for part in parts if part))


def _listed_span(text: str, precision: str) -> Span:
    """When a list took somebody up: a snapshot bounds it from one side, a bracket is off by three months at most."""
    span = read_span(text)
    if precision == "by-snapshot":
        return Span(None, span.last)
    if precision == "after-snapshot":
        return Span(span.first, None)
    if precision == "bracket" and span.first and span.last:
        return Span(_moved(span.first, -3), _moved(span.last, 3))
    return span


def _moved(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 + months
    year, place = month // 12, month % 12 + 1
    return date(year, place, min(day.day, calendar.monthrange(year, place)[1]))


def read_span(text: str) -> Span:
    """First and last day of `2022`, `2022-03` or `2022-03-31`; nothing is known of any other text."""
    match = DAY.fullmatch(text)
    if match is None:
        return Span(None, None)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        last_day = calendar.monthrange(year, month or 12)[1]
        return Span(date(year, month or 1, day or 1), date(year, month or 12, day or last_day))
    except (ValueError, calendar.IllegalMonthError):
        return Span(None, None)


def days_between(day: date, spans: Sequence[Span]) -> int | None:
    """Days from a day to the earliest time at which one of the spans can have begun; None where nothing is later."""
    later = [(span.first - day).days for span in spans if span.first is not None and span.first > day]
    return min(later, default=None)
