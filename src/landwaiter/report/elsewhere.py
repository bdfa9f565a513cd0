"""What was found that is no lead? Findings about routes and goods, and gaps in the statistics."""

from landwaiter.ref.outlines import country_name
from landwaiter.report.badges import score_bar
from landwaiter.report.markup import Html, cut, foreign, join, scrolling, tag
from landwaiter.report.record import RunRecord
from landwaiter.report.shelf import STRONGEST, Finding, Shelf
from landwaiter.report.story import card_of
from landwaiter.report.wording import UNKNOWN, count, goods_code, period

LEADS = ("party", "chain")


def elsewhere(record: RunRecord, shelf: Shelf) -> Html | None:
    """Both tables, strongest first; None where there is neither."""
    parts = [part for part in (_loose_findings(record, shelf), _gaps(shelf)) if part is not None]
    if not parts:
        return None
    note = "Routes, goods and statistics: a place to look, with no party to ask yet. They have no rank among the leads."
    return tag("section", tag("h2", "Beside the leads", id="beside"), tag("p", note, class_="note"), *parts)


def _loose_findings(record: RunRecord, shelf: Shelf) -> Html | None:
    kinds = [kind for kind in shelf.tally("findings", "subject_kind") if kind not in LEADS]
    rows: list[Finding]
    rows, total = shelf.strongest("findings", Finding.__annotations__, "strength", "finding_id", subject_kind=kinds)
    if not total:
        return None
    heads = ("Red flag", "Strength of the finding", "Subject", "What was seen", "Days")
    lines = [
        tag(
            "tr",
            tag("td", card_of(record, row["flag"]).title),
            tag("td", score_bar(row["strength"]), class_="number"),
            tag("td", row["subject_kind"], " ", tag("code", cut(row["subject_id"], 60))),
            tag("td", foreign(row["reason"], longest=500)),
            tag("td", period(row["first_on"], row["last_on"])),
        )
        for row in rows
    ]
    return _table("Findings about routes and goods", heads, lines, total, "findings.parquet")


def _gaps(shelf: Shelf) -> Html | None:
    if not shelf.has("gaps"):
        return None
    every = shelf.gaps()
    if not every:
        return None
    # The substitution ratio of a single code describes; the other kinds were tested against something.
    every.sort(
        key=lambda gap: (gap["kind"] == "substitution" and gap["hs_code"] != "TOTAL", -gap["score"], gap["reason"])
    )
    rows, total = every[:STRONGEST], len(every)
    heads = ("Kind", "Score of the gap", "Reporter and partner", "HS", "Period", "What was compared")
    lines = [
        tag(
            "tr",
            tag("td", row["kind"].replace("_", " ")),
            tag("td", score_bar(row["score"]), class_="number"),
            tag("td", f"{country_name(row['reporter'])} – {country_name(row['partner'])}"),
            tag("td", goods_code(row["hs_code"]) if row["hs_code"] != "TOTAL" else "all goods"),
            tag("td", row["period"] or UNKNOWN),
            tag("td", foreign(row["reason"], longest=500)),
        )
        for row in rows
    ]
    return _table("Gaps in the statistics", heads, lines, total, "gaps.parquet")


def _table(title: str, heads: tuple[str, ...], lines: list[Html], total: int, file: str) -> Html:
    head = tag("tr", *(tag("th", text, scope="col") for text in heads))
    rest = f"The strongest {count(len(lines))} of {count(total)}; all are in {file}." if total > len(lines) else None
    table = tag("table", tag("thead", head), tag("tbody", *lines))
    return join([tag("h3", title), scrolling(table, title), tag("p", rest, class_="note") if rest else None])
