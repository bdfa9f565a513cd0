"""Which shipments could have carried a component that was found in a weapon?

Its marking, part number and description are read, and looked for in the part numbers and descriptions of the shipments.
A shipment is what the books show; that it carried such parts is inferred, and says how and how likely.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import NamedTuple

import pyarrow as pa

from landwaiter.classify.marking import ANSWERED, MarkingAnswer, read_marking
from landwaiter.classify.marking_dates import read_date
from landwaiter.classify.marking_makers import makers
from landwaiter.classify.marking_parts import package_mark, read_part, split_part
from landwaiter.classify.marking_text import MarkingText, part_like, read_text
from landwaiter.engine.corridor import Corridor
from landwaiter.tables import TABLES

# That goods of this number were in the shipment, where the number stands in the column for it; less in a description.
WORTH = {"part": 0.95, "base": 0.6, "family": 0.25}
SAID = {"part": "the same part number", "base": "the same base number, another suffix", "family": "the same series"}
IN_WORDS = 0.85
# A number of whose maker nothing is known could be somebody else's.
UNKNOWN_MAKER = 0.8
# A series is in very many shipments: no more of them for each component, the first after it was made.
MOST_OF_FAMILY = 1_000
SHORTEST = 4
SURE_DATE = 0.8
COLUMNS = ("row_id", "declared_on", "part_number", "description", "origin_country", "document_id")


@dataclass(frozen=True)
class Component:
    """A component as it was read: who made it, its numbers, and when it was made.

    Args:
        numbers: every number that its marking, part number or description may mean, as keys.
        reading: the likeliest reading of its marking.
    """

    component_id: str
    row_id: str
    weapon: str
    numbers: frozenset[str]
    reading: MarkingAnswer


class Asked(NamedTuple):
    """What is known of a component before it is read; an empty text where nothing is."""

    component_id: str
    row_id: str = ""
    weapon: str = ""
    marking: str = ""
    description: str = ""
    maker: str = ""
    part_number: str = ""
    date_code: str = ""
    lot_code: str = ""
    assembled_in: str = ""


class Linked(NamedTuple):
    """Shipments that could have carried components, and how many were declared before the component was made."""

    links: pa.Table
    made_after: dict[str, int]


def link_components(corridor: Corridor, *, as_of: date) -> list[str]:
    """Put `component_readings` and `component_links` from `components` and `shipments`; give notes for the record."""
    asked = [
        Asked(**{name: str(row[name] or "") for name in Asked._fields})
        for row in corridor.get("components").to_pylist()
    ]
    components = [read_component(one, as_of=as_of) for one in asked]
    corridor.put("component_readings", readings_of(components))
    linked = find_links(components, corridor.batches("shipments", 250_000))
    corridor.put("component_links", linked.links)
    found = set(linked.links["component_id"].to_pylist())
    notes = [f"components: {len(found)} of {len(components)} could have come with shipments of these books"]
    if linked.made_after:
        rows = sum(linked.made_after.values())
        notes.append(f"components: {rows} rows that name the number were declared before the part was made: not linked")
    return notes


def read_component(asked: Asked, *, as_of: date) -> Component:
    """Read a component's texts as one marking; what its finder says of number, date, lot and country counts first."""
    lines = [asked.maker, asked.part_number, asked.marking]
    lines += [f"D/C {asked.date_code}"] if asked.date_code else []
    text = "\n".join(filter(None, lines))
    said = read_text(text) if text else read_text(asked.description)
    answer = read_marking(text or asked.description, as_of=as_of, most=1)[0]
    numbers = {key for key in map(key_of, [asked.part_number, answer.part]) if len(key) >= SHORTEST}
    numbers |= {key for number, _ in part_like(said.words) if _is_number(key := key_of(number))}
    numbers -= {key_of(asked.date_code), key_of(asked.lot_code or answer.lot), *_no_part(answer, numbers)}
    answer = _with(_dated(answer, asked, numbers, as_of), asked)
    return Component(asked.component_id, asked.row_id, asked.weapon, frozenset(numbers - {""}), answer)


def _no_part(answer: MarkingAnswer, numbers: set[str]) -> set[str]:
    """Of the numbers that stand on a part, those that are its date, with a plant's letters, or its package."""
    date, own = key_of(answer.date_code), key_of(answer.part)
    dates = {number for number in numbers if date and number != own and number.endswith(date)}
    return dates | {number for number in numbers if package_mark(answer.maker, number) == len(number)}


