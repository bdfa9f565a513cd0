"""Who stands behind this party? Owners from left to right, with the holdings that prove it, and each regime's words."""

from landwaiter.report.casebook import Casebook, Lead
from landwaiter.report.chain_picture import fitted
from landwaiter.report.markup import Html, foreign, join, language, scrolling, tag
from landwaiter.report.ownership_graph import ANSWERS, OwnershipGraph
from landwaiter.report.wording import counted

BOX_W, BOX_H = 208, 46
GAP_X, GAP_Y = 74, 14
EDGE = 6
MEANS = {
    "yes": "counts as the listed owner",
    "possible": "may count as the listed owner",
    "no": "does not count as the listed owner",
}


def ownership_picture(graph: OwnershipGraph, lead: Lead, casebook: Casebook) -> Html:
    """The graph as an SVG, what it shows, and a table of what each regime says."""
    spots, width, height = _layout(graph)
    lines = [_holding(spots[owner], spots[company], answer) for (owner, company), answer in graph.holdings.items()]
    boxes = [_box(one, graph, spots[one], one == lead.assessment["subject_id"]) for one in spots]
    picture = tag(
        "svg",
        *lines,
        *boxes,
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{width:.0f}",
        height=f"{height:.0f}",
        class_="chain owners",
        role="img",
        aria_label=_words(graph),
    )
    left_out = f" Not drawn: {counted(graph.left_out, 'more owner')}, in control_of.parquet." if graph.left_out else ""
    caption = (
        "On the left who could be listed, by name alone. Thick lines are the holdings that a regime's answer rests on, "
        f"dashed ones where it is only possible, thin ones prove nothing.{left_out}"
    )
    return join(
        [tag("figure", scrolling(picture, "Picture of the owners"), tag("figcaption", caption)), _said(lead, casebook)]
    )


def _layout(graph: OwnershipGraph) -> tuple[dict[str, tuple[float, float]], float, float]:
    """The upper left corner of every owner, and the picture's width and height."""
    height = float(max(len(column) for column in graph.columns) * (BOX_H + GAP_Y) - GAP_Y + 2 * EDGE)
    width = float(len(graph.columns) * (BOX_W + GAP_X) - GAP_X + 2 * EDGE)
    spots: dict[str, tuple[float, float]] = {}
    for i, column in enumerate(graph.columns):
        top = (height - len(column) * (BOX_H + GAP_Y) + GAP_Y) / 2
        for j, one in enumerate(column):
            spots[one] = (EDGE + i * (BOX_W + GAP_X), top + j * (BOX_H + GAP_Y))
    return spots, width, height


def _holding(owner: tuple[float, float], company: tuple[float, float], answer: str) -> Html:
    """A line from owner to company; one that goes back, in a circle, runs below both boxes."""
    x1, y1 = owner[0] + BOX_W, owner[1] + BOX_H / 2
    x2, y2 = company[0], company[1] + BOX_H / 2
    breadth = 1 if answer == "no" else 3
    head = 5 + breadth
    if company[0] <= owner[0]:
        x1, y1, x2, y2 = owner[0] + BOX_W / 2, owner[1] + BOX_H, company[0] + BOX_W, company[1] + BOX_H - 8
        curve = f"M{x1:.0f} {y1:.1f}C{x1:.0f} {y1 + 26:.1f} {x2 + 40:.0f} {y2 + 26:.1f} {x2:.0f} {y2:.1f}"
        return tag("g", tag("path", d=curve, stroke_width=str(breadth)), class_=f"hop holding {answer}")
    bend = max((x2 - x1) / 2, 20)
    curve = f"M{x1:.0f} {y1:.1f}C{x1 + bend:.0f} {y1:.1f} {x2 - bend:.0f} {y2:.1f} {x2 - head:.1f} {y2:.1f}"
    tip = f"{x2 - 1:.1f},{y2:.1f} {x2 - head - 1:.1f},{y2 - head / 2:.1f} {x2 - head - 1:.1f},{y2 + head / 2:.1f}"
    dashes = "7 4" if answer == "possible" else None
    path = tag("path", d=curve, stroke_width=str(breadth), stroke_dasharray=dashes)
    return tag("g", path, tag("polygon", points=tip), class_=f"hop holding {answer}")


def _box(one: str, graph: OwnershipGraph, spot: tuple[float, float], is_lead: bool) -> Html:
    kind = "lot hot" if one in graph.listed else "lot first" if is_lead else "lot"
    role = "could be listed" if one in graph.listed else "this party" if is_lead else "owner between"
    name = graph.names[one]
    shown = fitted(name, 28)
    return tag(
        "g",
        tag("title", name),
        tag("rect", class_="box owner"),
        tag("rect", class_="edge owner"),
        tag("text", tag("tspan", shown, lang=language(shown), unicode_bidi="isolate"), x="13", y="19", class_="way"),
        tag("text", role, x="13", y="36", class_="role"),
        transform=f"translate({spot[0]:.0f} {spot[1]:.1f})",
        class_=kind,
    )


def _said(lead: Lead, casebook: Casebook) -> Html:
    """What each regime says, in its own words, strongest first; the day is in them."""
    party = lead.assessment["subject_id"]
    owners = {owner["listed_party"]: owner for owner in casebook.owners.get(party, [])}
    verdicts = sorted(
        casebook.verdicts.get(party, []),
        key=lambda one: (ANSWERS.index(one["answer"]), one["regime"], one["listed_party"]),
    )
    rows = [
        tag(
            "tr",
            tag("td", tag("b", verdict["answer"])),
            tag("td", foreign(owners[verdict["listed_party"]]["owner_name"], longest=80)),
            tag("td", foreign(verdict["reason"], longest=600)),
        )
        for verdict in verdicts[:12]
        if verdict["listed_party"] in owners
    ]
    days = sorted({owner["verdicts"].partition(":")[0] for owner in owners.values()})
    heads = [
        tag("th", head, scope="col") for head in ("answer", "owner who could be listed", "the rule, and its arithmetic")
    ]
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="regimes")
    meaning = "; ".join(f"{answer}: {means}" for answer, means in MEANS.items())
    return join(
        [tag("p", f"Asked {', '.join(days)}. {meaning}.", class_="note"), scrolling(table, "What each regime says")]
    )


def _words(graph: OwnershipGraph) -> str:
    """The picture for those who cannot see it."""
    sentences = [
        f"{graph.names[owner]} holds a part of {graph.names[company]} ({answer})"
        for (owner, company), answer in list(graph.holdings.items())[:20]
    ]
    return "Owners. " + ". ".join(sentences)
