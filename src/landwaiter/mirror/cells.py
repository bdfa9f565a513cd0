"""What in a file of trade statistics can be compared? Cells by reporter, partner, code and month, in cents."""

from dataclasses import dataclass
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.ref.facts import read_facts

# A year's cell has no month; its slot is the year alone.
YEARLY = -1


@dataclass(frozen=True)
class Books:
    """What was understood of the flows, and what was left out with its reason."""

    cells: pa.Table
    members: pa.Table
    left_out: list[tuple[str, str]]


def read_books(flows: pa.Table, *, as_of: date) -> Books:
    """Cells of exports and imports that were complete on `as_of`, money in cents, months counted from year 0.

    Codes of more than six digits keep their own text beside their HS6, because only they show a code that is new below
    the sixth digit. Rows of two or four digits stay out: they would count the same goods twice.
    """
    month_of = _months(flows.column("period"))
    code = flows.column("hs_code").combine_chunks()
    length = pc.utf8_length(code)
    total = pc.equal(code, "TOTAL")
    usable = pc.and_(
        pc.or_(total, pc.greater_equal(length, 6)),
        pc.and_(
            pc.is_in(flows.column("flow"), pa.array(["export", "import"])),
            pc.invert(pc.is_in(flows.column("partner"), pa.array(["W00"]))),
        ),
    )
    done = pc.less_equal(month_of.column("ends"), _last_whole_month(as_of))
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
    ).filter(pc.and_(usable, done))
    left_out = _left_out(flows, usable, done, as_of)
    return Books(cells, _members(cells, as_of), left_out)


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


def _left_out(flows: pa.Table, usable: pa.ChunkedArray, done: pa.ChunkedArray, as_of: date) -> list[tuple[str, str]]:
    unusable, later = flows.num_rows - (pc.sum(usable).as_py() or 0), flows.num_rows - (pc.sum(done).as_py() or 0)
    said = []
    if unusable:
        reason = f"{unusable} rows are re-exports, have partner W00, or codes of fewer than six digits other than TOTAL"
        said.append(("rows left out", reason))
    if later:
        said.append(("rows after the day", f"{later} rows cover a month or year not over on {as_of}"))
    return said


def _members(cells: pa.Table, as_of: date) -> pa.Table:
    """Members of each union on `as_of`, for the whole series, so that a change of members is never a break.

    A union that speaks for itself in the file is not summed a second time.
    """
    speaking = set(pc.unique(cells.column("reporter")).to_pylist()) | set(
        pc.unique(cells.column("partner")).to_pylist()
    )
    rows = [
        {"union_code": row["union"], "member": row["member"]}
        for row in read_facts("unions").to_pylist()
        if "-" not in row["union"] and row["union"] not in speaking and in_force(row, as_of)
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema([("union_code", pa.string()), ("member", pa.string())]))


def in_force(row: dict[str, str], day: date) -> bool:
    """Whether a dated fact holds on a day, both ends included and an empty end open."""
    return row["valid_from"] <= day.isoformat() and (not row["valid_to"] or day.isoformat() <= row["valid_to"])
