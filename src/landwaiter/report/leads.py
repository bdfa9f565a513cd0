"""How is one lead told? A summary in plain words, findings, list hits, pictures and the rows that prove it."""

from landwaiter.ref.outlines import country_name
from landwaiter.report.casebook import Casebook, Lead
from landwaiter.report.evidence import evidence_table, letters_of
from landwaiter.report.markup import Html, cut, foreign, join, language, tag
from landwaiter.report.record import FlagCard, RunRecord
from landwaiter.report.shelf import Finding, Match
from landwaiter.report.wording import UNKNOWN, counted, day, dollars_short, fraction, listing, period

INFERRED = tag("span", "inferred", class_="inferred", title="Concluded by the program; no document says it")


def lead_article(lead: Lead, casebook: Casebook, record: RunRecord, pictures: Html) -> Html:
    """One lead in full, closed until it is opened."""
    rank = lead.assessment["rank"]
    summary = tag(
        "summary",
        tag("span", str(rank), class_="rank"),
        tag("h3", names_of(lead), class_="name"),
        tag("span", whereabouts(lead), class_="where"),
        tag("span", score_bar(lead.assessment["score"]), class_="score", title="score of the assessment"),
    )
    body = tag(
        "div",
        tag("p", *_story(lead, casebook, record), class_="story"),
        _innocent(lead),
        _findings(lead, record),
        _list_hits(lead, casebook, record),
        pictures,
        tag("h4", "Evidence rows"),
        evidence_table(lead, casebook),
        _identity(lead),
        class_="body",
        id=f"lead-{rank}",
    )
    return tag("details", summary, body, class_="lead", data_rank=rank, open=rank == 1)


def title_of(lead: Lead) -> str:
    """The lead's name; a chain, which has none, is called by its ends."""
    if lead.assessment["name"]:
        return lead.assessment["name"]
    if lead.links:
        return f"Chain from {country_name(lead.links[0]['from_origin'])} to {country_name(lead.links[0]['to_target'])}"
    return f"{lead.assessment['subject_kind'].capitalize()} {lead.assessment['subject_id']}"


def names_of(lead: Lead) -> Html:
    """The main name, and one spelling in every other script that the books write it in."""
    country = lead.assessment["country"]
    title = title_of(lead)
    others: dict[str | None, str] = {}
    for name in lead.party["names"] if lead.party else []:
        if (script := language(name, country)) != language(title, country):
            others.setdefault(script, name)
    spans = [tag("span", " ", foreign(name, country, 60), class_="other") for name in list(others.values())[:3]]
    return join([foreign(title, country, 90), *spans])


def whereabouts(lead: Lead) -> str:
    """The country of a party, or both ends of a chain, by name."""
    if lead.assessment["country"]:
        return country_name(lead.assessment["country"])
    if lead.links:
        return f"{lead.links[0]['from_origin']} → {lead.links[0]['to_target']}"
    return "country not stated"


def score_bar(value: float) -> Html:
    """A score or strength as a figure and a bar of the same length."""
    bar = tag("rect", width=f"{min(max(value, 0), 1) * 40:.1f}", height="5", rx="1", class_="fill")
    ground = tag("rect", width="40", height="5", rx="1", class_="ground")
    return join([tag("svg", ground, bar, viewBox="0 0 40 5", class_="bar", aria_hidden="true"), fraction(value)], " ")


def _story(lead: Lead, casebook: Casebook, record: RunRecord) -> list[str]:
    """Two to four sentences that an officer can read aloud."""
    lots = casebook.lots_of(lead)
    flags = list(dict.fromkeys(finding["flag"] for finding in lead.findings))
    what = f"{counted(len(lead.findings), 'finding')} of {counted(len(flags), 'red flag')}"
    flagged = listing([f"“{card_of(record, flag).title}”" for flag in flags])
    starts = _countries([lot["dispatch_country"] for lot in lots])
    ends = _countries([lot["destination_country"] for lot in lots])
    first, last = (lots[0]["declared_on"], lots[-1]["declared_on"]) if lots else (None, None)
    sentences = [f"{title_of(lead)[:90]} is the subject of {what}: {flagged}. "]
    if lots:
        goods = f"The {counted(len(lots), 'row')} concerned went from {starts} to {ends} {period(first, last)}"
        sentences.append(f"{goods}; {dollars_short(lead.assessment['value_usd'])} in all. ")
    if lead.matches:
        best = lead.matches[0]
        who = casebook.listings.get(best["listing_id"])
        shown = who["name"] if who else best["name_matched"]
        sentences.append(
            f"By its name it could be {shown[:90]} on {best['list']} (score of the match {fraction(best['score'])}). "
        )
    if lead.links:
        sentences.append("Which lot left in which is inferred, first in first out. ")
    return sentences


