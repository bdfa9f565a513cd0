"""Which countries are destinations of concern, and which control their exports to them, from which day?"""

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from landwaiter.errors import InputError
from landwaiter.ref.facts import read_facts

SCHEMA = pa.schema([("country", pa.string()), ("since", pa.date32())])


def targets(override: Sequence[str] = ()) -> pa.Table:
    """Destinations of concern: country (ISO alpha-2), since (first day).

    Args:
        override: `RU` or `RU:2022-02-24`, in place of the project's own table; without a day, that table's day.
    """
    return _dated("targets", override)


def origins(override: Sequence[str] = ()) -> pa.Table:
    """Countries that control their exports of priority goods: country (ISO alpha-2), since (first day).

    Args:
        override: as for `targets`.
    """
    return _dated("origins", override)


def _dated(name: str, override: Sequence[str]) -> pa.Table:
    known = {row["country"]: date.fromisoformat(row["since"]) for row in read_facts(name).to_pylist()}
    chosen = dict(_country_and_day(name, text, known) for text in override) if override else known
    return pa.table([sorted(chosen), [chosen[country] for country in sorted(chosen)]], schema=SCHEMA)


def _country_and_day(name: str, text: str, known: dict[str, date]) -> tuple[str, date]:
    country, _, day = text.strip().upper().partition(":")
    if len(country) != 2 or not country.isalpha():
        raise InputError(f"--{name}", f"'{text}' is not a country of two letters", "write RU or RU:2022-02-24")
    if not day and country not in known:
        raise InputError(f"--{name}", f"no day is known for {country}", f"write {country}:2022-02-24")
    try:
        return country, date.fromisoformat(day) if day else known[country]
    except ValueError as error:
        raise InputError(f"--{name}", f"'{day}' is not a day", "write it as 2022-02-24") from error
