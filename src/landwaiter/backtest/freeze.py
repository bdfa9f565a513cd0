"""What was known on a day of the past? Lists and rows as they stood, so that nothing later can reach the work.

Frozen rows are written to new files, and only these are given to the flow: it never sees a later byte. What carries no
day cannot be shown to be older, so it is left out and counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from landwaiter.fetch import ListsRead
from landwaiter.load.loading import Loaded
from landwaiter.tables import TABLES

# The day on which a row could be known, and that of an end which nobody knew before it came.
KNOWN_ON = {
    "declarations": ("declared_on", ""),
    "companies": ("incorporated_on", "dissolved_on"),
    "ownership": ("valid_from", "valid_to"),
    "trade_flows": ("period", ""),
    "components": ("found_on", ""),
}
OWN = {
    "declarations": set(
        TABLES["declarations"].schema.names[: TABLES["declarations"].schema.names.index("shipment_id")]
    ),
    "companies": {"row_id"},
    "ownership": {"row_id"},
    "trade_flows": {"row_id"},
    "components": {"row_id"},
}
ROWS_AT_A_TIME = 500_000


@dataclass(frozen=True)
class Frozen:
    """What one file was on a day: the file that holds it, and how many rows were known, later, or without a day."""

    path: Path
    known: int
    later: int
    undated: int


def freeze_lists(read: ListsRead, on: date) -> tuple[ListsRead, int]:
    """The lists as they stood on a day, and how many listings without a day were left out.

    A listing counts from its first day on. One without counts only where the whole list is of that day or older. An
    end that came later is not known yet. Names that a publisher added to an old listing later cannot be told apart.
    """
    listings = read.listings
    old = [one.list for one in read.lists if one.as_of is not None and one.as_of <= on]
    day = pa.scalar(on, pa.date32())
    dated = pc.fill_null(pc.less_equal(listings.column("listed_on"), day), False)
    undated = pc.is_null(listings.column("listed_on"))
    standing = pc.and_(undated, pc.is_in(listings.column("list"), pa.array(old, pa.string())))
    kept = listings.filter(pc.or_(dated, standing))
    ended = pc.fill_null(pc.less_equal(kept.column("delisted_on"), day), False)
    known_end = pc.if_else(ended, kept.column("delisted_on"), pa.scalar(None, pa.date32()))
    kept = kept.set_column(kept.column_names.index("delisted_on"), "delisted_on", known_end)
    names = read.listing_names
    names = names.filter(pc.is_in(names.column("listing_id"), kept.column("listing_id").combine_chunks()))
    left_out = (pc.sum(undated).as_py() or 0) - (pc.sum(standing).as_py() or 0)
    return replace(
        read,
        listings=kept.combine_chunks(),
        listing_names=names.combine_chunks(),
        rejects=read.rejects.slice(0, 0),
        lists=tuple(
            replace(
                one, as_of=None, age_days=None, rows=_rows_of(kept, one.list), sha256="", note=f"as it stood on {on}"
            )
            for one in read.lists
        ),
        failures=(),
    ), left_out


def _rows_of(listings: pa.Table, name: str) -> int:
    return int(pc.sum(pc.equal(listings.column("list"), name)).as_py() or 0)


def freeze_file(kind: str, loaded: Loaded, on: date, into: Path) -> Frozen:
    """Write what a loaded file held on a day, in the columns of `docs/reference/files.md`, every cell as text."""
    rows = ds.dataset(loaded.paths[0])
    start, end = KNOWN_ON[kind]
    names = [name for name in rows.schema.names if name not in OWN[kind]]
    known = undated = total = 0
    path = into / f"{Path(loaded.file).name.split('.')[0]}.parquet"
    with pq.ParquetWriter(path, pa.schema([(name, pa.string()) for name in names]), compression="zstd") as writer:
        for batch in rows.to_batches(batch_size=ROWS_AT_A_TIME):
            table = pa.Table.from_batches([batch])
            is_known = _is_known(kind, table.column(start), on)
            total += table.num_rows
            undated += is_known.null_count
            table = table.filter(is_known)
            known += table.num_rows
            if end:
                table = _without_later_ends(table, end, on)
            if kind == "declarations":
                table = _pointing_back(table, loaded.file)
            writer.write_table(pa.table({name: _as_text(table.column(name)) for name in names}))
    return Frozen(path, known, total - known - undated, undated)


def _is_known(kind: str, column: pa.ChunkedArray, on: date) -> pa.ChunkedArray:
    """Whether a row's day is over; a month or year of statistics is known once it has ended."""
    if kind != "trade_flows":
        return pc.less_equal(column, pa.scalar(on, pa.date32()))
    tomorrow = date.fromordinal(on.toordinal() + 1)
    is_year = pc.equal(pc.utf8_length(column), 4)
    return pc.if_else(is_year, pc.less(column, f"{tomorrow:%Y}"), pc.less(column, f"{tomorrow:%Y-%m}"))


def _without_later_ends(table: pa.Table, end: str, on: date) -> pa.Table:
    day = pa.scalar(on, pa.date32())
    known = pc.fill_null(pc.less_equal(table.column(end), day), False)
    held = pc.if_else(known, table.column(end), pa.scalar(None, pa.date32()))
    return table.set_column(table.column_names.index(end), end, held)


def _pointing_back(table: pa.Table, file: str) -> pa.Table:
    """Rows without a number of the reporter's are called by the line of the file that they came from."""
    own = pc.equal(table.column("shipment_id"), table.column("row_id"))
    line = pc.binary_join_element_wise(f"{file}:", table.column("line").cast(pa.string()), "")
    named = pc.if_else(own, line, table.column("shipment_id"))
    return table.set_column(table.column_names.index("shipment_id"), "shipment_id", named)


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return pc.binary_join(column, ";") if pa.types.is_list(column.type) else column.cast(pa.string())


def notes_of(frozen: Mapping[str, Sequence[Frozen]]) -> list[str]:
    """What was left out of each kind of file, a line each."""
    lines = []
    for kind, files in frozen.items():
        known, later, undated = (sum(getattr(one, name) for one in files) for name in ("known", "later", "undated"))
        also = f", {undated:,} without a day left out" if undated else ""
        lines.append(f"{kind}: {known:,} rows known, {later:,} later{also}")
    return lines
