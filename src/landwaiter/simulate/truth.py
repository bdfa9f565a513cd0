"""What is true of a made world? Its schemes and look-alikes with their lines, and its firms with their spellings."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from landwaiter.simulate.chunk import Chunk
from landwaiter.simulate.digits import lettered
from landwaiter.simulate.facts import Ints, Texts, countries, texts_of
from landwaiter.simulate.names import Mentions, spell
from landwaiter.simulate.plan import Parameters
from landwaiter.simulate.rows import Book
from landwaiter.simulate.stage import Planted

TRUTH = pa.schema(
    [
        ("scheme_id", pa.string()),
        ("label", pa.int64()),
        ("typology", pa.string()),
        ("innocent", pa.string()),
        ("signs", pa.string()),
        ("subject_kind", pa.string()),
        ("subject_id", pa.string()),
        ("subject_name", pa.string()),
        ("subject_country", pa.string()),
        ("roles", pa.string()),
        ("first_on", pa.date32()),
        ("last_on", pa.date32()),
        ("legs", pa.int64()),
        ("legs_seen", pa.int64()),
        ("shipment_ids", pa.string()),
        ("steps", pa.string()),
    ]
)


def firm_ids(number: Ints) -> Texts:
    """The true id of each firm; it stands in no customs book."""
    return texts_of([f"f-{n:08d}" for n in number.tolist()])


def firm_id_column(number: Ints) -> pa.StringArray:
    """The same as a column."""
    return lettered(texts_of(["f-"]), np.zeros(len(number), dtype=np.int64), number, digits=8)


def at_home(chunk: Chunk, firms: Ints) -> Mentions:
    """The firms as their own country's books write them."""
    return seen_from(chunk, firms, chunk.cast.country[firms])


def seen_from(chunk: Chunk, firms: Ints, reporter: Ints) -> Mentions:
    """The firms as the usual spelling of these books has them."""
    cast = chunk.cast
    return Mentions(
        number=cast.number[firms],
        name_no=cast.name_no[firms],
        twin=cast.twin[firms],
        address_no=cast.address_no[firms],
        country=cast.country[firms],
        reporter=reporter,
        variant=np.zeros(len(firms), dtype=np.int64),
    )


def truth_of(parameters: Parameters, chunk: Chunk, book: Book, stated: dict[int, str]) -> pa.Table:
    """One row for each scheme (label 1) and look-alike (label 0) of the chunk, with the lines that belong to it.

    Args:
        stated: what the end-user statements of some schemes and twins show, by their number.
    """
    scheme = chunk.relations["scheme"][chunk.lots["relation"]]
    lots, lines_of = _by_scheme(scheme), _by_scheme(scheme[book.kept])
    steps = 1 + chunk.lots["stage"][book.kept]
    subjects = _names(parameters, chunk)
    rows = []
    for planted in chunk.planted:
        number = planted.scheme.number
        days = chunk.lots["day"][lots[number]]
        lines = lines_of.get(number, np.array([], dtype=np.int64))
        ids = book.lines.column("shipment_id").take(pa.array(lines)).to_pylist()
        rows.append(
            {
                "scheme_id": f"s-{number:05d}",
                "label": 0 if planted.scheme.innocent else 1,
                "typology": planted.scheme.typology,
                "innocent": planted.scheme.innocent,
                "signs": ";".join([*planted.signs, *([stated[number]] if number in stated else [])]),
                **_subject(chunk, planted, subjects),
                "roles": _roles(chunk, planted),
                "first_on": int(days.min()),
                "last_on": int(days.max()),
                "legs": len(days),
                "legs_seen": len(np.unique(book.kept[lines])),
                "shipment_ids": ";".join(ids),
                "steps": ";".join(str(step) for step in steps[lines].tolist()),
            }
        )
    return pa.Table.from_pylist(rows, schema=TRUTH)


def _by_scheme(scheme: Ints) -> dict[int, Ints]:
    """Positions of what belongs to each scheme."""
    planted = np.flatnonzero(scheme >= 0)
    order = planted[np.argsort(scheme[planted], kind="stable")]
    starts = np.flatnonzero(np.diff(scheme[order], prepend=-1))
    return dict(zip(scheme[order[starts]].tolist(), np.split(order, starts[1:]), strict=True)) if len(order) else {}


def _names(parameters: Parameters, chunk: Chunk) -> dict[int, str]:
    """How the firms that schemes are about are called at home."""
    firms = np.array(sorted({one.subject for one in chunk.planted if one.subject >= 0}), dtype=np.int64)
    return dict(zip(firms.tolist(), spell(parameters, at_home(chunk, firms)).tolist(), strict=True))


def _roles(chunk: Chunk, planted: Planted) -> str:
    """The firms that pass the goods on, and those that receive in the end."""
    told = [f"{firm}:hub" for firm in sorted(set(firm_ids(chunk.cast.number[list(planted.hubs)]).tolist()))]
    buyers = sorted(set(firm_ids(chunk.cast.number[list(planted.buyers)]).tolist()))
    return ";".join([*told, *(f"{firm}:buyer" for firm in buyers)])


def _subject(chunk: Chunk, planted: Planted, names: dict[int, str]) -> dict[str, str]:
    if planted.route:
        return {
            "subject_kind": "route",
            "subject_id": planted.route,
            "subject_name": planted.route,
            "subject_country": planted.route[3:5],
        }
    firm = np.array([planted.subject])
    return {
        "subject_kind": "party",
        "subject_id": firm_ids(chunk.cast.number[firm])[0],
        "subject_name": names[planted.subject],
        "subject_country": countries().code[chunk.cast.country[firm[0]]],
    }


@dataclass
class FirmTruth:
    """Gathers who is who; remembers which spellings of the sellers were already told."""

    told: set[tuple[int, int, int]] = field(default_factory=set)

    def rows(self, chunk: Chunk, book: Book) -> pa.Table:
        """Each firm, in each of the spellings and numbers that a book has for it, not told before."""
        who, codes = book.mentions, countries().code
        # Firms of the chunk's own occur nowhere else and need not be remembered.
        new = who.number >= chunk.cast.sellers
        for at in np.flatnonzero(~new).tolist():
            key = (int(who.number[at]), int(who.reporter[at]), int(who.variant[at]))
            new[at] = key not in self.told
            self.told.add(key)
        kept = np.flatnonzero(new)
        return pa.table(
            {
                "firm_id": firm_id_column(who.number[kept]),
                "country": pa.array(codes[who.country[kept]], pa.string()),
                "source": pa.array(np.full(len(kept), "books", dtype=object), pa.string()),
                "reporter": pa.array(codes[who.reporter[kept]], pa.string()),
                "name": pa.array(book.names[kept], pa.string()),
                "id": pa.array(book.ids[kept], pa.string(), mask=book.ids[kept] == ""),
            }
        )
