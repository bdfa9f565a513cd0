"""Which shipments does each end-user statement cover, and are its goods those that were shipped?

A statement covers the rows whose number, document or licence it names. Where it names none, it is laid beside the rows
of its end user with the same goods. Whether it came in time and was for enough, red flags ask of that.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.engine.corridor import Corridor
from landwaiter.ref.facts import read_facts
from landwaiter.tables import TABLES

LEAST_NUMBER = 4  # signs of a number below which two papers bear the same one by chance
LEAST_PART = 4  # signs of a part number; the rest tells package and grade
COLUMNS = ("row_id", "shipment_id", "document_id", "licence_id", "exporter_name", "consignee_party", "end_user_party",
           "hs6", "part_number")  # fmt: skip
NUMBERS = ("shipment_id", "document_id", "licence_id")

Row = Mapping[str, str | None]


@dataclass(frozen=True)
class _Line:
    """One line of a statement: its row and paper, its end user, to whom it was given, its goods, and what it names."""

    row_id: str
    paper: tuple[str, str]
    party_id: str
    exporter: str
    hs6: str | None
    part: str
    names: frozenset[str]
    number: str
    licence: str

    @property
    def is_open(self) -> bool:
        """Whether it names no shipment and no licence, and so stands for all that its end user gets of its goods."""
        return not self.names and not self.licence


def cover_shipments(corridor: Corridor) -> None:
    """Read end_use_statements, statement_parties and shipments; put statement_rows."""
    lines = list(_lines(corridor))
    by_party: dict[str, list[_Line]] = defaultdict(list)
    by_number: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        by_party[line.party_id].append(line)
        for number in {*line.names, line.number, line.licence} - {""}:
            by_number[number].append(line)
    found: list[dict[str, str]] = []
    for row in _rows(corridor, set(by_party), set(by_number)):
        users = {row["consignee_party"], row["end_user_party"]} - {None}
        beside = [line for name in NUMBERS for line in by_number.get(plain(row[name]), ())]
        named = [line for line in beside if _names(line, row, line.party_id in users)]
        of_users = [line for one in users for line in by_party.get(one or "", ())]
        # A paper that names what it covers is not for other lots.
        found += _named(row, named) if named else _by_goods(row, [line for line in of_users if line.is_open])
    found.sort(key=lambda one: (one["row_id"], one["shipment_row"]))
    corridor.put("statement_rows", pa.Table.from_pylist(found, schema=TABLES["statement_rows"].schema))


def _lines(corridor: Corridor) -> Iterator[_Line]:
    table = corridor.get("statement_parties")
    party_of = dict(zip(table.column("row_id").to_pylist(), table.column("party_id").to_pylist(), strict=True))
    for row in corridor.get("end_use_statements").to_pylist():
        yield _Line(
            row_id=row["row_id"],
            paper=(row["row_id"].partition("-")[0], row["statement_id"]),
            party_id=party_of[row["row_id"]],
            exporter=plain(row["exporter_name"]),
            hs6=row["hs6"],
            part=plain(row["part_number"]),
            names=frozenset(filter(None, map(plain, row["shipment_ids"]))),
            number=number_of(row["statement_id"]),
            licence=number_of(row["licence_id"]),
        )


def _rows(corridor: Corridor, parties: set[str], numbers: set[str]) -> Iterable[Row]:
    """The shipments that a statement could cover: of its end user, or with a number that it names."""
    table = corridor.get("shipments").select(COLUMNS)
    wanted = pa.array(sorted(parties), pa.string())
    near = pc.or_kleene(
        pc.is_in(table.column("consignee_party"), value_set=wanted),
        pc.is_in(table.column("end_user_party"), value_set=wanted),
    )
    for name in NUMBERS if numbers else ():
        said = pc.unique(table.column(name)).drop_null().to_pylist()
        meant = [one for one, number in zip(said, map(plain, said), strict=True) if number in numbers]
        near = pc.or_kleene(near, pc.is_in(table.column(name), value_set=pa.array(meant, pa.string())))
    rows: list[Row] = table.filter(near).to_pylist()
    return rows


def _names(line: _Line, row: Row, is_user: bool) -> bool:
    """Whether a statement names a row. Numbers are unique in one book alone: for another user more must agree."""
    papers = {plain(row["shipment_id"]), plain(row["document_id"])} - {""}
    is_licensed = line.licence == plain(row["licence_id"]) != ""
    if is_user:
        return is_licensed or bool(papers & (line.names | {line.number}))
    is_given_to = bool(line.exporter) and line.exporter == plain(row["exporter_name"])
    return is_given_to and (is_licensed or bool(papers & line.names))


def _named(row: Row, lines: list[_Line]) -> Iterator[dict[str, str]]:
    """Of every paper that names the row the line for its goods; where none is for them, the first, as other goods."""
    by_paper: dict[tuple[str, str], list[_Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda one: one.row_id):
        by_paper[line.paper].append(line)
    users = {row["consignee_party"], row["end_user_party"]}
    for of_paper in by_paper.values():
        compared = [(compare_goods(row, line), line) for line in of_paper]
        goods, line = min(compared, key=lambda one: ("same", "unknown", "other").index(one[0]))
        user = "same" if line.party_id in users else "other" if row["end_user_party"] else "unknown"
        yield _link(row, line, "named", goods, user)


def _by_goods(row: Row, lines: list[_Line]) -> Iterator[dict[str, str]]:
    for line in {one.row_id: one for one in lines}.values():
        if compare_goods(row, line) == "same":
            yield _link(row, line, "goods", "same", "same")


def _link(row: Row, line: _Line, how: str, goods: str, user: str) -> dict[str, str]:
    return {"row_id": line.row_id, "shipment_row": str(row["row_id"]), "party_id": line.party_id, "how": how,
            "goods": goods, "end_user": user}  # fmt: skip


def compare_goods(row: Row, line: _Line) -> str:
    """Whether goods are the same, other or unknown: by the part number where both have one, else by the heading."""
    part = plain(row["part_number"])
    if min(len(part), len(line.part)) >= LEAST_PART:
        return "same" if part.startswith(line.part) or line.part.startswith(part) else "other"
    ours, theirs = row["hs6"], line.hs6
    if not ours or not theirs:
        return "unknown"
    if ours == theirs:
        return "same"
    # One good is declared under neighbouring headings by honest firms too.
    return "unknown" if family_of(ours) == family_of(theirs) else "other"


def family_of(hs6: str) -> str:
    """The family of goods of a code, or its heading."""
    return _families().get(hs6[:4], hs6[:4])


@cache
def _families() -> dict[str, str]:
    return {line["hs4"]: line["family"] for line in read_facts("goods_families").to_pylist()}


def number_of(text: str | None) -> str:
    """A number of a paper without case, spaces and signs; nothing where it is too short to tell papers apart."""
    found = plain(text)
    return found if len(found) >= LEAST_NUMBER else ""


def plain(text: str | None) -> str:
    """Letters and digits of a text, in lower case."""
    return "".join(sign for sign in (text or "").casefold() if sign.isalnum())
