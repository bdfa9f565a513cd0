"""How did the goods travel? Lots from left to right, with the days and quantities that passed between them."""

import math
import unicodedata

from landwaiter.ref.outlines import country_name
from landwaiter.report.casebook import Casebook
from landwaiter.report.chain_graph import ChainGraph
from landwaiter.report.evidence import ends_of
from landwaiter.report.markup import Html, language, scrolling, tag
from landwaiter.report.shelf import Hop, Lot
from landwaiter.report.wording import counted, day, goods_code, quantity

BOX_W, BOX_H = 226, 82
GAP_X, GAP_Y = 112, 16
EDGE = 6


def chain_picture(graph: ChainGraph, casebook: Casebook) -> Html:
    """The graph as an SVG with a caption that says what is declared and what is inferred."""
    spots, width, height = _layout(graph)
    ends = _landings(graph.hops, spots)
    most = max(hop["quantity"] for hop in graph.hops) or 1.0
    units = {lot["row_id"]: lot["quantity_unit"] for column in graph.columns for lot in column}
    taken: list[tuple[float, float]] = []
    arrows, labels = [], []
    for hop in graph.hops:
        landing = ends[hop["in_row"], hop["out_row"]]
        arrows.append(_arrow(landing, 1 + 4 * math.sqrt(hop["quantity"] / most)))
        labels.append(_label(hop, landing, units[hop["out_row"]], taken))
    boxes = [
        _box(lot, spots[lot["row_id"]], column is graph.columns[0], casebook)
        for column in graph.columns
        for lot in column
    ]
    picture = tag(
        "svg",
        *arrows,
        *boxes,
        *labels,
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{width:.0f}",
        height=f"{height:.0f}",
        class_="chain",
        role="img",
        aria_label=_words(graph, casebook),
    )
    caption = (
        "Boxes are rows as declared. Dashed arrows are inferred: what a party received first leaves first, within one "
        f"family of goods; their width is the quantity that passed.{_unseen(graph)}{_left_out(graph)}"
    )
    return tag("figure", scrolling(picture, "Picture of the chain"), tag("figcaption", caption))


def _unseen(graph: ChainGraph) -> str:
    """How many hops the books of the hub's own country do not show."""
    unseen = sum(hop["basis"].startswith("inferred") for hop in graph.hops)
    if not unseen:
        return ""
    likely = "how likely each is stands beside it, other ways in alternatives.parquet"
    return f" {counted(unseen, 'hop')} in no book of the hub: {likely}."


def _left_out(graph: ChainGraph) -> str:
    """What the tables hold beyond the picture."""
    parts = []
    if graph.lots_left_out:
        parts.append(counted(graph.lots_left_out, "more lot"))
    if graph.chains_left_out:
        parts.append(f"{counted(graph.chains_left_out, 'more chain')} with fewer evidence rows")
    return f" Not drawn: {' and '.join(parts)}, in chains.parquet." if parts else ""


def _layout(graph: ChainGraph) -> tuple[dict[str, tuple[float, float]], float, float]:
    """The upper left corner of every lot, and the picture's width and height."""
    height = max(len(column) for column in graph.columns) * (BOX_H + GAP_Y) - GAP_Y + 2 * EDGE
    width = len(graph.columns) * (BOX_W + GAP_X) - GAP_X + 2 * EDGE
    spots: dict[str, tuple[float, float]] = {}
    for i, column in enumerate(graph.columns):
        top = (height - len(column) * (BOX_H + GAP_Y) + GAP_Y) / 2
        for j, lot in enumerate(column):
            spots[lot["row_id"]] = (EDGE + i * (BOX_W + GAP_X), top + j * (BOX_H + GAP_Y))
    return spots, width, height


def _landings(hops: list[Hop], spots: dict[str, tuple[float, float]]) -> dict[tuple[str, str], list[float]]:
    """Where each arrow leaves and lands: the arrows of one box share its side evenly, by their far ends' height."""
    ends = {(hop["in_row"], hop["out_row"]): [0.0] * 4 for hop in hops}
    for side, edge in ((0, BOX_W), (1, 0)):
        for row, (x, y) in spots.items():
            own = sorted(
                (pair for pair in ends if pair[side] == row), key=lambda pair: (spots[pair[1 - side]][1], pair)
            )
            for i, pair in enumerate(own):
                ends[pair][2 * side : 2 * side + 2] = x + edge, y + BOX_H * (i + 1) / (len(own) + 1)
    return ends


