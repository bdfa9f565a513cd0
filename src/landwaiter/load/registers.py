"""Which register does a file come from, by its bytes? Its own form is told as rows of `ownership` or `companies`."""

from collections.abc import Iterator, Mapping

from landwaiter.errors import InputError
from landwaiter.load import bods, ftm, gleif, psc, register_companies
from landwaiter.load.chunk import Chunk, Fault, Reader
from landwaiter.load.kinds import KINDS
from landwaiter.load.objects import Found, Objects
from landwaiter.load.opening import Opened
from landwaiter.load.sheets import teller_of
from landwaiter.load.telling import RegisterReader, Teller

# Which keys the first object of a register has, its name, and who tells its interests and its companies.
FORMS: tuple[tuple[frozenset[str], str, Mapping[str, Teller]], ...] = (
    (
        frozenset({"statementId", "recordType"}),
        "BODS 0.4",
        {"ownership": bods.tell_interests, "companies": register_companies.of_statements},
    ),
    (
        frozenset({"id", "schema", "properties"}),
        "FollowTheMoney",
        {"ownership": ftm.tell_interests, "companies": register_companies.of_entities},
    ),
    (frozenset({"RelationshipRecord"}), "GLEIF level 2", {"ownership": gleif.tell_interests}),
    (frozenset({"Relationship", "Registration"}), "GLEIF level 2", {"ownership": gleif.tell_interests}),
    (
        frozenset({"LEI", "Entity"}),
        "GLEIF level 1",
        {"ownership": gleif.tell_interests, "companies": register_companies.of_leis},
    ),
    (frozenset({"company_number", "data"}), "UK PSC", {"ownership": psc.tell_interests}),
)
EARLIER = frozenset({"statementID", "statementType"})
LEVEL_2 = {"Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID"}
LEVEL_1 = {"LEI", "Entity.LegalName"}


def of_objects(opened: Opened, encoding: str, kind: str, *, trusted: bool) -> tuple[str, Reader] | None:
    """The reader of a register that publishes JSON; None where the text is none of these."""
    if kind not in ("ownership", "companies"):
        return None
    objects = Objects(opened, encoding, trusted=trusted)
    keys = _first_keys(objects, opened)
    if keys >= EARLIER:
        raise InputError(str(opened.path), "is BODS of an earlier version than 0.4", "ask for it in 0.4, or convert it")
    for needed, name, tellers in FORMS:
        if keys >= needed and kind in tellers:
            columns = KINDS[kind].columns
            return f"{name}, json", RegisterReader(objects, tellers[kind], columns, encoding)
        if keys >= needed:
            what = f"is {name} and names no {KINDS[kind].file_kind}"
            raise InputError(str(opened.path), what, "give it as --ownership")
    return None


def _first_keys(objects: Objects, opened: Opened) -> frozenset[str]:
    head = opened.stream().read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith((b"{", b"[")):
        return frozenset()
    found = next(iter(objects), None)
    return frozenset(found.value) if found is not None and isinstance(found.value, dict) else frozenset()


def of_a_table(form: str, reader: Reader, kind: str) -> tuple[str, Reader]:
    """A table of a register, told in our columns; any other reader as it is."""
    header = set(reader.header)
    told: tuple[str, Teller] | None = None
    if kind == "ownership" and not {"owner_id", "owned_id"} & header:
        told = ("GLEIF level 2", gleif.tell_interests) if header >= LEVEL_2 else teller_of(reader.header)
    elif kind == "companies" and header >= LEVEL_1:
        told = ("GLEIF level 1", register_companies.of_leis)
    if told is None:
        return form, reader
    read = RegisterReader(_Lines(reader), told[1], KINDS[kind].columns, reader.encoding)
    read.notes = reader.notes
    return f"{told[0]}, {form}", read


class _Lines:
    """The rows of a table as objects of texts; a reader gives its rows once, so they are kept."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._kept: list[Found] = []

    def __iter__(self) -> Iterator[Found]:
        if not self._kept:
            self._kept = list(self._read())
        return iter(self._kept)

    def _read(self) -> Iterator[Found]:
        wanted = {name: place for place, name in enumerate(self._reader.header) if self._is_read(name)}
        none: frozenset[str] = frozenset()
        for chunk in self._reader.chunks(wanted, none, none):
            for fault in chunk.faults:
                yield Found(fault.line, f"line {fault.line}", fault)
            yield from self._rows(chunk)

    def _is_read(self, name: str) -> bool:
        """Of the hundreds of columns of the golden copy only what is told."""
        is_golden = "Entity.LegalName" in self._reader.header or set(self._reader.header) >= LEVEL_2
        return bool(name) and (not is_golden or name.startswith(register_companies.GOLDEN))

    def _rows(self, chunk: Chunk) -> Iterator[Found]:
        columns = {name: column.to_pylist() for name, column in chunk.columns.items()}
        for place, line in enumerate(chunk.lines.tolist()):
            row: dict[str, object] = {name: cells[place] for name, cells in columns.items() if cells[place] is not None}
            yield Found(line, f"line {line}", _strings(row))


def _strings(row: dict[str, object]) -> "dict[str, object] | Fault":
    return {name: str(value) for name, value in row.items()}
