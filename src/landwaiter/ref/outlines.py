"""Where are the countries, for a map that needs no network? Outlines and one point for each, with an English name."""

from functools import cache
from typing import NamedTuple

from landwaiter.ref.facts import read_facts


class Place(NamedTuple):
    """A country's English name and one point in it, in degrees."""

    name: str
    lon: float
    lat: float


@cache
def outlines() -> dict[str, list[list[tuple[int, int]]]]:
    """Rings of (longitude, latitude) in tenths of a degree by ISO alpha-2; small territories have only a place."""
    table = read_facts("outlines").to_pylist()
    return {row["country"]: [_ring(steps) for steps in row["rings"].split(";")] for row in table}


@cache
def places() -> dict[str, Place]:
    """Name and point of every country and territory by ISO alpha-2."""
    table = read_facts("places").to_pylist()
    return {row["country"]: Place(row["name"], float(row["lon"]), float(row["lat"])) for row in table}


def country_name(country: str | None) -> str:
    """The English name, the code itself where we know no name, or 'country not stated'."""
    if not country:
        return "country not stated"
    place = places().get(country)
    return place.name if place is not None else country


def _ring(steps: str) -> list[tuple[int, int]]:
    numbers = [int(step) for step in steps.split()]
    lon = lat = 0
    ring = []
    for east, north in zip(numbers[::2], numbers[1::2], strict=True):
        lon, lat = lon + east, lat + north
        ring.append((lon, lat))
    return ring