def _arrow(ends: list[float], breadth: float) -> Html:
    x1, y1, x2, y2 = ends
    bend = max((x2 - x1) / 2, 30)
    head = 5 + breadth
    curve = f"M{x1:.0f} {y1:.1f}C{x1 + bend:.0f} {y1:.1f} {x2 - bend:.0f} {y2:.1f} {x2 - head:.1f} {y2:.1f}"
    tip = f"{x2 - 1:.1f},{y2:.1f} {x2 - head - 1:.1f},{y2 - head / 2:.1f} {x2 - head - 1:.1f},{y2 + head / 2:.1f}"
    return tag(
        "g",
        tag("path", d=curve, stroke_width=f"{breadth:.1f}", stroke_dasharray=f"{6 + breadth:.0f} {3 + breadth:.0f}"),
        tag("polygon", points=tip),
        class_="hop",
    )


def _label(hop: Hop, ends: list[float], unit: str | None, taken: list[tuple[float, float]]) -> Html:
    """Days and quantity at the middle of the arrow, moved down where another label stands."""
    x, y = (ends[0] + ends[2]) / 2, (ends[1] + ends[3]) / 2 - 6
    while any(abs(x - other[0]) < 100 and abs(y - other[1]) < 31 for other in taken):
        y += 9
    taken.append((x, y))
    likely = f", likely {hop['probability']:.2f}" if hop["probability"] is not None else ""
    first = tag("tspan", f"{counted(hop['days_between'], 'day')}{likely}", x=f"{x:.0f}", y=f"{y:.1f}")
    second = tag("tspan", quantity(hop["quantity"], unit), x=f"{x:.0f}", dy="20", class_="amount")
    return tag("text", first, second, class_="between")


def _box(lot: Lot, spot: tuple[float, float], is_first: bool, casebook: Casebook) -> Html:
    x, y = spot
    start, end = ends_of(lot)
    kind = "lot hot" if end in casebook.concern else "lot first" if is_first else "lot"
    cited = f"{goods_code(lot['hs_code'])} · line {lot['line']}"
    return tag(
        "g",
        tag("rect", class_="box"),
        tag("rect", class_="edge"),
        tag("text", f"{start or '?'} → {end or '?'}", x="13", y="18", class_="way"),
        tag("text", day(lot["declared_on"]), x=str(BOX_W - 9), y="18", class_="when"),
        _name(lot["exporter_name"], lot["exporter_country"], 35, ""),
        _name(lot["consignee_name"], lot["consignee_country"], 52, "→ "),
        tag("text", quantity(lot["quantity"], lot["quantity_unit"]), x="13", y="72"),
        tag("text", cited, x=str(BOX_W - 9), y="72", class_="cited"),
        transform=f"translate({x:.0f} {y:.1f})",
        class_=kind,
    )


def _name(name: str | None, country: str | None, y: int, before: str) -> Html:
    shown = fitted(name or "not stated", 32 - len(before))
    return tag(
        "text", before, tag("tspan", shown, lang=language(shown, country), unicode_bidi="isolate"), x="13", y=str(y)
    )


def fitted(text: str, cells: int) -> str:
    """As much of the text as fits into so many small Latin letters; a capital takes more, a Chinese character two."""
    used = 0.0
    for i, letter in enumerate(text):
        used += 2 if unicodedata.east_asian_width(letter) in "WF" else 1.3 if letter.isupper() else 1
        if used > cells:
            return text[: max(i - 1, 1)] + "…"
    return text


def _words(graph: ChainGraph, casebook: Casebook) -> str:
    """The picture for those who cannot see it."""
    sentences = []
    for hop in graph.hops[:20]:
        lot, after = casebook.lots[hop["in_row"]], casebook.lots[hop["out_row"]]
        sentences.append(
            f"Lot of {day(lot['declared_on'])} from {country_name(lot['dispatch_country'])}: "
            f"{quantity(hop['quantity'], after['quantity_unit'])} left after {counted(hop['days_between'], 'day')} "
            f"for {country_name(after['destination_country'])}"
        )
    return "Chain, inferred. " + ". ".join(sentences)
