"""Which country does a text name? By ISO code or by a common name in English, Chinese, Russian or Ukrainian."""

import unicodedata
from functools import cache

from landwaiter.ref.facts import read_facts

NAME_COLUMNS = ("name_en", "name_zh_hant", "name_zh_hans", "name_ru", "name_uk")


def country_code(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code (XK for Kosovo) that a code or name stands for, None where it is unknown."""
    return _codes().get(_plain(text))


def country_name(code: str) -> str:
    """The English name of an alpha-2 code; KeyError where there is no such code."""
    return _english()[code]


@cache
def _english() -> dict[str, str]:
    facts = read_facts("countries")
    return dict(zip(facts["alpha2"].to_pylist(), facts["name_en"].to_pylist(), strict=True))


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for row in read_facts("countries").to_pylist():
        names = [row[column] for column in NAME_COLUMNS] + row["other_names"].split(";")
        for name in (row["alpha2"], row["alpha3"], *names):
            if name:
                codes[_plain(name)] = row["alpha2"]
    return codes


def _plain(text: str) -> str:
    """Case, accents, apostrophes, stops and width do not matter; `и` and `й` stay two letters."""
    folded = unicodedata.normalize("NFKD", text.strip().casefold().replace("ё", "е").replace("й", "\ue000"))
    kept = (sign for sign in folded if not unicodedata.combining(sign) and sign not in "'’ʼ`.\"")
    return " ".join("".join(kept).replace("&", "and").split())
