"""Which lists do these files make up, and which of several copies is the newest?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from landwaiter.sources.delimited import cells_of
from landwaiter.sources.reading import Files, ListFile, stem_of
from landwaiter.sources.source import FileKind, Source, find_sources, published_on, recognise

# How many lines of a companion are looked up in the files that it could point to.
_LINES_LOOKED_UP = 500


@dataclass(frozen=True, slots=True)
class Edition:
    """The files that are one copy of one list.

    Args:
        name: the list's short name; of a user's own list its file's name without endings.
        dated: day of its main file, where it is known.
    """

    name: str
    source: Source
    form: str
    files: Files
    dated: date | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A list or file that was not read, and why."""

    name: str
    reason: str


Found = tuple[Source, FileKind, ListFile]


def editions(files: Sequence[ListFile]) -> tuple[list[Edition], list[Failure]]:
    """One edition of each list among the files, the newest, and each file that is none of it with the reason."""
    found: list[Found] = []
    companions: list[tuple[ListFile, list[tuple[Source, FileKind]]]] = []
    failures: list[Failure] = []
    for file in files:
        kinds = recognise(file)
        if not kinds:
            failures.append(Failure(file.name, "not recognised as any list that we read"))
        elif kinds[0][1].companion:
            companions.append((file, kinds))
        else:
            found.append((*kinds[0], file))
    for file, kinds in companions:
        parent = _parent(file, kinds, found)
        if parent is None:
            failures.append(Failure(file.name, "it completes another file of its list, and that one is not here"))
        else:
            found.append((*parent, file))
    made = [edition for copies in _copies(found) if (edition := _edition(copies, failures))]
    return _newest_form(made, failures), failures


def edition_name(source: Source, file: ListFile) -> str:
    """Short name of the list that a file is the main file of; a user's own never takes that of a publisher's."""
    if not source.general:
        return source.name
    stem = stem_of(file.name)
    taken = {other.name for other in find_sources() if not other.general}
    return f"{source.name}-{stem}" if stem in taken else stem


def _parent(file: ListFile, kinds: list[tuple[Source, FileKind]], found: list[Found]) -> tuple[Source, FileKind] | None:
    """The list whose main file has most of the numbers to which this companion points."""
    pointed = _numbers(file, _LINES_LOOKED_UP)
    shared: list[tuple[int, str, tuple[Source, FileKind]]] = []
    for source, kind in kinds:
        for other, main, main_file in found:
            if other is source and main.form == kind.form and not main.companion:
                shared.append((len(pointed & _numbers(main_file)), source.name, (source, kind)))
    best = max(shared, key=lambda candidate: candidate[:2], default=None)
    return best[2] if best and best[0] else None


def _numbers(file: ListFile, most: int | None = None) -> set[str]:
    numbers: set[str] = set()
    for line, cells in cells_of(file):
        if most is not None and line > most:
            break
        numbers.add(cells[0].strip())
    return numbers


def _copies(found: Iterable[Found]) -> list[list[Found]]:
    """The files of each list and form; of a general form each file by itself."""
    groups: dict[tuple[str, str, str], list[Found]] = defaultdict(list)
    for source, kind, file in found:
        groups[source.name, kind.form, file.name if source.general else ""].append((source, kind, file))
    return list(groups.values())


def _edition(copies: list[Found], failures: list[Failure]) -> Edition | None:
    """The newest file of each role; a form without one of its files is named and is no edition."""
    source, kind, _ = copies[0]
    chosen: dict[str, ListFile] = {}
    for _, own, file in sorted(copies, key=lambda copy: (published_on(copy[1], copy[2]) or date.min, copy[2].name)):
        older = chosen.get(own.role)
        if older is not None:
            failures.append(Failure(older.name, f"left aside: {file.name} is a newer copy of the same"))
        chosen[own.role] = file
    form = source.form(kind.form)
    missing = [own.role for own in form if own.role not in chosen and not own.optional]
    if missing:
        reason = f"the file '{missing[0]}' of {source.name} is missing beside it"
        failures.extend(Failure(file.name, reason) for file in chosen.values())
        return None
    main = next(own for own in form if own.role in chosen and not own.companion)
    name = edition_name(source, chosen[main.role])
    return Edition(name, source, kind.form, chosen, published_on(main, chosen[main.role]))


def _newest_form(made: list[Edition], failures: list[Failure]) -> list[Edition]:
    """One edition of each name: the newest, and of one day the form that `update` fetches."""
    best: dict[str, Edition] = {}
    for edition in made:
        rival = best.get(edition.name)
        if rival is None:
            best[edition.name] = edition
            continue
        newer, older = sorted((edition, rival), key=_age, reverse=True)
        best[edition.name] = newer
        names = ", ".join(sorted(file.name for file in newer.files.values()))
        failures.extend(
            Failure(file.name, f"left aside: list '{edition.name}' was read from {names}")
            for file in older.files.values()
        )
    return [best[name] for name in sorted(best)]


def _age(edition: Edition) -> tuple[date, bool, str]:
    return (edition.dated or date.min, edition.form == edition.source.fetched, edition.form)
