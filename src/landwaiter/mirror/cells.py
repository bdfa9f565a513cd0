"""What in a file of trade statistics can be compared? Cells by reporter, partner, code and month, in cents."""

from dataclasses import dataclass
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

# A year's cell has no month; its slot is the year alone.
YEARLY = -1
CELL = ["period", "reporter", "partner", "flow", "hs_code"]

NotRun = tuple[str, str]


@dataclass(frozen=True)
class Books:
    """What was understood of the flows, and what was left out with its reason."""

    cells: pa.Table
    left_out: list[NotRun]


def read_books(flows: pa.Table, *, as_of: date) -> Books:
    """Cells of exports and imports that were complete on `as_of`, money in cents, months counted from year 0.

    Codes of more than six digits keep their own text beside their HS6, because only they show a code that is new below
    the sixth digit. What would count the same goods twice stays out: rows of two or four digits, of all partners
    together, of a second source, and of more digits where the reporter gives the six-digit sum itself.
    """
    usable, said = _usable(flows)
    flows, also = _of_one_source(usable)
    cells, later = _cells(flows, as_of)
    cells, finer = _of_one_depth(cells)
    return Books(cells, [*said, *also, *later, *finer])


def _usable(flows: pa.Table) -> tuple[pa.Table, list[NotRun]]:
    code = flows.column("hs_code")
    deep = pc.or_(pc.equal(code, "TOTAL"), pc.greater_equal(pc.utf8_length(code), 6))
    plain = pc.is_in(flows.column("flow"), pa.array(["export", "import"]))
    single = pc.not_equal(flows.column("partner"), "W00")
    kept = flows.filter(pc.and_(deep, pc.and_(plain, single)))
    reason = "are re-exports, have partner W00, or codes of fewer than six digits other than TOTAL"
    return kept, _said("rows left out", flows.num_rows - kept.num_rows, reason)


def _of_one_source(flows: pa.Table) -> tuple[pa.Table, list[NotRun]]:
    """Of a cell that several sources publish, the rows of the source whose name comes first."""
    if len(pc.unique(flows.column("source"))) < 2:
        return flows, []
    first = flows.group_by(CELL).aggregate([("source", "min")])
    joined = flows.select([*CELL, "source", "value_usd"]).join(first, CELL)
    kept = joined.filter(pc.equal(joined.column("source"), joined.column("source_min")))
    return kept, _said("rows of a second source", flows.num_rows - kept.num_rows, "repeat a cell of another source")


def _cells(flows: pa.Table, as_of: date) -> tuple[pa.Table, list[NotRun]]:
    month_of = _months(flows.column("period"))
    code = flows.column("hs_code")
    total = pc.equal(code, "TOTAL")
    cells = pa.table(
        {
            "reporter": flows.column("reporter"),
            "partner": flows.column("partner"),
            "flow": flows.column("flow"),
            "code": code,
            "hs6": pc.if_else(total, "TOTAL", pc.utf8_slice_codeunits(code, 0, 6)),
            "hs4": pc.if_else(total, "TOTAL", pc.utf8_slice_codeunits(code, 0, 4)),
            "year": month_of.column("year"),
            "month": month_of.column("month"),
            "cents": pc.cast(pc.round(pc.multiply(flows.column("value_usd"), 100.0)), pa.int64()),
        }
    )
    done = cells.filter(pc.less_equal(month_of.column("ends"), _last_whole_month(as_of)))
    reason = f"cover a month or year not over on {as_of}"
    return done, _said("rows after the day", cells.num_rows - done.num_rows, reason)


def _of_one_depth(cells: pa.Table) -> tuple[pa.Table, list[NotRun]]:
    """Without the finer codes of a reporter's flow that it also gives as a six-digit sum."""
    is_sum = pc.equal(cells.column("code"), cells.column("hs6"))
    finer = cells.filter(pc.invert(is_sum))
    sums = cells.filter(is_sum)
    if not finer.num_rows or not sums.num_rows:
        return cells, []
    keys = ["reporter", "flow", "hs6", "year", "month"]
    alone = finer.join(sums.group_by(keys).aggregate([]), keys, join_type="left anti").select(cells.column_names)
    reason = "have more than six digits beside the six-digit sum of the same reporter"
    return pa.concat_tables([sums, alone]), _said("rows of finer codes", finer.num_rows - alone.num_rows, reason)


def _said(name: str, rows: int, reason: str) -> list[NotRun]:
    return [(name, f"{rows} rows {reason}")] if rows else []


def _months(period: pa.ChunkedArray) -> pa.Table:
    """Year, month counted from year 0 (YEARLY for a year's cell) and the last month that the cell covers."""
    distinct = pc.unique(period)
    years, months, ends = [], [], []
    for text in distinct.to_pylist():
        year = int(text[:4])
        month = year * 12 + int(text[5:7]) - 1 if len(text) > 4 else YEARLY
        years.append(year)
        months.append(month)
        ends.append(year * 12 + 11 if month == YEARLY else month)
    place = pc.index_in(period, distinct)
    columns = {"year": years, "month": months, "ends": ends}
    return pa.table({name: pa.array(values, pa.int32()).take(place) for name, values in columns.items()})


def _last_whole_month(as_of: date) -> int:
    tomorrow = as_of + timedelta(days=1)
    return tomorrow.year * 12 + tomorrow.month - 2
