"""How is a JSON file read? Without duplicate keys, without nesting that has no end, every key known."""

import json
from functools import cache

from landwaiter.errors import ListError
from landwaiter.sources.delimited import text_of
from landwaiter.sources.reading import ListFile
from landwaiter.sources.values import tidy

Record = dict[str, object]


def json_of(file: ListFile) -> object:
    """The value of a whole file; ListError where it is not JSON or a key stands twice in one object."""
    return _parsed(text_of(file), file.name)


def json_lines_of(file: ListFile) -> list[tuple[int, Record]]:
    """The object of each line that is not blank, with its number."""
    found: list[tuple[int, Record]] = []
    for number, line in enumerate(text_of(file).split("\n"), 1):
        if line.strip():
            found.append((number, record(_parsed(line, f"{file.name}, line {number}"), file.name)))
    return found


def record(value: object, where: str) -> Record:
    """The value, which must be an object."""
    if not isinstance(value, dict):
        raise ListError(where, f"an object was expected, not {str(value)[:40]!r}")
    return value


def records(value: object, where: str) -> list[Record]:
    """The value, which must be a list of objects; null is none."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise ListError(where, f"a list was expected, not {str(value)[:40]!r}")
    return [record(member, where) for member in value]


def texts_of(said: Record, key: str) -> list[str]:
    """The texts under a key: of a list its members, of one text itself, of null none; ListError for anything else."""
    value = said.get(key)
    members = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(member, str | int | float) for member in members):
        raise ListError(key, f"text was expected, not {str(value)[:60]!r}")
    return [text for member in members if (text := tidy(str(member)))]


def text_in(said: Record, key: str) -> str:
    """The text under a key, empty where there is none or null."""
    return "; ".join(texts_of(said, key))


def check_keys(said: Record, known: str, where: str) -> None:
    """Raise ListError where an object has a key that is not among the known, which are separated by white space."""
    strange = sorted(set(said) - words(known))
    if strange:
        raise ListError(where, f"unknown key '{strange[0]}'", "the publisher changed the form, so must the reader")


@cache
def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def _parsed(text: str, where: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=lambda pairs: _without_twins(pairs, where))
    except ValueError as error:
        raise ListError(where, f"it is not JSON: {error}", "is the download complete?") from error
    except RecursionError as error:
        raise ListError(where, "it is nested too deeply", "do not trust this file") from error


def _without_twins(pairs: list[tuple[str, object]], where: str) -> Record:
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ListError(where, "an object has one key twice", "do not trust this file")
    return said
