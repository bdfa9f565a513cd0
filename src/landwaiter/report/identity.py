"""Who is this? Which spellings and ids were taken for one party, and whom on a list it could be."""

from landwaiter.report.badges import INFERRED, score_bar
from landwaiter.report.casebook import Casebook, Lead
from landwaiter.report.markup import Html, cut, foreign, join, scrolling, tag
from landwaiter.report.record import RunRecord
from landwaiter.report.shelf import Match
from landwaiter.report.wording import counted, day

_HEADS = ("List", "Could be", "Name compared", "Score of the match", "What agrees and what does not", "Listed")


def list_hits(lead: Lead, casebook: Casebook, record: RunRecord) -> Html | None:
    """Whom on a list the party could be, best match first, each with the list's day and its own grounds."""
    if not lead.matches:
        return None
    heads = tag("tr", *(tag("th", head, scope="col") for head in _HEADS))
    rows = [_list_hit(match, casebook, record) for match in lead.matches[:10]]
    more = len(lead.matches) - len(rows)
    rest = f"{counted(more, 'more match', 'more matches')} in matches.parquet."
    warning = "A name that is alike is a question, not an identity: check dates, addresses and numbers."
    return join(
        [
            tag("h4", "List hits ", INFERRED),
            tag("p", warning, class_="note"),
            scrolling(tag("table", tag("thead", heads), tag("tbody", *rows)), "List hits"),
            tag("p", rest, class_="note") if more else None,
        ]
    )


def _list_hit(match: Match, casebook: Casebook, record: RunRecord) -> Html:
    entry = casebook.listings.get(match["listing_id"])
    read_on = next((source.as_of for source in record.lists if source.name == match["list"]), None)
    when = [f"since {day(entry['listed_on'])}" if entry and entry["listed_on"] else "day not published"]
    if entry and entry["delisted_on"]:
        when.append(f"until {day(entry['delisted_on'])}")
    return tag(
        "tr",
        tag("td", match["list"], tag("br"), tag("small", f"as of {day(read_on or match['as_of'])}")),
        tag(
            "td",
            foreign(entry["name"] if entry else match["listing_id"]),
            tag("br"),
            tag("small", cut(match["listing_id"], 60)),
        ),
        tag("td", foreign(match["name_matched"])),
        tag("td", score_bar(match["score"]), class_="number"),
        tag("td", foreign(match["reason"], longest=400), _decided(match)),
        tag(
            "td",
            ", ".join(when),
            _why_listed(entry["programmes"], entry["reason"], entry["source_url"]) if entry else None,
        ),
    )


def _decided(match: Match) -> Html | None:
    """An officer's word on the pair: a cleared one is set aside, and stays to be seen."""
    if not match["decided"]:
        return None
    said = "Set aside: " if match["decision"] == "cleared" else "Decision: "
    return join([tag("br"), tag("b", said), foreign(match["decided"], longest=400)])


def _why_listed(programmes: list[str], reason: str | None, address: str | None) -> Html:
    """The publisher's own grounds; its address as text, because this page opens nothing."""
    lines = [", ".join(programmes[:4]) or None, reason, address]
    return join([join([tag("br"), tag("small", foreign(line, longest=200))]) for line in lines if line])


def identity(lead: Lead) -> Html | None:
    """Which spellings and ids were taken for one party, and why: the first thing to doubt."""
    if lead.party is None:
        return tag(
            "p",
            f"Subject: {lead.assessment['subject_kind']} ",
            tag("code", cut(lead.assessment["subject_id"], 60)),
            class_="note",
        )
    party = lead.party
    parts = [
        tag("dt", "Party"),
        tag("dd", tag("code", party["party_id"]), f" · {party['kind']}"),
        tag("dt", "Spellings"),
        tag(
            "dd",
            join([foreign(name, party["country"], 80) for name in party["names"][:12]], " · "),
            _more(party["names"], 12),
        ),
        tag("dt", "Ids in the books"),
        tag(
            "dd",
            join([tag("code", cut(source, 60)) for source in party["source_ids"][:12]], " ") or "none",
            _more(party["source_ids"], 12),
        ),
    ]
    if party["why_merged"]:
        reasons = [tag("li", foreign(reason, longest=240)) for reason in party["why_merged"][:8]]
        parts += [tag("dt", "Why one party ", INFERRED), tag("dd", tag("ul", *reasons), _more(party["why_merged"], 8))]
    return join([tag("h4", "Who this is taken to be"), tag("dl", *parts, class_="identity")])


def _more(items: list[str], shown: int) -> str | None:
    return f" and {len(items) - shown} more" if len(items) > shown else None
