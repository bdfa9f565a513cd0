"""How much longer is a declared way than the direct one? Measured between one point of each country."""

import math
from collections.abc import Sequence
from itertools import pairwise

import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.ref.facts import read_facts
from landwaiter.tables import TABLES

EARTH_KM = 6371
ENDS = ("dispatch_country", "transit_countries", "destination_country")

Place = tuple[float, float]


def measure_ways(corridor: Corridor) -> None:
    """Read shipments; put way_lengths: each distinct way with countries of transit, all of which have a place."""
    places = {row["country"]: (float(row["lat"]), float(row["lon"])) for row in read_facts("places").to_pylist()}
    shipments = corridor.get("shipments").select(ENDS)
    ways = shipments.group_by(list(ENDS)).aggregate([]).to_pylist()
    rows = []
    for way in sorted(
        (one for one in ways if all(one[end] for end in ENDS)), key=lambda one: [one[end] for end in ENDS]
    ):
        between = [code.strip() for code in way["transit_countries"].split(";") if code.strip()]
        codes = [way["dispatch_country"], *between, way["destination_country"]]
        if between and all(code in places for code in codes):
            points = [places[code] for code in codes]
            direct, whole = kilometres(points[0], points[-1]), length(points)
            far = [kilometres(points[0], one) + kilometres(one, points[-1]) for one in points[1:-1]]
            through = between[far.index(max(far))]
            rows.append({**way, "direct_km": round(direct), "way_km": round(whole), "through": through})
    corridor.put("way_lengths", pa.Table.from_pylist(rows, schema=TABLES["way_lengths"].schema))


def length(points: Sequence[Place]) -> float:
    """The length of a way from point to point."""
    return math.fsum(kilometres(*pair) for pair in pairwise(points))


def kilometres(one: Place, other: Place) -> float:
    """The way over the ground between two points, latitude before longitude."""
    (north, east), (south, west) = ((math.radians(side) for side in point) for point in (one, other))
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin((west - east) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
