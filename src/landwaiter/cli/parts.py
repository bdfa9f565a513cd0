"""Which shipments of a finished run could have carried a part, a marking or a component found in a weapon?"""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from landwaiter.classify.components import COLUMNS, Asked, find_links, read_component
from landwaiter.engine.spreadsheet import write_csv
from landwaiter.errors import InputError

BATCH_ROWS = 100_000
SHOWN = 30
# What the books show of a shipment that a component could have come with.
SEEN = ("declared_on", "exporter_name", "dispatch_country", "consignee_name", "destination_country", "part_number",
        "description")  # fmt: skip


def links_to(out: Path, *, part: str | None, marking: str | None, component: str | None, as_of: date) -> pa.Table:
    """The shipments that could have carried it: inferred columns of `component_links`, and what the books show."""
    if component is not None:
        links = _of_component(out, component)
    else:
        asked = Asked("asked", part_number=part or "", marking=marking or "")
        one = read_component(asked, as_of=as_of)
        if not one.numbers and not one.reading.part:
            raise InputError(part or marking or "", "holds no part number that could be looked for", one.reading.reason)
        _tell_reading(asdict(one.reading))
        rows = ds.dataset(out / "shipments.parquet").to_batches(columns=list(COLUMNS), batch_size=BATCH_ROWS)
        linked = find_links([one], rows)
        if linked.made_after:
            left_out = sum(linked.made_after.values())
            sys.stderr.write(f"{left_out:,} rows that name it were declared before it was made: left out\n")
        links = linked.links
    told = _with_books(out, links)
    write_csv(told, out / "trace-parts.csv")
    return told


def _of_component(out: Path, component: str) -> pa.Table:
    path = out / "component_links.parquet"
    if not path.exists():
        raise InputError(str(out), "was run without components", "give `landwaiter run --components F`, or --marking")
    readings = pq.read_table(out / "component_readings.parquet", filters=[("component_id", "=", component)])
    if not readings.num_rows:
        raise InputError(component, f"is no component of {out}", "component_readings.parquet names them")
    for reading in readings.to_pylist():
        _tell_reading(reading)
    return pq.read_table(path, filters=[("component_id", "=", component)])


def _tell_reading(reading: Mapping[str, object]) -> None:
    """What the marking says, on the error stream: the answer itself may go on in a pipe."""
    names = ("maker", "maker_family", "part", "part_base", "part_family", "date_code", "made_from", "made_to", "lot",
             "assembled_in")  # fmt: skip
    said = ", ".join(f"{name} {reading[name]}" for name in names if reading[name])
    sure = f"probability {reading['probability']:.2f}" if reading["maker"] else "the maker is not known"
    sys.stderr.write(f"read: {said or 'nothing'} ({sure})\n")


def _with_books(out: Path, links: pa.Table) -> pa.Table:
    """Each link with what its shipment says, and the chains in which the shipment stands; surest first."""
    wanted = pa.array(sorted(set(links["row_id"].to_pylist())), pa.string())
    shipments = ds.dataset(out / "shipments.parquet")
    rows = shipments.to_table(columns=["row_id", *SEEN], filter=pc.is_in(ds.field("row_id"), wanted))
    known = {row["row_id"]: row for row in rows.to_pylist()}
    chains = pq.read_table(out / "chains.parquet", columns=["chain_id", "row_id"]).to_pylist()
    of_row: dict[str, list[str]] = {}
    for one in chains:
        of_row.setdefault(one["row_id"], []).append(one["chain_id"])
    order = {"part": 0, "base": 1, "family": 2}
    told = [
        {
            **link,
            **{name: known[link["row_id"]][name] for name in SEEN},
            "chains": ";".join(of_row.get(link["row_id"], [])),
        }
        for link in links.to_pylist()
    ]
    told.sort(key=lambda row: (order[row["how"]], -row["probability"], row["declared_on"], row["row_id"]))
    schema = pa.schema([*links.schema, *(rows.schema.field(name) for name in SEEN), pa.field("chains", pa.string())])
    return pa.Table.from_pylist(told, schema=schema)


def show_links(told: pa.Table, *, as_json: bool, file: Path) -> None:
    """Print the shipments: what the books show of each, and beside it what is inferred."""
    if as_json:
        for row in told.to_pylist():
            sys.stdout.write(json.dumps({"kind": "shipment", **row}, default=str, ensure_ascii=False) + "\n")
        return
    console = Console(width=None if sys.stdout.isatty() else 200)
    if not told.num_rows:
        console.print("no shipment of these books names it; most declarations name no part, so this clears none")
        return
    table = Table("declared", "from", "to", "number in the books", "inferred by", "probability", "why", "chains")
    for row in told.slice(0, SHOWN).to_pylist():
        table.add_row(
            str(row["declared_on"]), f"{row['exporter_name']} ({row['dispatch_country']})",
            f"{row['consignee_name']} ({row['destination_country']})", str(row["number_seen"]), row["how"],
            f"{row['probability']:.2f}", row["reason"], row["chains"],
        )  # fmt: skip
    console.print(table)
    shown = min(SHOWN, told.num_rows)
    console.print(f"{told.num_rows:,} shipments could have carried it (inferred), {shown} shown; all in {file}",
                  markup=False)  # fmt: skip
