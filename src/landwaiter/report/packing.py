"""How do ten thousand leads fit into one page? What few will open is deflated, and the script unpacks it when asked.

The first leads stand in the page as they are. The further ones hold the same markup, packed one by one; after those
comes a list of all others in short. Every fact in it is also in the tables beside the page.
"""

import base64
import json
import zlib
from collections.abc import Iterable

from landwaiter.report.casebook import Lead
from landwaiter.report.markup import Html, cut, language, tag, visible
from landwaiter.report.record import RunRecord
from landwaiter.report.story import card_of, flags_of
from landwaiter.report.wording import fraction


def pack(text: str) -> str:
    """The text deflated without a header, in letters that are safe within a script element."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.b64encode(packer.compress(text.encode()) + packer.flush()).decode()


def packed_leads(articles: Iterable[tuple[int, Html]], budget: int) -> list[Html]:
    """Leads in full as packed markup, by their rank, as many as fit into so many bytes."""
    blocks: list[Html] = []
    for rank, article in articles:
        block = tag("script", Html(pack(article)), type="text/plain", id=f"packed-{rank}")
        budget -= len(block)
        if budget < 0:
            break
        blocks.append(block)
    return blocks


def short_leads(leads: list[Lead], record: RunRecord, budget: int) -> tuple[Html, int]:
    """Leads in short as one packed JSON text, as many as fit into so many bytes, and how many these are."""
    kept = len(leads)
    while True:
        block = tag("script", Html(pack(_as_json(leads[:kept], record))), type="text/plain", id="short-leads")
        if len(block) <= budget or kept == 0:
            return block, kept
        kept = kept * budget * 9 // (len(block) * 10)


def _as_json(leads: list[Lead], record: RunRecord) -> str:
    flags = sorted({finding["flag"] for lead in leads for finding in lead.findings})
    number = {flag: i for i, flag in enumerate(flags)}
    titles = [visible(cut(card_of(record, flag).title)) for flag in flags]
    whole = {"flags": flags, "titles": titles, "leads": [_short(lead, number) for lead in leads]}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _short(lead: Lead, number: dict[str, int]) -> list[object]:
    """rank, kind, id, name, language, country code, where, score, US dollars, findings, red flags of all findings."""
    row = lead.assessment
    findings = [[number[f["flag"]], fraction(f["strength"]), visible(cut(f["reason"], 200))] for f in lead.findings[:5]]
    return [
        row["rank"],
        row["subject_kind"],
        visible(cut(row["subject_id"], 60)),
        visible(cut(lead.title, 120)),
        language(lead.title, row["country"]) or "",
        row["country"] or "",
        lead.where,
        round(row["score"], 4),
        round(row["value_usd"]),
        findings,
        [number[flag] for flag in flags_of(lead)],
    ]


def without_script(short: int) -> Html | None:
    """What a reader without the script does not see, said to that reader."""
    if short == 0:
        return None
    words = f"{short:,} more leads are kept packed in this page and need its script. They are in assessments.parquet."
    return tag("noscript", tag("p", words, class_="missing"))
