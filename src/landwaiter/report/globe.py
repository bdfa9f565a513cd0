"""Where on a picture does a country lie? Miller's projection, cut at the meridian that is farthest from what is shown.

The outlines stand once in the page; every map only refers to them, shifted and scaled to its own window.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from landwaiter.ref.outlines import outlines, places
from landwaiter.report.markup import Html, join, tag

UNIT = 10  # of the page's world for one degree of longitude
ROUND = 360 * UNIT
NORTH, SOUTH = 80.0, -56.0
NARROWEST = 34 * UNIT


def project(lon: float, lat: float) -> tuple[float, float]:
    """Degrees to the page's world: x to the east, y to the south, both 0 where the equator meets Greenwich."""
    bounded = math.radians(min(max(lat, SOUTH), NORTH))
    return lon * UNIT, -math.degrees(1.25 * math.log(math.tan(math.pi / 4 + 0.4 * bounded))) * UNIT


def world() -> Html:
    """All outlines, once, not shown by themselves."""
    shapes = [tag("path", id=f"c-{country}", d=_path(rings)) for country, rings in sorted(outlines().items())]
    return tag("svg", tag("defs", tag("g", *shapes, id="world")), class_="defs", aria_hidden="true", width=0, height=0)


def _path(rings: list[list[tuple[int, int]]]) -> str:
    pieces = []
    for ring in rings:
        points = [tuple(round(value) for value in project(lon / 10, lat / 10)) for lon, lat in ring]
        steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(points)]
        pieces.append(f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z")
    return "".join(pieces).replace(" -", "-")


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the world as a picture of `width` by `height`: where its left edge, top edge and scale are."""

    width: int
    height: int
    left: float
    top: float
    scale: float

    def at(self, country: str) -> tuple[float, float] | None:
        """Where a country's point falls in the picture, or None where we know no place of that code."""
        place = places().get(country)
        if place is None:
            return None
        x, y = project(place.lon, place.lat)
        x = self.left + (x - self.left) % ROUND
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def backdrop(self, marked: Iterable[str]) -> Html:
        """The land within the window, the marked countries in another shade."""
        right = self.left + self.width / self.scale
        turns = range(math.floor((self.left + ROUND / 2) / ROUND), math.floor((right + ROUND / 2) / ROUND) + 1)
        known = [country for country in sorted(set(marked)) if country in outlines()]
        layers = []
        for turn in turns:
            x, y = (turn * ROUND - self.left) * self.scale, -self.top * self.scale
            uses = [tag("use", href=f"#c-{country}", class_="marked") for country in known]
            shift = f"translate({x:.1f} {y:.1f}) scale({self.scale:.5f})"
            layers.append(tag("g", tag("use", href="#world", class_="land"), *uses, transform=shift))
        return join(layers)


def window(countries: Iterable[str], width: int, height: int) -> Window:
    """The smallest window that holds these countries' points with room around them, in the picture's proportions."""
    points = [project(places()[code].lon, places()[code].lat) for code in sorted(set(countries)) if code in places()]
    if not points:
        points = [project(0, 20)]
    west, breadth = _arc(sorted(x % ROUND for x, _ in points))
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    highest, lowest = project(0, NORTH)[1], project(0, SOUTH)[1]
    across = max(breadth * 1.24 + 4 * UNIT, (bottom - top) * 1.3 * width / height, NARROWEST)
    across = min(across, ROUND, (lowest - highest) * width / height)
    down = across * height / width
    middle = min(max((top + bottom) / 2, highest + down / 2), lowest - down / 2)
    return Window(width, height, west + breadth / 2 - across / 2, middle - down / 2, width / across)


def _arc(xs: list[float]) -> tuple[float, float]:
    """The shortest arc of the equator that holds all points: its western end and its breadth."""
    gaps = [(after - before, after) for before, after in zip(xs, [*xs[1:], xs[0] + ROUND], strict=True)]
    gap, west = max(gaps)
    start = west % ROUND
    return (start - ROUND if start > ROUND / 2 else start), ROUND - gap
