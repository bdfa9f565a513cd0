"""Which months are compared with which? Control dates, placebo dates before them, and windows of substitution."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from landwaiter.mirror.unions import unions_on
from landwaiter.ref.facts import read_facts

HALF_YEAR = 6

COMPARISONS = pa.schema(
    [
        ("test_no", pa.int32()),
        ("origin", pa.string()),
        ("role", pa.string()),
        ("target", pa.string()),
        ("start", pa.int32()),
        ("months", pa.int32()),
    ]
)


@dataclass(frozen=True)
class Span:
    """The months of an origin's export series, counted from year 0."""

    origin: str
    first: int
    last: int


@dataclass(frozen=True)
class Comparison:
    """One comparison of `months` months from `start` with the same months a year before."""

    origin: str
    role: str
    target: str
    start: int
    months: int

    @property
    def period(self) -> str:
        """The months compared, as `first..last`."""
        return f"{month_text(self.start)}..{month_text(self.start + self.months - 1)}"

    @property
    def period_before(self) -> str:
        """The same months a year before."""
        return f"{month_text(self.start - 12)}..{month_text(self.start - 13 + self.months)}"


def month_text(month: int) -> str:
    """YYYY-MM of a month counted from year 0."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_number(text: str) -> int:
    """A month YYYY-MM counted from year 0."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def control_days(origin: str, targets: Sequence[str], *, as_of: date) -> list[date]:
    """Days on which an origin's controls on the targets began, first to last.

    A member of a union has those of the union. An origin without any takes the first day of anybody's: its sales move
    when the others close.
    """
    unions = {union for union, members in unions_on(as_of).items() if origin in members}
    rows = [
        (row["authority"], date.fromisoformat(row["on"]))
        for row in read_facts("control_dates").to_pylist()
        if row["target"] in targets and row["on"] <= as_of.isoformat()
    ]
    own = sorted({day for authority, day in rows if authority in unions | {origin}})
    return own or sorted({day for _, day in rows})[:1]


def first_whole_month(day: date) -> int:
    """The first month that lies wholly on or after a day."""
    return day.year * 12 + day.month - 1 + (day.day > 1)


def growth_tests(span: Span, days: Sequence[date]) -> tuple[list[Comparison], str]:
    """Control dates half a year apart, and every placebo month before the first; or no test, and the reason why."""
    starts: list[int] = []
    for month in map(first_whole_month, days):
        fits = span.first <= month - 12 and month + HALF_YEAR - 1 <= span.last
        if fits and (not starts or month >= starts[-1] + HALF_YEAR):
            starts.append(month)
    if not starts:
        return [], _why_no_window(span, days)
    placebos = range(span.first + 12, first_whole_month(days[0]) - HALF_YEAR + 1)
    if not placebos:
        return [], f"no date before {days[0]} has a half-year after it and the same months a year before: no placebo"
    tests = [Comparison(span.origin, "control", "", start, HALF_YEAR) for start in starts]
    return tests + [Comparison(span.origin, "placebo", "", start, HALF_YEAR) for start in placebos], ""


def window_tests(
    span: Span, target: str, days: Sequence[date], asked: Sequence[tuple[int, int]]
) -> tuple[list[Comparison], str]:
    """Windows of substitution: those asked for, else the first half-year and the first year, or what there is."""
    if asked:
        wanted = list(asked)
    elif days:
        start = first_whole_month(days[0])
        wanted = sorted(
            {(start, start + HALF_YEAR - 1), (start, min(start + 11, max(span.last, start + HALF_YEAR - 1)))}
        )
    else:
        return [], "no control date is known"
    fitting = [(first, last) for first, last in wanted if span.first <= first - 12 and last <= span.last]
    tests = [Comparison(span.origin, "window", target, first, last - first + 1) for first, last in fitting]
    return tests, "" if fitting else _why_no_window(span, days)


def _why_no_window(span: Span, days: Sequence[date]) -> str:
    if not days:
        return "no control date is known"
    series = f"the series runs from {month_text(span.first)} to {month_text(span.last)}"
    return f"{series}: no whole half-year after {days[0]} with the same months a year before"


def comparisons_table(tests: Mapping[int, Comparison]) -> pa.Table:
    """The comparisons by number, for the steps."""
    return pa.Table.from_pylist(
        [
            {
                "test_no": number,
                "origin": test.origin,
                "role": test.role,
                "target": test.target,
                "start": test.start,
                "months": test.months,
            }
            for number, test in tests.items()
        ],
        schema=COMPARISONS,
    )
