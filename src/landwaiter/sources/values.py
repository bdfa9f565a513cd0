"""How are a publisher's dates, countries and person names read? Strings in, the corridor's forms out, or None."""

import csv
import re
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from landwaiter.ref import countries as countries_by_name

HERE = Path(__file__).parent

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T +-][\d:.+Z-]*)?)?)?", re.ASCII)
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?(?:([A-Za-z]{3,9})\.?,? )?(\d{4})", re.ASCII)
_DOTS = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", re.ASCII)
_ABOUT = re.compile(
    r"(?:circa|ca\.?|c\.|approximately|approx\.?|about|around|between|late|early|mid-?)\s+", re.IGNORECASE
)
_FORM_OF_STATE = re.compile(
    r"(?:the )?(?:(?:(?:Islamic|Arab|Federal|Bolivarian) )?Republic|Kingdom|State) of (?:the )?|the ", re.IGNORECASE
)
# Several births in one cell: `(a) 1955, (b) 1957`, `1965 or 1966`, or separated by `;`.
_BIRTHS = re.compile(r"[;\n]|,? ?\(?\b(?:[a-h]|i{1,3}|iv|v)\) ?| (?:or|OR) |\s*/\s*(?=\d{4})")
_RANGE = re.compile(r"\s*(?: to | and |(?<=\d{4})-(?=\d{4})| - )\s*")
# A range of years is written out up to this many; of a longer one only the two ends are kept.
_YEARS_WRITTEN_OUT = 12


def tidy(text: str) -> str:
    """The text without blank lines and with single blanks, so that patterns which look for blanks stay quick."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


@lru_cache(maxsize=65536)
def partial_date(text: str) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD of a date in ISO form, as `28 Jun 1967` or as `28.6.1967`; None where it is none."""
    text = " ".join(text.split())
    if found := _ISO.fullmatch(text):
        year, month, number = found.groups()
    elif found := _DOTS.fullmatch(text):
        number, month, year = found.groups()
    elif found := _WORDS.fullmatch(text):
        number, word, year = found.groups()
        if word is None:
            return None if number else year
        if word[:3].lower() not in MONTHS:
            return None
        month = str(MONTHS.index(word[:3].lower()) + 1)
    else:
        return None
    return _checked(year, month, number)


def slashed_date(text: str, *, day_first: bool) -> str:
    """ISO form of `03/28/2025` or `28/03/2025` as the publisher writes it; zeros or letters stand for unknown parts.

    Anything else comes back as it is, so that the rejects name it.
    """
    parts = text.strip().split("/")
    if len(parts) != 3 or not text.isascii():
        return text
    number, month = (parts[0], parts[1]) if day_first else (parts[1], parts[0])
    known = [part for part in (parts[2], month, number) if part.isdigit() and int(part)]
    if not parts[2].isdigit() or (known[1:] and known[1] != month):
        return text
    return "-".join(part.zfill(2) for part in known)


def _checked(year: str, month: str | None, number: str | None) -> str | None:
    if month is None:
        return year
    try:
        found = date(int(year), int(month), int(number or 1))
    except ValueError:
        return None
    return found.isoformat() if number else f"{found:%Y-%m}"


def day(text: str) -> date | None:
    """The day that a text names in full, else None."""
    found = partial_date(text) if text else None
    return date.fromisoformat(found) if found and len(found) == 10 else None


def birth_dates(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Dates read, and the texts that none could be read from. About a date: its year; a range: its years."""
    read: list[str] = []
    odd: list[str] = []
    for text in texts:
        for part in filter(None, (part.strip(' ".') for part in _BIRTHS.split(tidy(text)))):
            found = _birth(part)
            if not found:
                odd.append(part)
            read.extend(found)
    return list(dict.fromkeys(read)), odd


@lru_cache(maxsize=65536)
def _birth(text: str) -> tuple[str, ...]:
    plain = _ABOUT.sub("", text)
    ends = [partial_date(part) for part in _RANGE.split(plain.removeprefix("between ").removeprefix("Between "))]
    known = [end for end in ends if end]
    if not known or len(known) != len(ends) or len(known) > 2:
        return ()
    if len(known) == 1:
        return (known[0][:4],) if plain != text else (known[0],)
    first, last = int(known[0][:4]), int(known[1][:4])
    if 0 <= last - first <= _YEARS_WRITTEN_OUT:
        return tuple(str(year) for year in range(first, last + 1))
    return str(first), str(last)


def countries(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """ISO alpha-2 codes of country names or codes, sorted, and the words that name no country that we know."""
    codes: set[str] = set()
    unknown: list[str] = []
    for text in texts:
        for part in filter(None, (part.strip() for part in text.split(";"))):
            code = country_code(part)
            if code is None:
                unknown.append(part)
            else:
                codes.add(code)
    return sorted(codes), list(dict.fromkeys(unknown))


@lru_cache(maxsize=16384)
def country_code(text: str) -> str | None:
    """ISO alpha-2 code of a country's name or code as publishers of lists write it, None where it is unknown.

    `Congo, Democratic Republic of the`, `Iran (Islamic Republic of)` and the words of country_words.csv are understood.
    """
    plain = " ".join(text.split())
    turned = " ".join(reversed(plain.split(", "))) if plain.count(", ") == 1 else plain
    known = _country_words().get(plain.casefold())
    forms = (plain, turned, plain.partition(" (")[0], _FORM_OF_STATE.sub("", plain))
    return known or next(filter(None, map(countries_by_name.country_code, forms)), None)


@cache
def _country_words() -> dict[str, str]:
    lines = (HERE / "country_words.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.reader(line for line in lines if not line.startswith("#"))
    return {word.casefold(): code for word, code in rows}


def given_name_first(name: str) -> str:
    """`HANIYA, Ismail` as `Ismail HANIYA`; a name without exactly one comma stays as it is."""
    surname, comma, given = name.partition(",")
    return f"{given.strip()} {surname.strip()}" if comma and given.strip() and "," not in given else name


def split_cell(cell: str) -> list[str]:
    """The values of a cell that separates them by `;`."""
    return [part.strip() for part in cell.split(";") if part.strip()] if cell else []
