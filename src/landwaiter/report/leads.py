"""How is one lead told? A summary in plain words, findings, list hits, pictures and the rows that prove it."""

from landwaiter.report.badges import score_bar
from landwaiter.report.casebook import Casebook, Lead
from landwaiter.report.evidence import SHOWN, evidence_table, letters_of
from landwaiter.report.identity import identity, list_hits
from landwaiter.report.markup import Html, cut, foreign, join, language, tag
from landwaiter.report.questions import questions
from landwaiter.report.record import RunRecord
from landwaiter.report.shelf import Finding
from landwaiter.report.story import card_of, kind_of, story
from landwaiter.report.wording import counted, period

VIEWS = {
    "a": "view (a): one end's books only",
    "b": "view (b): books of both ends, none of the hub",
    "c": "view (c): its own country's books",
}


def lead_article(lead: Lead, casebook: Casebook, record: RunRecord, pictures: Html) -> Html:
    """One lead in full; the first one shown is open, the others are closed until a reader opens them."""
    rank = lead.assessment["rank"]
    summary = tag(
        "summary",
        tag("span", str(rank), class_="rank"),
        tag("h3", names_of(lead), class_="name"),
        tag("span", lead.where, class_="where"),
        tag("span", score_bar(lead.assessment["score"]), class_="score", title="score of the assessment"),
    )
    body = tag(
        "div",
        tag("p", *story(lead, casebook, record), class_="story"),
        _innocent(lead),
        _findings(lead, casebook, record),
        questions(lead, casebook),
        list_hits(lead, casebook, record),
        pictures,
        tag("h4", "Evidence rows"),
        evidence_table(lead, casebook),
        identity(lead),
        class_="body",
        id=f"lead-{rank}",
    )
    return tag("details", summary, body, class_="lead", data_rank=rank, open=lead is casebook.leads[0])


def names_of(lead: Lead) -> Html:
    """The main name, and one spelling in every other script that the books write it in."""
    country = lead.assessment["country"]
    others: dict[str | None, str] = {}
    for name in lead.party["names"] if lead.party else []:
        if (script := language(name, country)) != language(lead.title, country):
            others.setdefault(script, name)
    spans = [tag("span", " ", foreign(name, country, 60), class_="other") for name in list(others.values())[:3]]
    return join([foreign(lead.title, country, 120), *spans])


def _innocent(lead: Lead) -> Html | None:
    """What an honest firm in this place would say; asked before anything else."""
    if not lead.assessment["innocent"]:
        return None
    items = [tag("li", foreign(reason, longest=300)) for reason in lead.assessment["innocent"][:8]]
    return tag("div", tag("strong", "It may be innocent. Rule out first:"), tag("ul", *items), class_="innocent")


def _findings(lead: Lead, casebook: Casebook, record: RunRecord) -> Html:
    letters = letters_of(lead)
    items = [
        _finding(letter, finding, casebook, record)
        for letter, finding in zip(letters[:26], lead.findings, strict=False)
    ]
    more = len(lead.findings) - len(items)
    rest = tag("p", f"{counted(more, 'more finding')} in findings.parquet.", class_="note") if more > 0 else None
    return join([tag("h4", "Findings"), tag("ol", *items, class_="findings"), rest])


def _finding(letter: str, finding: Finding, casebook: Casebook, record: RunRecord) -> Html:
    card = card_of(record, finding["flag"])
    facts = [
        kind_of(card),
        f"{finding['subject_kind']} {cut(finding['subject_id'], 60)}",
        period(finding["first_on"], finding["last_on"]),
    ]
    facts.append(counted(len(finding["evidence"]), "row or id", "rows and ids"))
    if finding["view"] in VIEWS:
        facts.append(VIEWS[finding["view"]])
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
        _other_ids(finding, casebook),
        tag("div", "Innocent explanation: ", card.innocent, class_="note") if card.innocent else None,
        tag("div", "Tested: ", foreign(finding["tested"], longest=800), class_="note") if finding["tested"] else None,
    )


def _other_ids(finding: Finding, casebook: Casebook) -> Html | None:
    """What the finding points at beside rows: parties by name, anything else by its id."""
    others = [item for item in finding["evidence"][:SHOWN] if item not in casebook.lots]
    if not others:
        return None
    shown = [
        foreign(casebook.parties[item]["name"]) if item in casebook.parties else tag("code", cut(item, 60))
        for item in others[:6]
    ]
    more = f" and {len(others) - 6} more" if len(others) > 6 else None
    return tag("div", "Also points at ", join(shown, " · "), more, class_="note")
