"""Which end-user statements lie beside the exports? Most are in order; of some schemes they are copied, late, short."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from landwaiter.simulate.chance import choice, mix, share
from landwaiter.simulate.chunk import Chunk
from landwaiter.simulate.facts import ODD_USES, Ints, Texts, countries, goods, texts_of
from landwaiter.simulate.plan import CHUNK_ROWS, Parameters
from landwaiter.simulate.registers import person
from landwaiter.simulate.rows import Book, end_uses
from landwaiter.simulate.stage import Planted

STATEMENTS = pa.schema(
    [
        ("statement_id", pa.string()),
        ("issued_on", pa.date32()),
        ("valid_until", pa.date32()),
        *((name, pa.string()) for name in ("end_user_name", "end_user_country", "signatory_name", "signatory_role")),
        *((name, pa.string()) for name in ("stamp", "exporter_name", "shipment_ids", "hs_code")),
        ("quantity", pa.float64()),
        *((name, pa.string()) for name in ("quantity_unit", "stated_end_use", "source")),
    ]
)
TOLD = (
    "shipment_id", "exporter_name", "consignee_name", "consignee_country", "hs_code", "quantity", "quantity_unit",
)  # fmt: skip
HONEST = 0.03  # Of the relations in goods under controls, whose papers are kept.
YEARS = 730
Paper = dict[str, object]


@dataclass(frozen=True)
class _Desk:
    """What a forger has before him: the papers in order, by relation, and the lines of each."""

    parameters: Parameters
    chunk: Chunk
    papers: dict[int, Paper]
    last: dict[int, int]

    def drawn(self, what: int, relation: int) -> float:
        """A number from 0 to 1."""
        return float(share(self.parameters.seed, np.array([relation + self.chunk.number * CHUNK_ROWS]), what)[0])

    def other(self, relation: int) -> Paper | None:
        """The statement of another end user, as one finds one to copy."""
        mine, honest = self.papers[relation]["stamp"], self.chunk.relations["scheme"] < 0
        others = [paper for at, paper in sorted(self.papers.items()) if honest[at] and paper["stamp"] != mine]
        return others[int(self.drawn(118, relation) * len(others))] if others else None


def statements_of(parameters: Parameters, chunk: Chunk, book: Book) -> tuple[pa.Table, dict[int, str]]:
    """The statements of a chunk, and which red flag reads something in that of a scheme, or is made to think so."""
    lines_of = _exports(chunk, book)
    kept = _kept(parameters, chunk, lines_of)
    papers = _in_order(parameters, chunk, book, {relation: lines_of[relation] for relation in kept})
    days = chunk.lots["day"][book.kept]
    desk = _Desk(parameters, chunk, papers, {at: int(days[lines_of[at]].max()) for at in kept})
    shown: dict[int, str] = {}
    changed: dict[int, Paper] = {}
    for planted in chunk.planted:
        sign, relation = planted.scheme.statement_sign, _relation_of(chunk, planted, papers)
        if sign and relation >= 0:
            changed[relation] = papers[relation] | FORGERS[sign](desk, relation, planted.scheme.variant)
            shown[planted.scheme.number] = sign
    rows = [changed.get(at, papers[at]) for at in sorted(papers)]
    return pa.Table.from_pylist(rows, schema=STATEMENTS), shown


def _exports(chunk: Chunk, book: Book) -> dict[int, Ints]:
    """For each relation the lines of its lots in the books of those who send them first, by the order of the book."""
    flow = book.lines.column("flow").combine_chunks()
    exported = np.asarray(flow.indices) != flow.dictionary.index("import").as_py()
    first = exported & ~chunk.lots["is_onward"][book.kept]
    lines = np.flatnonzero(first)
    relation = chunk.lots["relation"][book.kept][lines]
    order = np.argsort(relation, kind="stable")
    starts = np.flatnonzero(np.diff(relation[order], prepend=-1))
    groups = np.split(lines[order], starts[1:]) if len(order) else []
    return dict(zip(relation[order[starts]].tolist(), groups, strict=True))


def _kept(parameters: Parameters, chunk: Chunk, lines_of: dict[int, Ints]) -> list[int]:
    """Relations of schemes and twins, and some of the others in listed goods of a maker."""
    trade, there = chunk.relations, countries()
    relation = np.array(sorted(lines_of), dtype=np.int64)
    listed = goods().is_listed[trade["good"][relation]] & (there.role[trade["origin"][relation]] == "maker")
    some = share(parameters.seed, relation + chunk.number * CHUNK_ROWS, 111) < HONEST
    return [int(one) for one in relation[(listed & some) | (trade["scheme"][relation] >= 0)]]


def _relation_of(chunk: Chunk, planted: Planted, papers: dict[int, Paper]) -> int:
    """The relation of a scheme's firm that has a statement; -1 where there is none."""
    firm = planted.subject if planted.subject >= 0 else planted.hubs[0]
    trade = chunk.relations
    mine = np.flatnonzero((trade["scheme"] == planted.scheme.number) & (trade["buyer"] == firm))
    return next((one for one in mine.tolist() if one in papers), -1)


