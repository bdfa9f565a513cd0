"""Rows that come day by day: plain lots, and records that tell a lot again, correct it, mirror it or only weigh it."""

import random
from datetime import date, timedelta

import pyarrow as pa

from landwaiter import flow
from landwaiter.classify.priority import classify
from landwaiter.daybook.adding import Terms
from landwaiter.engine.step import read_step
from landwaiter.ref.concern import origins, targets
from landwaiter.resolve.parties import link
from landwaiter.tables import TABLES
from landwaiter.trace.chains import trace
from worlds.small import _shipment

TERMS = Terms(date(2024, 6, 1), 60, 6)
DECLARED = TABLES["declarations"].schema
HUBS = ("Nova Elektronik", "Bosfor Makina Sanayi")
SPELLINGS = {"Nova Elektronik": "NOVA ELEKTRONIK LTD", "Bosfor Makina Sanayi": "Bosfor Makina Sanayi A.S."}


def declared(rows, first=0):
    """Declarations of small rows, as if they had been loaded from a file of their own."""
    made = [_declared(first + number, cells) | {"file": f"day-{first}"} for number, cells in enumerate(rows)]
    return pa.Table.from_pylist([{name: row[name] for name in DECLARED.names} for row in made], schema=DECLARED)


def _declared(number, cells):
    """One row; `seller id` is the books' own number of the seller."""
    return _shipment(number, cells) | {"exporter_id": cells.get("seller id") or None}


def run_whole(corridor, declarations):
    """The parts of a run that a book keeps."""
    corridor.put("declarations", declarations)
    mentions = read_step(flow.HERE / "resolve" / "mentions.sql")
    for kind in {*mentions.reads, "companies"} - {"declarations"}:
        corridor.put(kind, TABLES[kind].schema.empty_table())
    corridor.run(mentions, {})
    link(corridor, threads=1)
    corridor.run(read_step(flow.HERE / "resolve" / "shipments.sql"), {})
    born = {"party_id": pa.array([], pa.string()), "born_day": pa.array([], pa.int32())}
    corridor.put("party_companies", pa.table(born))
    classify(corridor, as_of=TERMS.as_of)
    corridor.put("targets", targets())
    corridor.put("origins", origins())
    trace(corridor, window_days=TERMS.window_days, max_hops=TERMS.max_hops)


def lot(chance, number):
    """One leg of a trade through two hubs, under one of two spellings."""
    hub, onward = chance.choice(HUBS), chance.random() < 0.5
    name = SPELLINGS[hub] if chance.random() < 0.15 else hub
    pieces = chance.choice((100, 250, 777, 1234, 2598))
    cells = {
        "day": (date(2022, 3, 1) + timedelta(days=number)).isoformat(),
        "hs6": chance.choice(("854231", "854232")),
        "pieces": str(pieces),
        "kg": str(pieces // 99 + 1),
        "usd": str(20 * pieces),
        "number": f"N{number}",
    }
    if chance.random() < 0.3:
        cells["part"] = chance.choice(("XC7A35T", "STM32F407"))
    ways = {"from": "TW", "seller": "Island Chips", "to": "TR", "buyer": name}
    if onward:
        ways = {"from": "TR", "seller": name, "to": "RU", "buyer": chance.choice(("Volga", "Kama Trade"))}
        if chance.random() < 0.3:
            cells["licence"] = "L-1"
    return {**cells, **ways}


def rows_of_a_world(seed, count, kinds):
    """Rows in the order in which books receive them; `kinds` says what beside plain lots comes."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        row = lot(chance, number)
        rows.append(row)
        later = (date.fromisoformat(row["day"]) + timedelta(days=chance.choice((3, 9)))).isoformat()
        if "again" in kinds and chance.random() < 0.1:
            rows.append(dict(row))
        if "corrected" in kinds and chance.random() < 0.1:
            rows.append({**row, "day": later, "pieces": "90"})
        if "mirrored" in kinds and row["to"] == "TR" and chance.random() < 0.5:
            rows.append(
                {**row, "day": later, "books": "TR", "usd": str(21 * int(row["pieces"])), "number": f"M{number}"}
            )
        if "weighed" in kinds and chance.random() < 0.2:
            rows.append({**row, "number": f"W{number}", "pieces": ""})
    return rows
