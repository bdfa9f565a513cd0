"""What does the manifest of the kept lists say? Which bytes each list is, of what day, and since when they are kept."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from landwaiter.errors import ListError

MANIFEST = "manifest.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of a kept list.

    Args:
        path: where its bytes are, from the folder of kept lists: `<list>/<sha256>.<type>`.
        name: what it was called where it came from.
        etag: what the publisher's server calls this version; empty where it did not say, and for files from disk.
        last_modified: when that server says that it last changed.
    """

    role: str
    path: str
    name: str
    sha256: str
    bytes: int
    address: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class KeptList:
    """One kept list. Days are ISO 8601; `as_of` is the publisher's own day, or empty where nothing says it."""

    list: str
    source: str
    form: str
    as_of: str
    kept_on: str
    checked_on: str
    rows: int
    sha256: str
    files: tuple[KeptFile, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `update` did with one list or file; what is not `done` needs somebody's attention.

    Args:
        rows: records of the list as it is now kept, None where it is not kept.
        as_of: the publisher's own day of what is kept, None where nothing says it.
    """

    list: str
    done: bool
    state: str
    rows: int | None = None
    as_of: date | None = None
    age_days: int | None = None
    sha256: str = ""


def outcome_of(name: str, kept: KeptList | None, today: date, *, done: bool, state: str) -> Outcome:
    """What was done with a list, with the day and age of what is kept of it now."""
    if kept is None:
        return Outcome(name, done, state)
    as_of = date.fromisoformat(kept.as_of) if kept.as_of else None
    age = (today - as_of).days if as_of else None
    return Outcome(name, done, state, kept.rows, as_of, age, kept.sha256)


def write_manifest(lists: Mapping[str, KeptList]) -> str:
    """The manifest as JSON text, lists by name."""
    said = {name: asdict(lists[name]) for name in sorted(lists)}
    return json.dumps({"version": _VERSION, "lists": said}, ensure_ascii=False, indent=2) + "\n"


def read_manifest(text: str) -> dict[str, KeptList]:
    """The kept lists by name; ListError where the text is no manifest of ours."""
    try:
        said = json.loads(text)
        if said["version"] != _VERSION:
            raise ListError(MANIFEST, f"it is of version {said['version']}", "another version of landwaiter wrote it")
        return {
            name: KeptList(**{**kept, "files": tuple(KeptFile(**file) for file in kept["files"])})
            for name, kept in said["lists"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ListError(MANIFEST, f"it cannot be read: {error}", "run `landwaiter update` into a new folder") from error