def _dated(answer: MarkingAnswer, asked: Asked, numbers: set[str], as_of: date) -> MarkingAnswer:
    """The reading with the days of the date code where no maker was known, and so none was read beside a number."""
    words = [word.text for word in read_text(asked.marking).words if key_of(word.text) not in numbers]
    code = read_date(f"D/C {asked.date_code}" if asked.date_code else " ".join(words), as_of=as_of)
    if answer.made_from is not None or code is None or code.sure < SURE_DATE:
        return answer
    return replace(answer, date_code=code.code, made_from=code.made_from, made_to=code.made_to)


def _with(answer: MarkingAnswer, asked: Asked) -> MarkingAnswer:
    """The reading with the finder's own number, lot and country in place of what was read."""
    if asked.part_number and key_of(asked.part_number) != key_of(answer.part):
        family, base, _ = split_part(asked.part_number.upper())
        answer = replace(answer, part=asked.part_number, part_family=family, part_base=base)
    return replace(answer, lot=asked.lot_code or answer.lot, assembled_in=asked.assembled_in or answer.assembled_in)


def key_of(number: str) -> str:
    """A number as it is compared: Latin or Cyrillic capitals and digits, without spaces and signs."""
    words = read_text(number).words if number else ()
    return "".join(sign for word in words for sign in word.text if sign.isalnum())


def _is_number(key: str) -> bool:
    """Letters and at least two digits, or very many digits: less is found anywhere."""
    digits = sum(sign.isdigit() for sign in key)
    return len(key) >= SHORTEST and digits >= 2 and (digits < len(key) or len(key) >= 7)


def readings_of(components: Sequence[Component]) -> pa.Table:
    """The table `component_readings`."""
    schema = TABLES["component_readings"].schema
    rows = []
    for one in components:
        own = {"component_id": one.component_id, "row_id": one.row_id, "weapon": one.weapon}
        cells = {**asdict(one.reading), **own}
        rows.append({name: cells[name] for name in schema.names})
    return pa.Table.from_pylist(rows, schema=schema)


@dataclass(frozen=True)
class _Sought:
    """Components by the keys that lead to them."""

    of_part: Mapping[str, list[int]]
    of_base: Mapping[str, list[int]]
    of_family: Mapping[str, list[int]]
    houses: tuple[str, ...]


def _sought(components: Sequence[Component]) -> _Sought:
    part: dict[str, list[int]] = defaultdict(list)
    base: dict[str, list[int]] = defaultdict(list)
    family: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(components):
        for key in one.numbers:
            part[key].append(place)
        if len(key := key_of(one.reading.part_base)) > SHORTEST:
            base[key].append(place)
        if one.reading.maker_family and one.reading.probability >= ANSWERED and one.reading.part_family:
            family[key_of(one.reading.part_family)].append(place)
    houses = tuple(_house(one.reading.maker) for one in components)
    return _Sought(part, base, family, houses)


def _house(maker: str) -> str:
    """Who sells the maker's parts now; two makers of one house number one series alike."""
    return (makers()[maker].family or maker) if maker else ""


def find_links(components: Sequence[Component], batches: Iterable[pa.RecordBatch]) -> Linked:
    """Look for the components in shipments, each distinct text once; a part made after a shipment is not in it."""
    sought, known = _sought(components), dict[tuple[str, str], tuple[_Hit, ...]]()
    best: dict[tuple[int, str], tuple[float, dict[str, object]]] = {}
    made_after: dict[str, int] = defaultdict(int)
    for batch in batches:
        for row in _rows(batch):
            for hit in _hits_of(row, sought, known):
                one = components[hit.place]
                if one.reading.made_from is not None and one.reading.made_from > row.declared_on:
                    made_after[one.component_id] += 1
                    continue
                link = _link(one, hit, row)
                chance = float(str(link["probability"]))
                if chance > best.get((hit.place, row.row_id), (0.0, {}))[0]:
                    best[hit.place, row.row_id] = (chance, {**link, "declared_on": row.declared_on})
    return Linked(_table_of(components, best), dict(made_after))


