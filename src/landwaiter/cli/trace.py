"""`landwaiter trace`: a party or a shipment of a finished run, both ways along its chains."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from landwaiter.cli.parts import links_to, show_links
from landwaiter.engine.spreadsheet import write_csv
from landwaiter.errors import InputError
from landwaiter.trace.follow import follow

ROW = ("row_id", "declared_on", "exporter_name", "consignee_name", "dispatch_country", "destination_country", "hs6")
HOP = ["in_row", "out_row", "basis"]
SHOWN = 50


def trace(
    ident: Annotated[str | None, Parameter(name="ID")] = None,
    /,
    *,
    out: Path,
    part: str | None = None,
    marking: str | None = None,
    component: str | None = None,
    hops: int = 6,
    json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Follow a party or a shipment of a finished run both ways along its hops; write every hop to trace.csv there.

    Every hop is one that the books show, allocated first in, first out. What no book shows is not here: no hop is no
    proof that nothing went on. Exit 1 when nothing leads to or from it.

    With --part, --marking or --component: first the shipments that could have carried such a part, which is inferred
    from the numbers that stand in them (trace-parts.csv), then the hops of these shipments, each seen or inferred. Exit
    1 when no shipment names it; most declarations name no part, so that clears none.

    Args:
        ident: a party_id, row_id, shipment_id, or the name of a party as it stands in the report.
        out: folder of a finished `landwaiter run`.
        part: a part number.
        marking: what stands on a part; see `landwaiter marking`.
        component: component_id of a component that was given to the run with --components.
        hops: how many hops to follow in each direction.
        json_: print JSON lines instead of a table.
    """
    if not (out / "run.json").exists():
        raise InputError(str(out), "holds no finished run", "give the --out folder of `landwaiter run`")
    if [ident, part, marking, component].count(None) != 3:
        raise InputError("trace", "takes one of ID, --part, --marking and --component", "give one of them")
    if ident is None:
        links = links_to(out, part=part, marking=marking, component=component, as_of=date.today())
        show_links(links, as_json=json_, file=out / "trace-parts.csv")
        rows = sorted(set(links["row_id"].to_pylist()))
    else:
        rows = _rows_of(out, ident)
    told = _with_rows(out, follow(_hops(out), rows, max_hops=hops))
    write_csv(told, out / "trace.csv")
    if json_:
        kind = {} if ident is not None else {"kind": "hop"}
        for row in told.to_pylist():
            sys.stdout.write(json.dumps({**kind, **row}, default=str, ensure_ascii=False) + "\n")
    elif rows:
        _show(told, ident or part or marking or component or "", len(rows), out / "trace.csv")
    return 0 if told.num_rows or (ident is None and rows) else 1


def _hops(out: Path) -> pa.Table:
    return ds.dataset(out / "hops.parquet").to_table()


def _rows_of(out: Path, ident: str) -> list[str]:
    """The row_ids that an id or a name stands for."""
    shipments = ds.dataset(out / "shipments.parquet")
    own = shipments.to_table(
        columns=["row_id"], filter=(ds.field("row_id") == ident) | (ds.field("shipment_id") == ident)
    )
    if own.num_rows:
        return [str(row) for row in own["row_id"].to_pylist()]
    parties = ds.dataset(out / "parties.parquet").to_table(columns=["party_id", "names"]).to_pylist()
    wanted = [party["party_id"] for party in parties if ident == party["party_id"] or ident in party["names"]]
    if not wanted:
        raise InputError(ident, f"is no party, row or shipment of {out}", "look for it in the report")
    ids = pa.array(wanted, pa.string())
    theirs = pc.is_in(ds.field("exporter_party"), ids) | pc.is_in(ds.field("consignee_party"), ids)
    return [str(row) for row in shipments.to_table(columns=["row_id"], filter=theirs)["row_id"].to_pylist()]


def _with_rows(out: Path, followed: pa.Table) -> pa.Table:
    """Each hop with what its two rows say."""
    wanted = pa.array(sorted({*followed["in_row"].to_pylist(), *followed["out_row"].to_pylist()}), pa.string())
    rows = ds.dataset(out / "shipments.parquet").to_table(
        columns=list(ROW), filter=pc.is_in(ds.field("row_id"), wanted)
    )
    known = {row["row_id"]: row for row in rows.to_pylist()}
    columns: dict[str, list[object]] = {name: followed[name].to_pylist() for name in followed.column_names}
    for side in ("in", "out"):
        for name in ROW[1:]:
            columns[f"{side}_{name}"] = [known[row][name] for row in followed[f"{side}_row"].to_pylist()]
    basis = {(hop["in_row"], hop["out_row"]): hop["basis"] for hop in _hops(out).select(HOP).to_pylist()}
    pairs = zip(followed["in_row"].to_pylist(), followed["out_row"].to_pylist(), strict=True)
    columns["basis"] = [basis[pair] for pair in pairs]
    return pa.table(columns)


def _show(told: pa.Table, ident: str, rows: int, file: Path) -> None:
    # In a pipe there is no width to fit into, and a folded table cannot be read.
    console = Console(width=None if sys.stdout.isatty() else 200)
    if not told.num_rows:
        console.print(f"{ident}: no hop leads to or from its {rows} rows in these books", markup=False)
        return
    table = Table("", "hop", "arrived", "from", "at", "left", "to", "HS6", "quantity", "days", "basis")
    for row in _first(told):
        table.add_row(
            "↑" if row["direction"] == "upstream" else "↓",
            str(row["level"]),
            str(row["in_declared_on"]),
            f"{row['in_exporter_name']} ({row['in_dispatch_country']})",
            str(row["in_consignee_name"]),
            str(row["out_declared_on"]),
            f"{row['out_consignee_name']} ({row['out_destination_country']})",
            str(row["out_hs6"]),
            f"{row['quantity']:,.10g}",
            str(row["days_between"]),
            str(row["basis"]),
        )
    console.print(table)
    console.print(f"{told.num_rows:,} hops, the first {min(SHOWN, told.num_rows)} shown; all in {file}", markup=False)


def _first(told: pa.Table) -> Iterator[dict[str, object]]:
    yield from told.slice(0, SHOWN).to_pylist()
