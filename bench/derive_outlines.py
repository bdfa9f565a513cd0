"""Makes src/landwaiter/ref/outlines.csv and places.csv from Natural Earth's 1:110m countries.

    python bench/derive_outlines.py WORLD_GEO_FOLDER

The folder holds `world-110m.geo.json.gz` (GeoJSON, property iso2) and `points.csv` (iso2, name, lon, lat). Why and from
where: docs/decisions/country-outlines.md.
"""

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

REF = Path(__file__).parents[1] / "src" / "landwaiter" / "ref"
STEP = 10  # tenths of a degree
TOLERANCE = 0.9  # of these tenths, for Douglas-Peucker
SMALLEST = 40  # square tenths: smaller islands are left out, but for a country's largest ring

Point = tuple[int, int]

# Natural Earth draws what is held, not what is owed. The laws that this program serves treat Crimea as Ukraine's.
CRIMEA = (32.0, 44.0, 37.0, 46.5)
# Land without a code of its own: drawn, never coloured.
UNCODED = {"N. Cyprus": "XC", "Somaliland": "XS"}
LEFT_OUT = {"AQ", "TF"}

NAMES = {
    "AG": "Antigua and Barbuda", "AU": "Australia", "BA": "Bosnia and Herzegovina", "CD": "DR Congo",
    "CF": "Central African Republic", "CK": "Cook Islands", "DO": "Dominican Republic", "EH": "Western Sahara",
    "FK": "Falkland Islands", "FO": "Faroe Islands", "GQ": "Equatorial Guinea", "IO": "British Indian Ocean Territory",
    "KN": "Saint Kitts and Nevis", "KY": "Cayman Islands", "MH": "Marshall Islands", "MK": "North Macedonia",
    "MO": "Macau", "MP": "Northern Mariana Islands", "PF": "French Polynesia", "PM": "Saint Pierre and Miquelon",
    "SB": "Solomon Islands", "SS": "South Sudan", "SZ": "Eswatini", "TC": "Turks and Caicos Islands", "TR": "Türkiye",
    "US": "United States", "VC": "Saint Vincent and the Grenadines", "VI": "US Virgin Islands",
    "GS": "South Georgia", "HM": "Heard and McDonald Islands", "TF": "French Southern Territories", "PN": "Pitcairn",
    "WF": "Wallis and Futuna", "BL": "Saint Barthélemy", "MF": "Saint Martin",
}  # fmt: skip
# Where the middle of the land is far from where the trade is, or the source has no point.
POINTS = {
    "RU": (37.6, 55.8), "US": (-95.0, 38.5), "CA": (-79.5, 44.5), "CN": (113.5, 31.0), "AU": (149.0, -33.5),
    "KZ": (71.0, 49.0), "NO": (10.5, 60.5), "SE": (16.5, 59.8), "FI": (25.0, 61.5), "CL": (-70.7, -33.4),
    "MY": (101.7, 3.5), "ID": (107.5, -6.8), "BR": (-47.5, -20.5), "EG": (31.0, 29.8),
    "GI": (-5.35, 36.14), "TW": (121.0, 23.8),
}  # fmt: skip
MORE_NAMES = {"GI": "Gibraltar", "GF": "French Guiana", "GP": "Guadeloupe", "MQ": "Martinique", "RE": "Réunion"}
POINTS |= {"GF": (-53.2, 3.9), "GP": (-61.5, 16.2), "MQ": (-61.0, 14.65), "RE": (55.5, -21.1)}


