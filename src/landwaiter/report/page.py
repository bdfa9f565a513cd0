"""What does the reader of a finished run open? One file, report.html, that needs nothing but itself."""

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

from landwaiter.report.casebook import Casebook, gather
from landwaiter.report.leads import lead_article
from landwaiter.report.markup import Html, join, tag
from landwaiter.report.overview import coverage_note, did_not_run, figures, masthead
from landwaiter.report.provenance import closing, provenance
from landwaiter.report.ranking import filters, leads_table, short_form
from landwaiter.report.record import RunRecord, read_record
from landwaiter.report.shelf import Shelf

DRAWN_BYTES = 1_600_000  # of leads in full: the page stays under 3 MB whatever the run found
PAGE_BYTES = 2_800_000


def write_report(folder: Path) -> Path:
    """Write `report.html` into a finished run's folder, aside and then renamed, and give its path.

    Reads run.json and of the Parquet tables only the rows that the leads point at; a table that is not there is named
    under 'What did not run'.
    """
    page = _page(read_record(folder), Shelf(folder))
    aside = folder / ".report.html.part"
    aside.write_text(page, encoding="utf-8")
    return aside.replace(folder / "report.html")


def _page(record: RunRecord, shelf: Shelf) -> str:
    casebook = gather(shelf)
    articles = _articles(casebook, record)
    drawn = casebook.leads[: len(articles)]
    main = [
        tag("nav", *(tag("a", text, href=f"#{key}") for key, text in _PARTS), aria_label="Parts of this page"),
        masthead(record, shelf),
        did_not_run(record, shelf),
        figures(record, shelf),
    ]
    tail = [provenance(record, shelf), closing()]
    table = leads_table(drawn, record)
    spent = sum(len(part.encode()) for part in (*articles, *main, *tail, table))
    data, short = short_form(casebook.leads[len(drawn) :], record, PAGE_BYTES - spent - 150_000)
    leads = tag(
        "section",
        tag("h2", "Leads", id="leads"),
        coverage_note(shelf, len(drawn), short),
        filters(casebook, record),
        tag("div", table, class_="wide", tabindex=0, role="region", aria_label="Ranked leads"),
        tag("div", *articles, id="articles"),
    )
    return _document(record, join([*main, leads, *tail, data]))


def _articles(casebook: Casebook, record: RunRecord) -> list[Html]:
    """As many leads in full as the byte budget lets through, at least the first."""
    articles: list[Html] = []
    left = DRAWN_BYTES
    for lead in casebook.drawn:
        article = lead_article(lead, casebook, record, Html(""))
        left -= len(article.encode())
        if left < 0 and articles:
            break
        articles.append(article)
    return articles


_PARTS = (("not-run", "Not run"), ("leads", "Leads"), ("inputs", "Inputs"), ("reading", "How to read this"))


def _document(record: RunRecord, content: Html) -> str:
    """The whole file. Style and script are allowed by their digests alone, so nothing else can run or be fetched."""
    style, script = (
        files("landwaiter.report").joinpath(name).read_text(encoding="utf-8") for name in ("page.css", "page.js")
    )
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    head = join(
        [
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=policy),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("link", rel="icon", href="data:,"),
            tag("title", f"Leads as of {record.as_of.isoformat()} · landwaiter"),
            Html(f"<style>{style}</style>"),
        ],
        "\n",
    )
    body = tag("body", tag("main", content), Html(f"<script>{script}</script>"))
    return f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n</head>\n{body}\n</html>\n'


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
