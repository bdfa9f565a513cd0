"""How are figures, days, codes and units written for a reader? One spelling for the whole report."""

from datetime import date

UNITS = {
    "C62": "pieces",
    "KGM": "kg",
    "GRM": "g",
    "TNE": "t",
    "LTR": "l",
    "MTR": "m",
    "MTK": "m²",
    "MTQ": "m³",
    "NAR": "articles",
    "NPR": "pairs",
    "SET": "sets",
    "H87": "pieces",
}
UNKNOWN = "unknown"


def count(number: int) -> str:
    """12345 as 12,345."""
    return f"{number:,}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """1 as '1 row', 12345 as '12,345 rows'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def fraction(value: float) -> str:
    """A score or strength between 0 and 1 with two digits, never rounded up to a certain 1.00."""
    return "1.00" if value >= 1 else f"{min(value, 0.99):.2f}"


def dollars(value: float | None) -> str:
    """US dollars without cents; an unknown value is said, never shown as nothing."""
    return UNKNOWN if value is None else f"{value:,.0f}"


def dollars_short(value: float | None) -> str:
    """US dollars to three digits: 1.24 m."""
    if value is None:
        return f"value {UNKNOWN}"
    for size, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(value) >= size * 0.9995:
            return (
                f"USD {value / size:.3g} {letter}" if abs(value) < size * 999.5 else f"USD {value / size:,.0f} {letter}"
            )
    return f"USD {value:,.0f}"


def quantity(number: float | None, unit: str | None) -> str:
    """1000.0 and C62 as '1,000 pieces'."""
    if number is None:
        return UNKNOWN
    shown = f"{number:,.0f}" if number == int(number) else f"{number:,.3f}".rstrip("0")
    return f"{shown} {UNITS.get(unit or '', unit or '')}".rstrip()


def day(on: date | None) -> str:
    """A day as ISO 8601 writes it."""
    return UNKNOWN if on is None else on.isoformat()


def long_day(on: date) -> str:
    """A day in words: 22 November 2026."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def period(first: date | None, last: date | None) -> str:
    """Two days as one phrase."""
    if first is None or last is None:
        return "on days not stated"
    return f"on {day(first)}" if first == last else f"between {day(first)} and {day(last)}"


def goods_code(hs_code: str | None) -> str:
    """854231 as 8542.31."""
    if not hs_code:
        return UNKNOWN
    return f"{hs_code[:4]}.{hs_code[4:6]}" if len(hs_code) >= 6 else hs_code


def listing(words: list[str], most: int = 6) -> str:
    """['a', 'b', 'c'] as 'a, b and c'; beyond `most` the rest is counted."""
    if len(words) > most:
        return ", ".join(words[:most]) + f" and {len(words) - most} more"
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
