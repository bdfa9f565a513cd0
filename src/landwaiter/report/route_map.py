"""Which way did the goods go? Routes between countries as arcs on a map, as wide as their value."""

import math
from collections.abc import Collection
from dataclasses import dataclass

from landwaiter.ref.outlines import country_name
from landwaiter.report.casebook import Casebook
from landwaiter.report.evidence import ends_of
from landwaiter.report.globe import Window, window
from landwaiter.report.markup import Html, join, tag
from landwaiter.report.shelf import Lot
from landwaiter.report.wording import count, counted, dollars_short

MOST = 48  # routes of one map
NOTE = "From dispatch to destination, as declared; as wide as the value known. Borders are no statement on any claim."


@dataclass(slots=True)
class Route:
    """All lots from one country to another."""

    start: str
    end: str
    rows: int = 0
    unvalued: int = 0
    value_usd: float = 0.0

    @property
    def ends(self) -> str:
        """Both countries by name."""
        return f"{country_name(self.start)} → {country_name(self.end)}"

    @property
    def words(self) -> str:
        """The route in one line."""
        value = dollars_short(self.value_usd) if self.rows > self.unvalued else "value unknown"
        gap = f", {counted(self.unvalued, 'row')} without value" if 0 < self.unvalued < self.rows else ""
        return f"{self.ends}: {counted(self.rows, 'row')}, {value}{gap}"


def routes_of(lots: list[Lot]) -> list[Route]:
    """Routes between two different countries, the most valuable first."""
    routes: dict[tuple[str, str], Route] = {}
    for lot in lots:
        start, end = ends_of(lot)
        if start is None or end is None or start == end:
            continue
        route = routes.setdefault((start, end), Route(start, end))
        route.rows += 1
        route.unvalued += lot["value_usd"] is None
        route.value_usd += lot["value_usd"] or 0.0
    return sorted(routes.values(), key=lambda route: (-route.value_usd, -route.rows, route.start, route.end))


def overall_map(casebook: Casebook) -> Html | None:
    """All rows that the leads drawn in full point at on one map, with the most valuable routes in words beside it."""
    lots = list({lot["row_id"]: lot for lead in casebook.drawn for lot in casebook.evidence_of(lead)}.values())
    routes = routes_of(lots)
    picture = _picture(routes[:MOST], casebook.concern, 720, 360)
    if picture is None:
        return None
    lines = [tag("li", route.words) for route in routes[:10]]
    caption = f"The {counted(len(lots), 'row')} that the first {count(len(casebook.drawn))} leads point at. {NOTE}"
    return tag("div", tag("figure", picture, tag("figcaption", caption)), tag("ol", *lines), class_="overall")


def route_map(lots: list[Lot], concern: Collection[str]) -> Html | None:
    """The map of these lots, or None where none goes from one country to another."""
    picture = _picture(routes_of(lots)[:MOST], concern, 520, 300)
    return tag("figure", picture, tag("figcaption", NOTE)) if picture else None


def _picture(routes: list[Route], concern: Collection[str], width: int, height: int) -> Html | None:
    countries = sorted({code for route in routes for code in (route.start, route.end)})
    frame = window(countries, width, height)
    placed = {code: point for code in countries if (point := frame.at(code)) is not None}
    if not any(route.start in placed and route.end in placed for route in routes):
        return None
    widest = max(route.value_usd for route in routes) or 1.0
    arcs = [
        _arc(route, placed[route.start], placed[route.end], _breadth(route, widest, len(routes)), route.end in concern)
        for route in reversed(routes)
        if route.start in placed and route.end in placed
    ]
    label = "Map of routes. " + "; ".join(route.words for route in routes[:12])
    picture = tag(
        "svg",
        frame.backdrop(countries),
        *arcs,
        _stations(placed, concern, frame),
        viewBox=f"0 0 {width} {height}",
        class_="map busy" if len(routes) > 16 else "map",
        role="img",
        aria_label=label,
    )
    unplaced = [code for code in countries if code not in placed]
    return join([picture, tag("p", f"Not on the map: {', '.join(unplaced)}.", class_="note") if unplaced else None])


def _breadth(route: Route, widest: float, routes: int) -> float:
    """The area of an arc goes with its value; where there are many, all are thinner."""
    return 1.2 + 5.2 * min(1.0, math.sqrt(10 / routes)) * math.sqrt(route.value_usd / widest)


def _arc(route: Route, start: tuple[float, float], end: tuple[float, float], breadth: float, is_concern: bool) -> Html:
    """A curve that leans to its left, so that the way back does not cover the way there, ending in an arrowhead."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    breadth = min(breadth, max(length / 7, 1.0))
    lean = 0.2
    cx, cy = (start[0] + end[0]) / 2 + dy * lean, (start[1] + end[1]) / 2 - dx * lean
    ux, uy = end[0] - cx, end[1] - cy
    norm = math.hypot(ux, uy) or 1.0
    ux, uy = ux / norm, uy / norm
    head = min(4.5 + breadth * 1.3, length / 2)
    tip_x, tip_y = end[0] - ux * 4, end[1] - uy * 4
    base_x, base_y = tip_x - ux * head, tip_y - uy * head
    half = head * 0.5
    arrow = (
        f"{tip_x:.1f},{tip_y:.1f} {base_x - uy * half:.1f},{base_y + ux * half:.1f} "
        f"{base_x + uy * half:.1f},{base_y - ux * half:.1f}"
    )
    curve = f"M{start[0]:.1f} {start[1]:.1f}Q{cx:.1f} {cy:.1f} {base_x:.1f} {base_y:.1f}"
    return tag(
        "g",
        tag("title", route.words),
        tag("path", d=curve, stroke_width=f"{breadth:.1f}"),
        tag("polygon", points=arrow),
        class_="arc hot" if is_concern else "arc",
    )


def _stations(placed: dict[str, tuple[float, float]], concern: Collection[str], frame: Window) -> Html:
    """A dot and a code for each country; a label goes where it covers no other."""
    taken = [(x - 5, y - 5, x + 5, y + 5) for x, y in placed.values()]
    marks = []
    for code, (x, y) in placed.items():
        breadth = 9 * len(code)
        spots = [(x + 7, y + 4), (x - 7 - breadth, y + 4), (x - breadth / 2, y - 8), (x - breadth / 2, y + 17)]
        spots += [(x + 7, y - 8), (x + 7, y + 15)]
        boxes = [(left, base - 11, left + breadth, base + 2) for left, base in spots]
        best = min(range(len(spots)), key=lambda i: (_covered(boxes[i], taken, frame), i))
        taken.append(boxes[best])
        dot = tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="3.6")
        text = tag("text", code, x=f"{spots[best][0]:.1f}", y=f"{spots[best][1]:.1f}")
        title = tag("title", country_name(code))
        marks.append(tag("g", title, dot, text, class_="station hot" if code in concern else "station"))
    return join(marks)


def _covered(
    box: tuple[float, float, float, float], taken: list[tuple[float, float, float, float]], frame: Window
) -> int:
    outside = box[0] < 0 or box[1] < 0 or box[2] > frame.width or box[3] > frame.height
    return 9 * outside + sum(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
    )