def _countries(codes: list[str | None]) -> str:
    seen = [country_name(code) for code in dict.fromkeys(codes) if code]
    return listing(seen, 4) if seen else UNKNOWN


def card_of(record: RunRecord, flag: str) -> FlagCard:
    """The red flag's card; a flag without one keeps its id as title."""
    return record.flags.get(flag) or FlagCard(title=flag)


def _innocent(lead: Lead) -> Html | None:
    """What an honest firm in this place would say; asked before anything else."""
    if not lead.assessment["innocent"]:
        return None
    items = [tag("li", foreign(reason, longest=300)) for reason in lead.assessment["innocent"][:8]]
    return tag("div", tag("strong", "It may be innocent. Rule out first:"), tag("ul", *items), class_="innocent")


def _findings(lead: Lead, record: RunRecord) -> Html:
    letters = letters_of(lead)
    items = [_finding(letter, finding, record) for letter, finding in zip(letters[:26], lead.findings, strict=False)]
    more = len(lead.findings) - len(items)
    rest = tag("p", f"{counted(more, 'more finding')} in findings.parquet.", class_="note") if more > 0 else None
    return join([tag("h4", "Findings"), tag("ol", *items, class_="findings"), rest])


def _finding(letter: str, finding: Finding, record: RunRecord) -> Html:
    card = card_of(record, finding["flag"])
    facts = [
        card.typology,
        f"{finding['subject_kind']} {cut(finding['subject_id'], 60)}",
        period(finding["first_on"], finding["last_on"]),
    ]
    facts.append(counted(len(finding["evidence"]), "row or id", "rows and ids"))
    return tag(
        "li",
        tag("span", letter, class_="letter"),
        tag(
            "div",
            tag("b", card.title),
            " ",
            tag("span", "strength of the finding ", score_bar(finding["strength"]), class_="strength"),
        ),
        tag("div", foreign(finding["reason"], longest=600)),
        tag("div", " · ".join(filter(None, facts)), class_="note"),
        tag("div", "Innocent explanation: ", card.innocent, class_="note") if card.innocent else None,
    )


def _list_hits(lead: Lead, casebook: Casebook, record: RunRecord) -> Html | None:
    if not lead.matches:
        return None
    heads = ("List", "Could be", "Name compared", "Score of the match", "What agrees and what does not", "Listed")
    rows = [_list_hit(match, casebook, record) for match in lead.matches[:10]]
    more = len(lead.matches) - len(rows)
    return join(
        [
            tag("h4", "List hits ", INFERRED),
            tag(
                "p",
                "A name that is alike is a question, not an identity: check dates, addresses and numbers.",
                class_="note",
            ),
            tag(
                "div",
                tag(
                    "table",
                    tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
                    tag("tbody", *rows),
                ),
                class_="wide",
                tabindex=0,
                role="region",
                aria_label="List hits",
            ),
            tag("p", f"{counted(more, 'more match', 'more matches')} in matches.parquet.", class_="note")
            if more > 0
            else None,
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
        tag("td", foreign(match["reason"], longest=400)),
        tag(
            "td",
            ", ".join(when),
            _why_listed(entry["programmes"], entry["reason"], entry["source_url"]) if entry else None,
        ),
    )


def _why_listed(programmes: list[str], reason: str | None, address: str | None) -> Html:
    """The publisher's own grounds; its address as text, because this page opens nothing."""
    lines = [", ".join(programmes[:4]) or None, reason, address]
    return join([join([tag("br"), tag("small", foreign(line, longest=200))]) for line in lines if line])


def _identity(lead: Lead) -> Html | None:
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