class _Hit(NamedTuple):
    """A component's number in a text: how it fits, and the number as it stands there."""

    place: int
    how: str
    seen: str
    seen_in: str


class _Row(NamedTuple):
    row_id: str
    declared_on: date
    part_number: str
    description: str
    origin_country: str
    document_id: str


def _rows(batch: pa.RecordBatch) -> Iterator[_Row]:
    columns = [batch.column(name).to_pylist() for name in COLUMNS]
    for row_id, day, *texts in zip(*columns, strict=True):
        yield _Row(row_id, day, *(text or "" for text in texts))


def _hits_of(row: _Row, sought: _Sought, known: dict[tuple[str, str], tuple["_Hit", ...]]) -> Iterator[_Hit]:
    for name in ("part_number", "description"):
        text = row.part_number if name == "part_number" else row.description
        if text and (name, text) not in known:
            known[name, text] = tuple(_look(text, name, sought))
        yield from known.get((name, text), ())


def _look(text: str, seen_in: str, sought: _Sought) -> Iterator[_Hit]:
    """The components whose number, base or series stands in a text."""
    said: MarkingText = read_text(text)
    numbers = {number: None for number, _ in part_like(said.words)}
    if seen_in == "part_number":
        numbers[text] = None
    for number in numbers:
        key = key_of(number)
        exact = sought.of_part.get(key, [])
        yield from (_Hit(place, "part", number, seen_in) for place in exact)
        family, base, _ = split_part(number)
        same_base = [place for place in sought.of_base.get(key_of(base), []) if place not in exact]
        yield from (_Hit(place, "base", number, seen_in) for place in same_base)
        wanted = [place for place in sought.of_family.get(key_of(family), []) if place not in (*exact, *same_base)]
        if wanted:
            houses = {_house(reading.maker) for reading in read_part(number, 0)}
            yield from (_Hit(place, "family", number, seen_in) for place in wanted if sought.houses[place] in houses)


def _link(one: Component, hit: _Hit, row: _Row) -> dict[str, object]:
    reading = one.reading
    sure = WORTH[hit.how] * (IN_WORDS if hit.seen_in == "description" else 1.0)
    where = hit.seen_in.replace("_", " ")
    says = [f"{SAID[hit.how]} stands in the {where}: {hit.seen}"]
    if not reading.maker and hit.how == "part":
        sure *= UNKNOWN_MAKER
        says.append("the maker is not known, so another maker's part could bear the number")
    if reading.lot and len(reading.lot) > SHORTEST and reading.lot in f"{row.description} {row.document_id}".upper():
        sure = 1 - (1 - sure) / 4
        says.append(f"the lot {reading.lot} stands in it too")
    if reading.made_from is not None:
        says.append(f"made on {reading.made_from} or later, declared on {row.declared_on}")
    if reading.assembled_in and row.origin_country:
        same = reading.assembled_in == row.origin_country
        sure = 1 - (1 - sure) * 0.8 if same else sure * 0.8
        says.append(f"assembled in {reading.assembled_in}, declared as made in {row.origin_country}")
    told = {"how": hit.how, "number_seen": hit.seen, "seen_in": hit.seen_in, "basis": "inferred"}
    found = {"component_id": one.component_id, "row_id": row.row_id}
    return {**found, **told, "probability": round(sure, 4), "reason": "; ".join(says)}


def _table_of(
    components: Sequence[Component], best: Mapping[tuple[int, str], tuple[float, dict[str, object]]]
) -> pa.Table:
    """The table `component_links`; of a series no more than so many rows for a component."""
    merged: dict[tuple[str, str], tuple[float, dict[str, object]]] = {}
    for (place, row_id), found in best.items():
        key = (components[place].component_id, row_id)
        if found[0] > merged.get(key, (0.0, {}))[0]:
            merged[key] = found
    kept, series = [], defaultdict[str, int](int)
    for (component_id, _), (_, link) in sorted(
        merged.items(), key=lambda item: (str(item[1][1]["declared_on"]), item[0])
    ):
        if link["how"] == "family":
            series[component_id] += 1
            if series[component_id] > MOST_OF_FAMILY:
                continue
        kept.append(link)
    schema = TABLES["component_links"].schema
    return pa.Table.from_pylist([{name: link[name] for name in schema.names} for link in kept], schema=schema)
