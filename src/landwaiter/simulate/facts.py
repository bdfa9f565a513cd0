"""Which countries and goods is a made world built of? The tables beside this file, as arrays."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from opencc import OpenCC

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

NEVER = 10**6  # A day no world reaches.
HS_2022_FROM = (date(2022, 1, 1) - date(1970, 1, 1)).days
FORWARDER = 5  # The near-namesake's word (see business.csv) by which logistics firms are called.
# What customers say that goods are for; the last three have nothing to do with most goods of this world.
END_USES = (
    "production", "resale", "repair and maintenance", "own use", "research", "assembly of equipment",
    "medical equipment", "fire safety systems", "crop dusting",
)  # fmt: skip
ODD_USES = (6, 7, 8)
# The words in which a use is stated: these few, a form of the buyer's own, or one form that several parties use.
OWN_FORM, ONE_FORM = 1, 10
FORM_THINGS = (
    "spare parts", "control units", "a test line", "replacement boards", "measuring devices", "a pilot series",
    "service kits", "sensor modules", "power supplies", "training sets", "display units", "pump drives",
)  # fmt: skip
FORM_PLACES = (
    "the regional workshop", "our own plant", "a municipal customer", "the service centre", "the second hall",
    "the technical school", "a private laboratory", "the northern branch", "an assembly line", "the city hospital",
    "a rail depot", "the main warehouse",
)  # fmt: skip
SCRIPTS = ("latin", "hant", "hans", "cyrillic")


@dataclass(frozen=True)
class Countries:
    """One entry for each country; days count from 1970-01-01."""

    code: Texts
    role: Texts
    control_from: Ints
    sells: Floats
    buys: Floats
    script: Ints
    shouts: Bools
    style: Texts
    language: Texts
    legal: Texts
    currency: Texts
    id_digits: Ints
    dial: Texts
    cities: tuple[Texts, ...]

    def number(self, code: str) -> int:
        """Position of a country code."""
        return int(np.flatnonzero(self.code == code)[0])

    def of_role(self, role: str) -> Ints:
        """Positions of the countries of one role: maker, hub, target or other."""
        return np.flatnonzero(self.role == role)


@dataclass(frozen=True)
class Goods:
    """One entry for each kind of goods; `makers[c]` lists what country c makes, `made_in[g]` who makes g."""

    hs6: Texts
    before_2022: Texts
    is_listed: Bools
    unit: Texts
    usd: Floats
    kg: Floats
    lot: Floats
    made_in: tuple[Ints, ...]
    made_by: tuple[Ints, ...]
    relabel: tuple[Ints, ...]
    words: tuple[Texts, ...]

    def number(self, hs6: str) -> int:
        """Position of a code."""
        return int(np.flatnonzero(self.hs6 == hs6)[0])


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of this folder; lines that begin with # say where it is from."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def simplified(texts: Texts) -> Texts:
    """The same Chinese words in simplified characters."""
    return texts_of([_simplifier().convert(text) for text in texts])


def texts_of(values: list[str]) -> Texts:
    """An array of Python strings, which keeps `+` cheap and lengths free."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - date(1970, 1, 1)).days


@cache
def countries() -> Countries:
    """The countries of every made world."""
    rows = read_rows("countries")

    def column(name: str) -> Texts:
        return texts_of([row[name] for row in rows])

    starts = [day_number(date.fromisoformat(row["control_from"])) if row["control_from"] else NEVER for row in rows]
    places = [[place.split("/") for place in row["cities"].split(";")] for row in rows]
    hant = [texts_of([place[1] for place in country]) for country in places]
    by_script = (
        [texts_of([place[0] for place in country]) for country in places],
        hant,
        [simplified(names) for names in hant],
        [texts_of([place[2] for place in country]) for country in places],
    )
    return Countries(
        code=column("code"),
        role=column("role"),
        control_from=np.array(starts),
        sells=np.array([float(row["sells"]) for row in rows]),
        buys=np.array([float(row["buys"]) for row in rows]),
        script=np.array([SCRIPTS.index(row["script"]) for row in rows]),
        shouts=np.array([row["shout"] == "1" for row in rows]),
        style=column("style"),
        language=column("language"),
        legal=column("legal"),
        currency=column("currency"),
        id_digits=np.array([int(row["id_digits"]) for row in rows]),
        dial=column("dial"),
        cities=tuple(np.concatenate(names) for names in by_script),
    )


@cache
def goods() -> Goods:
    """The goods of every made world."""
    rows = read_rows("goods")

    def column(name: str) -> Texts:
        return texts_of([row[name] for row in rows])

    def numbers(name: str) -> Floats:
        return np.array([float(row[name]) for row in rows])

    code = countries().code.tolist()
    hs6 = [row["hs6"] for row in rows]
    made_in = [[code.index(maker) for maker in row["makers"].split()] for row in rows]
    return Goods(
        hs6=column("hs6"),
        before_2022=texts_of([row["before_2022"] or row["hs6"] for row in rows]),
        is_listed=np.array([row["priority"] != "" for row in rows]),
        unit=column("unit"),
        usd=numbers("usd"),
        kg=numbers("kg"),
        lot=numbers("lot"),
        made_in=tuple(np.array(makers) for makers in made_in),
        made_by=tuple(np.array([g for g, makers in enumerate(made_in) if c in makers]) for c in range(len(code))),
        relabel=tuple(np.array([hs6.index(other) for other in row["relabel"].split()], dtype=np.int64) for row in rows),
        words=(column("english"), column("hant"), simplified(column("hant")), column("russian")),
    )
