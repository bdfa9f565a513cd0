"""What is an amount worth in US dollars? By the average rate of the year, from a dated table."""

from functools import cache

import pyarrow as pa

from landwaiter.errors import InputError
from landwaiter.ref.facts import read_facts

Rates = dict[tuple[str, int], float]


def currency_code(text: str) -> str | None:
    """The ISO 4217 code that a code or a common sign stands for, None where it is unknown."""
    return _codes().get(text.strip().casefold())


def rates_per_usd(table: pa.Table | None = None) -> Rates:
    """Units of a currency for one US dollar, by code and year.

    Args:
        table: a user's own rates with columns currency, year and per_usd, as text or numbers; None for ours.
    """
    rates: Rates = {("USD", year): 1.0 for year in range(1900, 2101)}
    facts = read_facts("rates") if table is None else table
    missing = {"currency", "year", "per_usd"} - set(facts.column_names)
    if missing:
        raise InputError("rates", f"has no column {sorted(missing)[0]}", "it needs currency, year and per_usd")
    for row in facts.select(["currency", "year", "per_usd"]).to_pylist():
        code = currency_code(str(row["currency"]))
        try:
            year, rate = int(str(row["year"])), float(str(row["per_usd"]))
        except ValueError:
            raise InputError("rates", f"cannot be read: {row}", "year and per_usd are numbers") from None
        if code is None or not 0 < rate < float("inf"):
            raise InputError("rates", f"cannot be used: {row}", "currency is an ISO 4217 code, per_usd more than 0")
        rates[(code, year)] = rate
    return rates


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for row in read_facts("currencies").to_pylist():
        for word in (row["code"], *row["words"].split(";")):
            if word:
                codes[word.casefold()] = row["code"]
    return codes
