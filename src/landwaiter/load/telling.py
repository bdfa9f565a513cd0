"""Turns what a register publishes into rows of ours, and says of everything that gives no row why it gives none."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from landwaiter.load.chunk import Chunk, Fault
from landwaiter.load.gathering import Row, gather
from landwaiter.load.objects import Found

Cells = dict[str, str | None]
NAMED = 5  # so many are named of those that give no row; all are counted


@dataclass
class Telling:
    """The account of one file.

    Args:
        told: how many records gave rows, or a party's name to rows.
        records_without_row: how many gave neither.
        silent: why a record gives no row, to how many and the first of them.
    """

    told: int = 0
    records_without_row: int = 0
    silent: dict[str, tuple[int, list[str]]] = field(default_factory=dict)

    def no_row(self, record: str, reason: str) -> None:
        """Remember a record that gives no row."""
        self.records_without_row += 1
        self._name(record, reason)

    def no_row_of_part(self, record: str, reason: str) -> None:
        """Remember what a record says that gives no row, where other things it says give some."""
        self._name(f"a part of {record}", reason)

    def _name(self, record: str, reason: str) -> None:
        count, first = self.silent.get(reason, (0, []))
        self.silent[reason] = (count + 1, first if len(first) >= NAMED else [*first, record])

    def notes(self) -> list[str]:
        """One sentence for each reason."""
        lines = []
        for reason, (count, first) in self.silent.items():
            more = f" and {count - len(first):,} more" if count > len(first) else ""
            lines.append(f"{count:,} gave no row, for each {reason}: {', '.join(first)}{more}")
        return lines


# What a register's module gives: rows and faults of the records, which may be read more than once.
Teller = Callable[[Iterable[Found], Telling], Iterator[Cells | list[Fault]]]


class RegisterReader:
    """A file of a register as a table of ours; `line` is the number of the row that is told, or of what is refused."""

    def __init__(self, records: Iterable[Found], teller: Teller, columns: Iterable[str], encoding: str) -> None:
        self.header = tuple(columns)
        self.encoding = encoding
        self.notes: list[str] = []
        self._records, self._teller = records, teller

    def chunks(self, wanted: Mapping[str, int], coded: frozenset[str], codes: frozenset[str]) -> Iterator[Chunk]:
        """The rows in their order."""
        del coded, codes
        telling = Telling()
        names = [self.header[place] for place in wanted.values()]
        yield from gather(self._rows(names, telling), wanted)
        self.notes += telling.notes()

    def _rows(self, names: list[str], telling: Telling) -> Iterator[Row | Fault]:
        for number, said in enumerate(self._teller(self._records, telling), start=1):
            if isinstance(said, dict):
                yield number, [said.get(name) or None for name in names]
            else:
                for fault in said:
                    yield replace(fault, line=number)


def refused(found: Found, row: str, faults: Iterable[tuple[str, str]]) -> list[Fault]:
    """The faults of one record: paths within it, and what is wrong there."""
    return [Fault(found.number, found.path + path.removeprefix("$"), "", reason, row) for path, reason in faults]


def text(value: object) -> str:
    """A plain value as text; empty where it is none."""
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        return ""
    return str(value).strip()


def inner(value: object, *keys: str) -> object:
    """What stands under some keys, one in the other; None where one is missing."""
    for key in keys:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def listed(value: object) -> list[object]:
    """A list as it is, nothing as an empty one, and one value as a list of it."""
    return value if isinstance(value, list) else [] if value is None else [value]