def main(folder: Path) -> None:
    """Write both tables and say how large they are."""
    with gzip.open(folder / "world-110m.geo.json.gz") as file:
        rings = list(_rings(json.load(file)["features"]))
    junctions = _junctions([ring for _, ring in rings])
    simple: dict[str, list[list[Point]]] = defaultdict(list)
    for code, ring in rings:
        shape = _simplified(ring, junctions)
        if len(shape) >= 4:
            simple[code].append(shape)
    lines = [f"{code},{_encoded(shapes)}" for code, shapes in sorted(simple.items())]
    (REF / "outlines.csv").write_text(OUTLINES_HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    _write_places(folder / "points.csv")
    points = sum(len(shape) for shapes in simple.values() for shape in shapes)
    size = (REF / "outlines.csv").stat().st_size
    print(f"{len(lines)} countries, {points:,} of {sum(len(r) for _, r in rings):,} points, {size:,} bytes")


def _rings(features: list[dict]) -> Iterator[tuple[str, list[Point]]]:
    """Outer rings in tenths of a degree, without the closing point."""
    for feature in features:
        code = feature["properties"].get("iso2") or UNCODED[feature["properties"]["label"]]
        if code in LEFT_OUT:
            continue
        shape = feature["geometry"]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        for polygon in polygons:
            for ring in polygon:
                points = [(round(lon * STEP), round(lat * STEP)) for lon, lat in ring]
                kept = [p for i, p in enumerate(points[:-1]) if p != points[i - 1] or i == 0]
                yield ("UA" if code == "RU" and _within(ring, CRIMEA) else code), kept


def _within(ring: list[list[float]], box: tuple[float, float, float, float]) -> bool:
    return all(box[0] <= lon <= box[2] and box[1] <= lat <= box[3] for lon, lat in ring)


def _junctions(rings: list[list[Point]]) -> set[Point]:
    """Points where the set of neighbours changes from ring to ring: the ends of every shared border."""
    neighbours: dict[Point, set[frozenset[Point]]] = defaultdict(set)
    uses: Counter[Point] = Counter()
    for ring in rings:
        for i, point in enumerate(ring):
            neighbours[point].add(frozenset((ring[i - 1], ring[(i + 1) % len(ring)])))
            uses[point] += 1
    return {point for point, sets in neighbours.items() if len(sets) > 1}


def _simplified(ring: list[Point], junctions: set[Point]) -> list[Point]:
    """Each stretch between junctions by Douglas-Peucker, always in one direction, so that neighbours still fit."""
    if len(ring) < 4:
        return ring
    ends = [i for i, point in enumerate(ring) if point in junctions]
    if len(ends) < 2:
        first = ring.index(min(ring))
        far = max(range(len(ring)), key=lambda i: (_square(ring[i], ring[first]), ring[i]))
        ends = sorted({first, far, *ends})
    shape: list[Point] = []
    for i, start in enumerate(ends):
        stop = ends[(i + 1) % len(ends)]
        stretch = ring[start : stop + 1] if stop > start else ring[start:] + ring[: stop + 1]
        turned = stretch[-1] < stretch[0]
        kept = _peucker(stretch[::-1] if turned else stretch)
        shape += (kept[::-1] if turned else kept)[:-1]
    return shape


def _peucker(points: list[Point]) -> list[Point]:
    if len(points) < 3:
        return points
    far, distance = max(
        ((i, _distance(points[i], points[0], points[-1])) for i in range(1, len(points) - 1)), key=lambda x: x[1]
    )
    if distance <= TOLERANCE:
        return [points[0], points[-1]]
    return _peucker(points[: far + 1])[:-1] + _peucker(points[far:])


def _distance(point: Point, start: Point, end: Point) -> float:
    length = _square(start, end) ** 0.5
    if length == 0:
        return _square(point, start) ** 0.5
    return abs((end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (end[1] - start[1])) / length


def _square(a: Point, b: Point) -> int:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _area(ring: list[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def _encoded(shapes: list[list[Point]]) -> str:
    shapes = sorted(shapes, key=_area, reverse=True)
    kept = shapes[:1] + [shape for shape in shapes[1:] if _area(shape) >= SMALLEST]
    return ";".join(" ".join(_steps(shape)) for shape in kept)


def _steps(shape: list[Point]) -> Iterator[str]:
    lon = lat = 0
    for point in shape:
        yield f"{point[0] - lon} {point[1] - lat}"
        lon, lat = point


def _write_places(path: Path) -> None:
    places: dict[str, tuple[str, float, float]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["iso2"]:
                places[row["iso2"]] = (NAMES.get(row["iso2"], row["name"]), float(row["lon"]), float(row["lat"]))
    for code, name in MORE_NAMES.items():
        places[code] = (name, *POINTS[code])
    with (REF / "places.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(PLACES_HEAD)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["country", "name", "lon", "lat"])
        for code, (name, lon, lat) in sorted(places.items()):
            at = POINTS.get(code, (lon, lat))
            writer.writerow([code, name, f"{at[0]:.1f}", f"{at[1]:.1f}"])


OUTLINES_HEAD = """\
# Country outlines, simplified by bench/derive_outlines.py from Natural Earth 1:110m, version 4.1 (public domain).
# rings: separated by ;, the largest first; a ring is pairs of steps in tenths of a degree, east and north, from 0 0.
# Borders as Natural Earth draws them, Crimea with Ukraine; no statement on any claim. XC, XS: land without a code.
country,rings
"""
PLACES_HEAD = """\
# One point in each country or territory, to tenths of a degree; by bench/derive_outlines.py from Natural Earth
# (public domain).
# For some large countries the point is where the trade is, not the middle of the land.
"""

if __name__ == "__main__":
    main(Path(sys.argv[1]))