def _in_order(parameters: Parameters, chunk: Chunk, book: Book, lines_of: dict[int, Ints]) -> dict[int, Paper]:
    """Statements as they should be: issued before the first lot, for a little more than all of them."""
    if not lines_of:
        return {}
    seed, relation = parameters.seed, np.array(list(lines_of), dtype=np.int64)
    at, buyer = relation + chunk.number * CHUNK_ROWS, chunk.relations["buyer"][relation]
    told = book.lines.select(TOLD).take(pa.array(np.concatenate(list(lines_of.values())))).to_pylist()
    days = chunk.lots["day"][book.kept]
    before, use = 5 + choice(40, seed, at, 112), choice(ODD_USES[0], seed, at, 114)
    papers: dict[int, Paper] = {}
    used = 0
    drawn = {
        "statement_id": [f"EUS-{one:07d}" for one in (mix(seed, at, 113) % np.uint64(10**7)).tolist()],
        "signatory_name": _officers(parameters, chunk, buyer).tolist(),
        "stamp": (chunk.cast.number[buyer] + 10**7).astype(str).tolist(),
        "stated_end_use": end_uses(seed, 2 * chunk.cast.number[buyer] + 10**9, use).tolist(),
    }
    for number, (one, lines) in enumerate(lines_of.items()):
        mine, used = told[used : used + len(lines)], used + len(lines)
        first, last = int(days[lines].min()) - int(before[number]), int(days[lines].max())
        papers[one] = {
            **{name: values[number] for name, values in drawn.items()},
            "issued_on": first,
            "valid_until": max(first + YEARS, last + 30),
            "end_user_name": mine[0]["consignee_name"],
            "end_user_country": mine[0]["consignee_country"],
            "signatory_role": "director",
            "exporter_name": mine[0]["exporter_name"],
            "shipment_ids": ";".join(line["shipment_id"] for line in mine),
            "hs_code": mine[0]["hs_code"],
            "quantity": _total(mine),
            "quantity_unit": mine[0]["quantity_unit"],
            "source": "statements of the made world",
        }
    return papers


def _total(lines: list[Paper]) -> float | None:
    """Two hundredths more than was shipped; nothing where the lines count in several units."""
    if len({line["quantity_unit"] for line in lines}) > 1:
        return None
    return float(np.ceil(1.02 * sum(float(str(line["quantity"])) for line in lines)))


def _officers(parameters: Parameters, chunk: Chunk, firms: Ints) -> Texts:
    """The first officers of firms in Latin letters, as they sign abroad: Chinese ones with a western name before it."""
    number, country = chunk.cast.officer_no[firms], chunk.cast.officer_country[firms]
    latin = np.zeros(len(firms), dtype=np.int64)
    names = person(parameters, number, country, latin)
    also = person(parameters, number, np.full(len(firms), countries().number("GB")), latin)
    first = texts_of([name.split()[0] for name in also.tolist()])
    return np.asarray(np.where(countries().style[country] == "han", first + " " + names, names))


def reused(desk: _Desk, relation: int, variant: int) -> Paper:
    """Number, stamp and words are copied from another's; the first twin has the words alone."""
    other = desk.other(relation)
    if other is None or variant > 0:
        return {}
    copied = ("stated_end_use",) if variant == 0 else ("statement_id", "stamp", "stated_end_use")
    return {name: other[name] for name in copied}


def of_another(desk: _Desk, relation: int, variant: int) -> Paper:
    """Another firm is the end user; with the first twin the same firm, named without its last word."""
    if variant == 0:
        name = str(desk.papers[relation]["end_user_name"])
        return {"end_user_name": name.rsplit(" ", 1)[0]}
    other = desk.other(relation)
    return (
        {}
        if other is None or variant > 0
        else {name: other[name] for name in ("end_user_name", "end_user_country", "signatory_name", "stamp")}
    )


def of_other_goods(desk: _Desk, relation: int, variant: int) -> Paper:
    """It is for other goods; the first twin's for the heading alone."""
    code = str(desk.papers[relation]["hs_code"])
    if variant == 0:
        return {"hs_code": code[:4]}
    civil = [one for one in goods().hs6[~goods().is_listed].tolist() if one[:2] != code[:2]]
    return {} if variant > 0 else {"hs_code": civil[int(desk.drawn(115, relation) * len(civil))]}


def too_small(desk: _Desk, relation: int, variant: int) -> Paper:
    """It states half of what went, or less; the first twin's a few hundredths too little."""
    quantity = desk.papers[relation]["quantity"]
    if not isinstance(quantity, float) or variant > 0:
        return {}
    part = 0.95 if variant == 0 else 0.2 + 0.3 * desk.drawn(116, relation)
    return {"quantity": float(np.floor(quantity * part))}


def too_late(desk: _Desk, relation: int, variant: int) -> Paper:
    """It was signed when the goods had gone; the first twin's on the very day."""
    day = desk.papers[relation]["issued_on"]
    assert isinstance(day, int)
    if variant == 0:
        return {"issued_on": day + 5}
    last = desk.last[relation]
    return {} if variant > 0 else {"issued_on": last + 20, "valid_until": last + 20 + YEARS}


def by_another(desk: _Desk, relation: int, variant: int) -> Paper:
    """An officer of another firm signed; for the first twin somebody whom no register names."""
    if variant > 0:
        return {}
    if variant == 0:
        at = np.array([relation + 3 * 10**9])
        name = person(desk.parameters, at, np.array([countries().number("DE")]), np.array([0]))[0]
        return {"signatory_name": str(name), "signatory_role": "head of purchasing"}
    traders = desk.chunk.cast.pools["traders"].members
    firm = int(traders[int(desk.drawn(117, relation) * len(traders))])
    return {"signatory_name": str(_officers(desk.parameters, desk.chunk, np.array([firm]))[0])}


FORGERS: dict[str, Callable[[_Desk, int, int], Paper]] = {
    "statement_reused": reused,
    "statement_other_user": of_another,
    "statement_other_goods": of_other_goods,
    "statement_over_quantity": too_small,
    "statement_out_of_time": too_late,
    "signatory_elsewhere": by_another,
}
