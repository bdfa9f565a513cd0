"""What does it look like, month by month, that a party is on one list only? A page with one drawing for each list.

The page asks nothing of any other place: no script, no style sheet, no font.
"""

from collections import defaultdict
from html import escape

import pyarrow as pa

_WIDTH, _HEIGHT, _LEFT, _TOP = 860, 90, 56, 22
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1b1f23; background: #fff; }
body { max-width: 960px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1rem; margin: 1.6rem 0 .2rem; } p { margin: .3rem 0; }
svg { display: block; width: 100%; height: auto; } text { font: 11px system-ui, sans-serif; fill: #57606a; }
.all { fill: #c8d1da; } .alone { fill: #b3392f; } .axis { stroke: #8c959f; }
.key { display: inline-block; width: .8rem; height: .8rem; margin: 0 .3rem 0 1rem; }
"""


def draw_coverage(alone: pa.Table, *, as_of: str) -> str:
    """The page on a table of `alone_by_month`: of every list its parties by month, those on no other list in red."""
    by_list: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for row in alone.to_pylist():
        by_list[row["list"]][row["month"]] = (row["parties"], row["on_no_other_list"])
    months = sorted({month for one in by_list.values() for month in one if month})
    span = _span(months)
    parts = [_panel(name, one, span) for name, one in sorted(by_list.items())]
    key = '<span class="key" style="background:#c8d1da"></span>all its parties'
    key += '<span class="key" style="background:#b3392f"></span>on no other of these lists'
    said = (
        "A party that one authority lists and others do not is a question to put to the others, not a finding: "
        "a list may carry it under facts too different to be linked."
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Parties on one list only</title>'
        f"<style>{_STYLE}</style></head><body><h1>Parties on one list only, by month of listing</h1>"
        f"<p>Lists as of {escape(as_of)}. {said}</p><p>{key}</p>{''.join(parts)}</body></html>\n"
    )


def _span(months: list[str]) -> list[str]:
    """Every month from the first to the last."""
    if not months:
        return []
    (first, last) = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (months[0], months[-1]))
    return [f"{place // 12:04d}-{place % 12 + 1:02d}" for place in range(first, last + 1)]


def _panel(name: str, months: dict[str, tuple[int, int]], span: list[str]) -> str:
    parties, alone = (sum(counts[place] for counts in months.values()) for place in (0, 1))
    undated, undated_alone = months.get("", (0, 0))
    said = f"{parties:,} parties, {alone:,} of them on no other list"
    if undated:
        said += f"; {undated:,} without a day of listing, {undated_alone:,} of these on no other list"
    drawing = _bars(name, months, span) if any(months.keys() - {""}) else ""
    return f"<h2>{escape(name)}</h2><p>{said}</p>{drawing}"


def _bars(name: str, months: dict[str, tuple[int, int]], span: list[str]) -> str:
    most = max(counts[0] for month, counts in months.items() if month)
    step = (_WIDTH - _LEFT) / len(span)
    bars = []
    for place, month in enumerate(span):
        counts = months.get(month)
        if counts is None:
            continue
        title = f"<title>{month}: {counts[0]:,} parties, {counts[1]:,} on no other list</title>"
        for kind, count in zip(("all", "alone"), counts, strict=True):
            height = _HEIGHT * count / most
            x, y, wide = _LEFT + place * step, _TOP + _HEIGHT - height, max(step * 0.9, 0.8)
            bars.append(f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" '
                        f'height="{height:.1f}">{title}</rect>')  # fmt: skip
    base = _TOP + _HEIGHT
    years = _years(span, step, base + 14)
    axis = f'<line class="axis" x1="{_LEFT}" y1="{base}" x2="{_WIDTH}" y2="{base}"/>'
    scale = f'<text x="{_LEFT - 6}" y="{_TOP + 8}" text-anchor="end">{most:,}</text>'
    label = escape(f"Parties of {name} by month of listing", quote=True)
    size = f'viewBox="0 0 {_WIDTH} {base + 20}"'
    return f'<svg role="img" aria-label="{label}" {size}>{axis}{scale}{"".join(bars)}{years}</svg>'


def _years(span: list[str], step: float, y: int) -> str:
    """At most a dozen years written under the bars."""
    firsts = [(place, month[:4]) for place, month in enumerate(span) if month.endswith("-01")] or [(0, span[0][:4])]
    every = -(-len(firsts) // 12)
    return "".join(f'<text x="{_LEFT + place * step:.1f}" y="{y}">{year}</text>' for place, year in firsts[::every])
