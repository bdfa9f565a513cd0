"""What does the reader of a finished run open? One file, report.html, that needs nothing but itself."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from landwaiter.report.badges import INFERRED
from landwaiter.report.casebook import Casebook, Lead, gather
from landwaiter.report.chain_graph import chain_graph
from landwaiter.report.chain_picture import chain_picture
from landwaiter.report.document import document
from landwaiter.report.elsewhere import elsewhere
from landwaiter.report.leads import lead_article
from landwaiter.report.markup import Html, join, scrolling, tag
from landwaiter.report.overview import coverage_note, did_not_run, figures, masthead
from landwaiter.report.ownership_graph import ownership_graph
from landwaiter.report.ownership_picture import ownership_picture
from landwaiter.report.packing import packed_leads, short_leads, without_script
from landwaiter.report.provenance import closing, provenance
from landwaiter.report.ranking import filters, leads_table
from landwaiter.report.record import RunRecord, read_record
from landwaiter.report.route_map import overall_map, route_map
from landwaiter.report.shelf import Shelf
from landwaiter.report.timeline import timeline

# Whatever the run found, the page stays under 3 MB: leads in full, leads in full but packed, and the whole.
DRAWN_BYTES, PACKED_BYTES, PAGE_BYTES = 1_100_000, 1_200_000, 2_900_000
PAPER = "On paper stand the first 20 leads and those that were open when it was printed; the others only in the table."
FIXED_BYTES = 120_000  # style, script and outlines

_PARTS = {
    "not-run": "Not run",
    "leads": "Leads",
    "beside": "Beside the leads",
    "inputs": "Inputs",
    "reading": "How to read this",
}


def write_report(folder: Path) -> Path:
    """Write `report.html` into a finished run's folder, aside and then renamed, and give its path.

    Reads run.json and of the Parquet tables only the rows that the leads point at; a table that is not there is named
    under 'What did not run'.
    """
    record = read_record(folder)
    page = document(f"Leads as of {record.as_of.isoformat()} · landwaiter", _content(record, Shelf(folder)))
    aside = folder / ".report.html.part"
    aside.write_text(page, encoding="utf-8")
    return aside.replace(folder / "report.html")


def _content(record: RunRecord, shelf: Shelf) -> Html:
    casebook = gather(shelf, record.concern())
    drawn, packed = _articles(casebook, record)
    table = leads_table(casebook.leads[: len(drawn)], record)
    beside = elsewhere(record, shelf)
    head = [
        _contents(beside is not None),
        masthead(record, shelf),
        did_not_run(record, shelf),
        figures(record, shelf),
    ]
    tail = [beside, provenance(record, shelf), closing(), *packed]
    leads = [overall_map(casebook), filters(casebook, record), tag("div", *drawn, id="articles")]
    spent = sum(len(part.encode()) for part in (*head, *tail, *leads, table) if part)
    data, short = short_leads(casebook.leads[len(drawn) :], record, PAGE_BYTES - FIXED_BYTES - spent)
    full = len(drawn) + len(packed)
    section = tag(
        "section",
        tag("h2", "Leads", id="leads"),
        leads[0],
        coverage_note(shelf, min(full, len(drawn) + short), max(len(drawn) + short - full, 0)),
        leads[1],
        scrolling(table, "Ranked leads"),
        without_script(short),
        tag("p", PAPER, class_="note paper"),
        leads[2],
    )
    return join([*head, section, *tail, data])


def _contents(has_beside: bool) -> Html:
    links = [tag("a", text, href=f"#{key}") for key, text in _PARTS.items() if has_beside or key != "beside"]
    return tag("nav", *links, aria_label="Parts of this page")


def _articles(casebook: Casebook, record: RunRecord) -> tuple[list[Html], list[Html]]:
    """Leads in full, as many as the budget lets through and at least the first; then further ones, packed."""
    articles = _drawn(casebook, record)
    plain: list[Html] = []
    left = DRAWN_BYTES
    for rank, article in articles:
        left -= len(article.encode())
        if left < 0 and plain:
            return plain, packed_leads(chain([(rank, article)], articles), PACKED_BYTES)
        plain.append(article)
    return plain, []


def _drawn(casebook: Casebook, record: RunRecord) -> Iterator[tuple[int, Html]]:
    for lead in casebook.drawn:
        yield lead.assessment["rank"], lead_article(lead, casebook, record, _pictures(lead, casebook))


def _pictures(lead: Lead, casebook: Casebook) -> Html:
    """The lead's chain, map and timeline, each only where there is something to draw."""
    graph = chain_graph(lead, casebook)
    chain_part = [tag("h4", "Chain ", INFERRED), chain_picture(graph, casebook)] if graph else []
    routes = route_map(casebook.travel_of(lead), casebook.concern)
    months = timeline(lead, casebook)
    pair = [
        tag("div", tag("h4", "Routes"), routes) if routes else None,
        tag("div", tag("h4", "In and out by month"), months) if months else None,
    ]
    owners = ownership_graph(lead, casebook)
    owner_part = [tag("h4", "Owners"), ownership_picture(owners, lead, casebook)] if owners else []
    return join([*owner_part, *chain_part, tag("div", *pair, class_="pair") if any(pair) else None])
