"""When was a part made? Date codes of its marking, each with the first and last day that it allows."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

EARLIEST_YEAR = 1975


@dataclass(frozen=True)
class DateCode:
    """A date code, its days both ends included, how it was read, and how sure that it is one (0 to 1).

    Args:
        code: the signs that tell the date: 1745 where AGQ1745 is marked.
        marked: those with what stands at them, such as the letters of a plant.
    """

    code: str
    marked: str
    made_from: date
    made_to: date
    how: str
    sure: float


def week_days(year: int, week: int) -> tuple[date, date] | None:
    """Monday and Sunday of a week of the ISO calendar; None where the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    except ValueError:
        return None


def _year_of(two: int, as_of: date) -> int:
    year = 2000 + two
    return year if year <= as_of.year else year - 100


def _yyww(found: re.Match[str], as_of: date) -> tuple[date, date, str] | None:
    year, week = _year_of(int(found["y"]), as_of), int(found["w"])
    days = week_days(year, week)
    if days is None or year < EARLIEST_YEAR or days[0] > as_of:
        return None
    return *days, f"year {year}, week {week}"


def _yww(found: re.Match[str], as_of: date) -> tuple[date, date, str] | None:
    week, digit = int(found["w"]), int(found["y"])
    years = [year for year in range(1990, as_of.year + 1) if year % 10 == digit]
    spans = [days for days in (week_days(year, week) for year in years) if days and days[0] <= as_of]
    if not spans:
        return None
    said = ", ".join(str(year) for year in years)
    return spans[0][0], spans[-1][1], f"week {week} of a year that ends in {digit} ({said}): the decade is not marked"


def _ti(found: re.Match[str], as_of: date) -> tuple[date, date, str] | None:
    month, digit = int(found["m"], 16), int(found["y"])
    years = [year for year in range(2000, as_of.year + 1) if year % 10 == digit and date(year, month, 1) <= as_of]
    if not 1 <= month <= 12 or not years:
        return None
    said = ", ".join(map(str, years))
    told = f"month {month} of a year that ends in {digit} ({said}): the decade is not marked"
    return date(years[0], month, 1), _month_end(years[-1], month), told


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _month(found: re.Match[str], as_of: date) -> tuple[date, date, str] | None:
    year, month = int(found["y"]), int(found["m"])
    year = year + 1911 if "民國" in found.group() else year
    if not (1 <= month <= 12 and year >= EARLIEST_YEAR) or date(year, month, 1) > as_of:
        return None
    calendar = f" (year {year - 1911} of the Taiwanese calendar)" if "民國" in found.group() else ""
    return date(year, month, 1), _month_end(year, month), f"month {month} of {year}{calendar}"


def _day(found: re.Match[str], as_of: date) -> tuple[date, date, str] | None:
    year = int(found["y"])
    try:
        day = date(year if year > 99 else _year_of(year, as_of), int(found["m"]), int(found["d"]))
    except ValueError:
        return None
    return (day, day, "a full date") if day.year >= EARLIEST_YEAR and day <= as_of else None


Reader = Callable[[re.Match[str], date], tuple[date, date, str] | None]
_B, _E = r"(?<![A-Z0-9.\-])", r"(?![A-Z0-9.\-]|,\d)"

# In the order in which they are tried; how sure each is that such digits are a date and nothing else.
FORMS: tuple[tuple[str, Reader, float], ...] = (
    (r"民國\s?(?P<y>\d{2,3})\s?年\s?(?P<m>\d{1,2})\s?月", _month, 0.98),
    (r"(?P<y>(?:19|20)\d\d)\s?年\s?(?P<m>\d{1,2})\s?月", _month, 0.98),
    (_B + r"(?P<y>(?:19|20)\d\d)[-./](?P<m>\d\d)[-./](?P<d>\d\d)" + _E, _day, 0.97),
    (_B + r"(?P<y>20[0-2]\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)" + _E, _day, 0.9),
    (_B + r"(?P<y>(?:19|20)\d\d)[-./](?P<m>0[1-9]|1[0-2])" + _E, _month, 0.9),
    (r"\b(?:D/?C|DATE ?CODE|DC)[:\s#]*(?P<y>\d\d)(?P<w>[0-5]\d)\b", _yyww, 0.97),
    (r"\b20(?P<y>\d\d)[- ]?W(?:K|EEK)? ?(?P<w>\d\d?)\b", _yyww, 0.95),
    (r"\bW(?:K|EEK)? ?(?P<w>\d\d)[-/ ]+(?:20)?(?P<y>\d\d)\b", _yyww, 0.93),
    (r"#(?P<y>\d\d)(?P<w>[0-5]\d)" + _E, _yyww, 0.95),
    (_B + r"[A-Z][A-Z]{3}[A-Z0-9]{2}(?P<y>[0-2]\d)(?P<w>[0-5]\d)[A-Z]" + _E, _yyww, 0.93),
    (_B + r"[A-Z] [A-Z]{3}[A-Z0-9]{2}(?P<y>[0-2]\d)(?P<w>[0-5]\d)[A-Z]" + _E, _yyww, 0.93),
    (_B + r"[A-Z]{3,6}\d?[A-Z]{0,3}(?P<y>[0-2]\d)(?P<w>[0-5]\d)(?=$| [A-Z]?\d{5,}| D\d)", _yyww, 0.7),
    (_B + r"(?P<y>[0-2]\d|[89]\d)(?P<w>[0-5]\d)\+?" + _E, _yyww, 0.85),
    (_B + r"(?P<w>[0-5]\d)(?P<y>[0-2]\d)" + _E, _yyww, 0.6),
    (_B + r"(?P<y>[0-2]\d|9\d)(?P<w>[0-5]\d)-?(?:[A-Z]{1,3}\d?|[A-Z]\d[A-Z]?)" + _E, _yyww, 0.75),
    (_B + r"[A-Z](?P<y>[0-2]\d)(?P<w>[0-5]\d)[A-Z]?" + _E, _yyww, 0.55),
    (_B + r"(?P<y>[0-2]\d)(?P<w>[0-5]\d)[A-Z0-9]{3}" + _E, _yyww, 0.6),
    (_B + r"(?P<y>\d)(?P<m>[1-9ABC])[A-Z] ?[A-Z0-9]{4}(?: ?G4)?" + _E, _ti, 0.75),
    (_B + r"(?P<y>[0-2]\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)" + _E, _day, 0.5),
    (_B + r"(?P<y>\d)(?P<w>[0-5]\d)[A-Z]?" + _E, _yww, 0.45),
)
_COMPILED = tuple((re.compile(form), reader, sure) for form, reader, sure in FORMS)
LEAST_SURE = 0.45


def _code(found: re.Match[str]) -> str:
    """Year and week with what stands between them; of other forms all that is marked."""
    if "w" not in found.groupdict():
        return found.group().strip()
    return found.string[min(found.start("y"), found.start("w")) : max(found.end("y"), found.end("w"))]


def read_date(marks: str, *, as_of: date) -> DateCode | None:
    """The date code of a marking from which the part number was taken out; None where no digits are one.

    Digits that could be a day after `as_of` are none. The surest form wins, the first of equals.
    """
    best: DateCode | None = None
    for form, reader, sure in _COMPILED:
        if best is not None and best.sure >= sure:
            continue
        for found in form.finditer(marks):
            days = reader(found, as_of)
            if days is not None:
                best = DateCode(_code(found), found.group().strip(), days[0], min(days[1], as_of), days[2], sure)
                break
    return best
