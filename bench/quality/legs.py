"""Are the two records of one leg unified, and no others? Made worlds whose targets repeat what hubs exported.

The same world is made twice: with all exporters' books, and with the targets' import books in place of theirs.
The import records have the target's spellings, scripts and ids and a later day; freight is added to their value, their
document is dropped, and one in eight is weighed only. The number of a lot, which no rule reads, is the truth. The plain
rule beside it joins records of one corridor, code and quantity within 59 days, whoever the parties are.

Run with: ./run bench quality/legs --rows 30000 --seeds 11 12
"""

import argparse
import tempfile
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq

from landwaiter.flow import Inputs, run
from landwaiter.record import Options
from landwaiter.simulate.world import make_world


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
    print(
        f"{'seed':>6} {'rule':<22} {'legs in two books':>18} {'joined':>8} {'right':>8} {'precision':>10} {'recall':>8}"
    )
    for seed in options.seeds:
        with tempfile.TemporaryDirectory() as folder:
            measure(options.rows, seed, Path(folder))


def measure(rows: int, seed: int, folder: Path) -> None:
    """One world: the program's joins and the plain rule's, against the numbers of the lots."""
    shipments, imports = (_rows(make_world(rows, seed, folder / view, view=view).paths["shipments"]) for view in VIEWS)
    chance = Random(seed)
    known = {row["shipment_id"][2:] for row in shipments}
    second = [_received(row, chance) for row in imports if row["flow"] == "import" and row["shipment_id"][2:] in known]
    both = folder / "both.csv"
    csv.write_csv(pa.Table.from_pylist([*shipments, *second]), both)
    out = folder / "out"
    run(Inputs(files={"declarations": [both]}, lists=None), out, Options(as_of=date(2024, 1, 1)), Silent())
    number = {row["row_id"]: row["shipment_id"][2:] for row in pq.read_table(out / "shipments.parquet").to_pylist()}
    legs = pq.read_table(out / "legs.parquet").to_pylist()
    joined = [(number[leg["row_id"]], number[leg["other_row"]]) for leg in legs]
    _print(seed, "landwaiter", joined, len(second))
    _print(seed, "corridor, code, size", _plain(shipments, second), len(second))
    wrong = [leg["why_merged"] for leg in legs if number[leg["row_id"]] != number[leg["other_row"]]]
    for sentence in wrong[:3]:
        print(f"       wrong: {sentence}")


VIEWS = ("all", "origin-target")


def _rows(path: Path) -> list[dict[str, str]]:
    texts = {name: pa.string() for name in pq.read_schema(path).names} if path.suffix == ".parquet" else {}
    table = pq.read_table(path) if texts else csv.read_csv(path, convert_options=_as_text(path))
    return [{key: "" if cell is None else str(cell) for key, cell in row.items()} for row in table.to_pylist()]


def _as_text(path: Path) -> csv.ConvertOptions:
    with path.open(encoding="utf-8") as file:
        return csv.ConvertOptions(column_types={name: pa.string() for name in file.readline().strip().split(",")})


def _received(row: dict[str, str], chance: Random) -> dict[str, str]:
    freight = chance.uniform(1.02, 1.13)
    value = {name: f"{float(row[name]) * freight:.2f}" if row[name] else "" for name in ("value", "value_usd")}
    weighed = {"quantity": "", "quantity_unit": ""} if chance.random() < 1 / 8 else {}
    return {**row, **value, **weighed, "document_id": ""}


def _plain(shipments: list[dict[str, str]], second: list[dict[str, str]]) -> list[tuple[str, str]]:
    exports: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in shipments:
        exports.setdefault(_goods(row), []).append(row)
    joined = []
    for row in second:
        came = date.fromisoformat(row["declared_on"])
        near = [one for one in exports.get(_goods(row), []) if _in_time(one, came)]
        if near:
            joined.append((row["shipment_id"][2:], near[0]["shipment_id"][2:]))
    return joined


def _goods(row: dict[str, str]) -> tuple[str, ...]:
    return row["dispatch_country"], row["destination_country"], row["hs_code"], row["quantity"]


def _in_time(row: dict[str, str], came: date) -> bool:
    return timedelta(-5) <= came - date.fromisoformat(row["declared_on"]) <= timedelta(59)


def _print(seed: int, rule: str, joined: list[tuple[str, str]], legs: int) -> None:
    right = sum(one == other for one, other in joined)
    print(
        f"{seed:>6} {rule:<22} {legs:>18,} {len(joined):>8,} {right:>8,} "
        f"{right / max(len(joined), 1):>10.3f} {right / max(legs, 1):>8.3f}"
    )


if __name__ == "__main__":
    main()
