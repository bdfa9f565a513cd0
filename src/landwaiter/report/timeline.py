"""When did lots come and go? In and out by month, with the days on which controls began and parties were listed."""

from dataclasses import dataclass
from datetime import date

from landwaiter.ref.outlines import country_name
from landwaiter.report.casebook import Casebook, Lead, Months
from landwaiter.report.markup import Html, cut, tag
from landwaiter.report.wording import counted, day, dollars_short

WIDTH, HALF, TOP, SIDE = 520, 84, 48, 34
LONGEST = 96  # months; older ones are counted in the caption
NEAR = 18  # months by which a mark may stretch the axis


@dataclass(frozen=True, slots=True)
class Mark:
    """A day to be seen on the timeline."""

    on: date
    words: str
    kind: str


def timeline(lead: Lead, casebook: Casebook) -> Html | None:
    """Bars by month, arrivals above and departures below the axis; None where no lot has a day."""
    months, above, below = _account(lead, casebook)
    used = sorted({*months.received, *months.sent})
    if not used:
        return None
    marks = _marks(lead, casebook)
    first, last = used[0], used[-1]
    for mark in marks:
        if 0 < _months_between(mark.on, first) <= NEAR:
            first = mark.on.replace(day=1)
        if 0 < _months_between(last, mark.on) <= NEAR:
            last = mark.on.replace(day=1)
    cut_off = max(0, _months_between(first, last) + 1 - LONGEST)
    first = _later(first, cut_off)
    axis = _Axis(first, _months_between(first, last) + 1)
    most = max(lots for side in (months.received, months.sent) for month, (lots, _) in side.items() if month >= first)
    shown = [mark for mark in marks if axis.first <= mark.on < _later(axis.first, axis.length)]
    hidden = [f"{mark.words} ({day(mark.on)})" for mark in marks if mark not in shown]
    picture = tag(
        "svg",
        _shade(lead, axis),
        *_bars(months.received, axis, most, above, up=True),
        *_bars(months.sent, axis, most, below, up=False),
        *axis.drawing(),
        *(_mark(mark, axis, i) for i, mark in enumerate(shown)),
        tag("text", f"{most:,}", x=SIDE - 6, y=TOP + 10, class_="scale"),
        tag("text", f"{most:,}", x=SIDE - 6, y=TOP + 2 * HALF + 12, class_="scale"),
        viewBox=f"0 0 {WIDTH} {TOP + 2 * HALF + 34}",
        class_="timeline",
        role="img",
        aria_label=f"Timeline by month: {above} above, {below} below the axis. "
        + "; ".join(mark.words for mark in marks),
    )
    caption = [f"Lots by month: {above} above, {below} below the axis. Shaded: the days of the findings."]
    if hidden:
        caption.append(f" Outside the axis: {'; '.join(hidden[:6])}.")
    if cut_off:
        caption.append(f" {counted(cut_off, 'earlier month')} not drawn.")
    return tag("figure", picture, tag("figcaption", "".join(caption)))


def _account(lead: Lead, casebook: Casebook) -> tuple[Months, str, str]:
    """A party's whole traffic; of a chain its own lots, those that end in a destination of concern below."""
    if lead.assessment["subject_kind"] == "party":
        return casebook.months.get(lead.assessment["subject_id"], Months()), "received", "sent"
    months = Months()
    for lot in casebook.evidence_of(lead):
        side = months.sent if lot["destination_country"] in casebook.concern else months.received
        lots, cents = side.get(lot["declared_on"].replace(day=1), (0, 0))
        side[lot["declared_on"].replace(day=1)] = (lots + 1, cents + round((lot["value_usd"] or 0) * 100))
    return months, "on the way", "to a destination of concern"


def _marks(lead: Lead, casebook: Casebook) -> list[Mark]:
    ends = {lot["destination_country"] for lot in casebook.travel_of(lead)}
    marks = [
        Mark(since, f"controls on {country_name(country)}", "control")
        for country, since in casebook.concern.items()
        if country in ends
    ]
    for match in [match for match in lead.matches if match["decision"] != "cleared"][:3]:
        entry = casebook.listings.get(match["listing_id"])
        if entry and entry["listed_on"]:
            marks.append(Mark(entry["listed_on"], f"{cut(match['list'], 24)} lists who it could be", "listing"))
    return sorted(marks, key=lambda mark: (mark.on, mark.words))


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    length: int

    @property
    def step(self) -> float:
        return (WIDTH - SIDE - 10) / max(self.length, 18)

    def x(self, on: date) -> float:
        months = _months_between(self.first, on) + (on.day - 1) / 31
        return SIDE + months * self.step

    def drawing(self) -> list[Html]:
        middle = TOP + HALF
        parts = [tag("line", x1=SIDE, x2=f"{SIDE + self.length * self.step:.1f}", y1=middle, y2=middle, class_="axis")]
        for i in range(self.length):
            month = _later(self.first, i)
            if month.month == 1 or i == 0:
                x = f"{SIDE + i * self.step:.1f}"
                parts.append(tag("line", x1=x, x2=x, y1=TOP, y2=TOP + 2 * HALF + 6, class_="year"))
                if month.month <= 9 or self.length < 16:
                    text = str(month.year) if month.month == 1 else f"{month.year}-{month.month:02d}"
                    parts.append(tag("text", text, x=x, y=TOP + 2 * HALF + 24, dx="3"))
        return parts


def _bars(account: dict[date, tuple[int, int]], axis: _Axis, most: int, what: str, *, up: bool) -> list[Html]:
    bars = []
    for month, (lots, cents) in sorted(account.items()):
        if month < axis.first:
            continue
        height = max(1.5, lots / most * (HALF - 3))
        title = f"{month:%Y-%m}: {counted(lots, 'lot')} {what}, {dollars_short(cents / 100)}"
        bars.append(
            tag(
                "rect",
                tag("title", title),
                x=f"{axis.x(month) + axis.step * 0.12:.1f}",
                y=f"{TOP + HALF - height if up else TOP + HALF:.1f}",
                width=f"{axis.step * 0.76:.1f}",
                height=f"{height:.1f}",
                class_="in" if up else "out",
            )
        )
    return bars


def _shade(lead: Lead, axis: _Axis) -> Html | None:
    days = [finding[end] for finding in lead.findings for end in ("first_on", "last_on")]
    known = sorted(on for on in days if on is not None)
    if not known:
        return None
    left = max(axis.x(known[0]), SIDE)
    right = min(max(axis.x(known[-1]), left + 2), SIDE + axis.length * axis.step)
    return tag("rect", x=f"{left:.1f}", y=TOP, width=f"{max(right - left, 2):.1f}", height=2 * HALF, class_="shade")


def _mark(mark: Mark, axis: _Axis, i: int) -> Html:
    x, level = axis.x(mark.on), 12 + 14 * (i % 3)
    late = x > WIDTH * 0.6
    return tag(
        "g",
        tag("title", f"{day(mark.on)}: {mark.words}"),
        tag("line", x1=f"{x:.1f}", x2=f"{x:.1f}", y1=level - 8, y2=TOP + 2 * HALF),
        tag("text", mark.words, x=f"{x:.1f}", y=level, dx="-4" if late else "4", text_anchor="end" if late else None),
        class_=f"mark-{mark.kind}",
    )


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _later(month: date, months: int) -> date:
    total = month.year * 12 + month.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)
