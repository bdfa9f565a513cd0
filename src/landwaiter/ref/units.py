"""How much is a declared quantity in its base unit? By UN/ECE Recommendation 20 code or a common word."""

from dataclasses import dataclass
from functools import cache

from landwaiter.ref.facts import read_facts


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of quantity.

    Args:
        code: UN/ECE Recommendation 20.
        base: the unit of the same kind in which quantities are added up; the code itself where there is none.
        milli: thousandths of the base unit in one unit.
    """

    code: str
    base: str
    milli: float


def unit_of(text: str) -> Unit | None:
    """The unit that a code or word stands for, None where it is unknown."""
    return _units().get(_plain(text))


@cache
def _units() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for row in read_facts("units").to_pylist():
        unit = Unit(row["code"], row["base"], float(row["milli"]))
        for word in (row["code"], *row["words"].split(";")):
            if word:
                units[_plain(word)] = unit
    return units


def _plain(text: str) -> str:
    return text.strip().casefold().removesuffix(".").replace("²", "2").replace("³", "3").replace(" ", "")
