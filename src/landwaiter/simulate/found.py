"""Which parts are found in weapons in a made world? Some that its books sent to a target, marked some months before."""

from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.simulate.facts import countries
from landwaiter.simulate.rows import Book

FOUND = pa.schema([
    (name, pa.string())
    for name in ("component_id", "weapon", "marking", "description", "maker", "part_number", "date_code", "lot_code",
                 "assembled_in", "source", "found_on")
])  # fmt: skip
MOST = 12
MADE_BEFORE = timedelta(days=120)
FOUND_AFTER = timedelta(days=200)


def components_of(book: Book) -> pa.Table:
    """The components: each of another part number, with a marking as it would stand on a chip, and nothing more."""
    there = countries()
    targets = pa.array(there.code[there.of_role("target")], pa.string())
    lines = book.lines.select(["declared_on", "destination_country", "part_number"])
    to_target = pc.is_in(lines["destination_country"].cast(pa.string()), value_set=targets)
    lines = lines.filter(pc.and_(to_target, pc.is_valid(lines["part_number"])))
    first: dict[str, date] = {}
    for part, day in zip(lines["part_number"].to_pylist(), lines["declared_on"].to_pylist(), strict=True):
        first[part] = min(day, first.get(part, day))
    rows = []
    for number, (part, day) in enumerate(sorted(first.items(), key=lambda item: (item[1], item[0]))[:MOST], 1):
        year, week, _ = (day - MADE_BEFORE).isocalendar()
        cells = dict.fromkeys(FOUND.names, "")
        cells |= {"component_id": f"C-{number}", "weapon": "made-up drone", "source": "made world"}
        cells |= {"marking": f"{part} {year % 100:02d}{week:02d}", "found_on": (day + FOUND_AFTER).isoformat()}
        rows.append(cells)
    return pa.Table.from_pylist(rows, schema=FOUND)
