"""Are the two records of one leg unified, and no others? Made worlds with the books of both sides (view c).

The books differ as such books do: other spellings, scripts and numbers of a firm, later days, freight, other
currencies, codes of a neighbour, kilograms or thousands for pieces, lines missing, entered again and corrected. The
numbers of the lines tell which lot they are of; no rule reads them. The plain rule beside it joins an export and an
import record of one corridor, code and quantity within 59 days, whoever the parties are. What was missed is told by
what stood against it.

Run with: ./run bench quality/legs --rows 30000 --seeds 11 12
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq

from landwaiter.flow import Inputs, run
from landwaiter.record import Options
from landwaiter.simulate.world import make_world

Row = dict[str, object]
COLUMNS = (
    "row_id", "shipment_id", "reporter", "flow", "declared_on", "dispatch_country", "destination_country", "hs6",
    "quantity_milli", "base_unit", "mass_g", "exporter_party", "consignee_party",
)  # fmt: skip
# How `simulate/rows.py` numbers the lines of a chunk: 65,536 lots of up to four entries, scrambled.
ENTRIES, COPIES, STEP = 65_536 * 4, 4, 81_005


class Silent:
    """Nobody wants to hear how far the work is."""

    def begin(self, step: str) -> None:
        """Not told."""

    def end(self, step: str, rows: int) -> None:
        """Not told."""

    def say(self, line: str) -> None:
        """Not told."""


def main() -> None:
    """Make the worlds, run the flow on them, and print what was joined and how much of it was right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[11, 12])
    options = parser.parse_args()
    print(f"{'seed':>6} {'rule':<22} {'there':>9} {'joined':>9} {'right':>9} {'precision':>10} {'recall':>8}")
    for seed in options.seeds:
        with tempfile.TemporaryDirectory() as folder:
            measure(options.rows, seed, Path(folder))


def measure(rows: int, seed: int, folder: Path) -> None:
    """One world: the program's joins and the plain rule's, against the numbers of the lots."""
    world = make_world(rows, seed, folder / "world", view="c").paths["shipments"]
    out = folder / "out"
    run(Inputs(files={"declarations": [world]}, lists=None), out, Options(as_of=date(2024, 1, 1)), Silent())
    records = {
        row["row_id"]: row for row in pq.read_table(out / "shipments.parquet", columns=list(COLUMNS)).to_pylist()
    }
    tell(seed, records, pq.read_table(out / "legs.parquet").to_pylist())


def tell(seed: int, records: dict[str, Row], legs: list[dict[str, str]]) -> None:
    """Both rules and the repeats, against the lots."""
    lot = {row_id: entry_of(row["shipment_id"]) for row_id, row in records.items()}
    both = [leg for leg in legs if leg["kind"] == "both books"]
    abroad = {row_id for row_id, row in records.items() if row["dispatch_country"] != row["destination_country"]}
    sides = [{lot[row_id][0] for row_id in abroad if lot[row_id][1] % 2 == side} for side in (0, 1)]
    there = sides[0] & sides[1]
    joined = [(lot[leg["row_id"]][0], lot[leg["other_row"]][0]) for leg in both]
    show(seed, "landwaiter", joined, len(there))
    show(seed, "corridor, code, size", plain(records.values()), len(there))
    again = [(lot[leg["row_id"]], lot[leg["other_row"]]) for leg in legs if leg["kind"] != "both books"]
    entered = sum(1 for _, copy in lot.values() if copy >= 2)
    show(seed, "repeats, corrections", [(one, other) for (one, _), (other, _) in again], entered)
    found = {one for one, other in joined if one == other}
    tell_missed(records, lot, there - found)
    for leg in [leg for leg in both if lot[leg["row_id"]][0] != lot[leg["other_row"]][0]][:3]:
        print(f"       wrong: {leg['why_merged']}")


def entry_of(shipment_id: object) -> tuple[int, int]:
    """Which lot a line is of, and which of its entries: 0 the sender's, 1 the receiver's, 2 and 3 the same again."""
    number = int(str(shipment_id)[2:]) - 1_000_000_000
    chunk, place = divmod(number, ENTRIES)
    lot, copy = divmod(place * pow(STEP, -1, ENTRIES) % ENTRIES, COPIES)
    return chunk * (ENTRIES // COPIES) + lot, copy


def tell_missed(records: dict[str, Row], lot: dict[str, tuple[int, int]], missed: set[int]) -> None:
    """What stands against each missed pair, counted."""
    sides: dict[int, dict[int, Row]] = {}
    for row_id, (number, copy) in lot.items():
        if number in missed:
            sides.setdefault(number, {})[copy % 2] = records[row_id]
    told: Counter[str] = Counter()
    for pair in sides.values():
        sent, came = pair[0], pair[1]
        parties = sum(sent[side] == came[side] for side in ("exporter_party", "consignee_party"))
        units = "" if sent["base_unit"] == came["base_unit"] else ", counted here and weighed there"
        size = "" if units or sent["quantity_milli"] == came["quantity_milli"] else ", another count"
        code = "" if sent["hs6"] == came["hs6"] else ", another code"
        told[f"{('no party', 'one party', 'both parties')[parties]} resolved to the same{units}{size}{code}"] += 1
    for what, count in told.most_common(8):
        print(f"       missed {count:>7,}: {what}")


def plain(records: Iterable[Row]) -> list[tuple[int, int]]:
    """The plain rule: the first export record of the same corridor, code and quantity in time."""
    exports: dict[tuple[object, ...], list[Row]] = {}
    imports = []
    for row in records:
        if row["flow"] == "import":
            imports.append(row)
        else:
            exports.setdefault(_goods(row), []).append(row)
    joined = []
    for row in imports:
        near = [one for one in exports.get(_goods(row), []) if _in_time(one, row)]
        if near:
            joined.append((entry_of(row["shipment_id"])[0], entry_of(near[0]["shipment_id"])[0]))
    return joined


def _goods(row: Row) -> tuple[object, ...]:
    return row["dispatch_country"], row["destination_country"], row["hs6"], row["quantity_milli"]


def _in_time(sent: Row, came: Row) -> bool:
    first, last = sent["declared_on"], came["declared_on"]
    assert isinstance(first, date)
    assert isinstance(last, date)
    return timedelta(-5) <= last - first <= timedelta(59)


def show(seed: int, rule: str, joined: list[tuple[int, int]], there: int) -> None:
    """One line: how much was joined, how much of it is right, and how much of what is there."""
    right = len({one for one, other in joined if one == other})
    sure = sum(one == other for one, other in joined)
    print(
        f"{seed:>6} {rule:<22} {there:>9,} {len(joined):>9,} {right:>9,} "
        f"{sure / max(len(joined), 1):>10.4f} {right / max(there, 1):>8.3f}"
    )


if __name__ == "__main__":
    main()
