"""Which leads are there, most urgent first? The table of all leads, and the short form of those not drawn in full."""

import json
from collections import Counter

from landwaiter.ref.outlines import country_name
from landwaiter.report.casebook import Casebook, Lead
from landwaiter.report.leads import card_of, names_of, score_bar, title_of
from landwaiter.report.markup import Html, cut, join, language, tag, visible
from landwaiter.report.record import RunRecord
from landwaiter.report.wording import dollars, fraction

_HEADS = (
    ("rank", "Rank"),
    ("name", "Name"),
    ("country", "Country"),
    ("score", "Score of the assessment"),
    (None, "Red flags"),
    ("value", "USD"),
)


def leads_table(leads: list[Lead], record: RunRecord) -> Html:
    """One line for each lead that is drawn in full; the script adds the others to it and sorts and filters them all."""
    heads = [
        tag("th", tag("button", title, type="button", data_sort=key) if key else title, scope="col", class_=key)
        for key, title in _HEADS
    ]
    rows = [_row(lead, record) for lead in leads]
    return tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), id="ranking")


def _row(lead: Lead, record: RunRecord) -> Html:
    row = lead.assessment
    flags = flags_of(lead)
    chips = [tag("span", card_of(record, flag).title, class_="chip") for flag in flags[:4]]
    more = tag("span", f"+{len(flags) - 4}", class_="chip") if len(flags) > 4 else None
    return tag(
        "tr",
        tag("td", str(row["rank"]), class_="number"),
        tag("td", tag("a", names_of(lead), href=f"#lead-{row['rank']}")),
        tag("td", country_name(row["country"]) if row["country"] else row["subject_kind"]),
        tag("td", score_bar(row["score"]), class_="number"),
        tag("td", join([*chips, more], " ")),
        tag("td", dollars(row["value_usd"]), class_="number"),
        data_rank=row["rank"],
        data_score=f"{row['score']:.6f}",
        data_value=f"{row['value_usd']:.0f}",
        data_country=row["country"] or "",
        data_flags=" ".join(flags),
    )


def flags_of(lead: Lead) -> list[str]:
    """The lead's red flags, the one with the strongest finding first."""
    return list(dict.fromkeys(finding["flag"] for finding in lead.findings))


def short_form(leads: list[Lead], record: RunRecord, budget: int) -> tuple[Html, int]:
    """Further leads as data for the script, as many as fit into so many bytes, and how many these are."""
    flags = sorted({finding["flag"] for lead in leads for finding in lead.findings})
    number = {flag: i for i, flag in enumerate(flags)}
    lines: list[str] = []
    for lead in leads:
        line = _as_data(_short(lead, number))
        budget -= len(line.encode()) + 2
        if budget < 0:
            break
        lines.append(line)
    head = _as_data({"flags": flags, "titles": [visible(card_of(record, flag).title) for flag in flags]})
    text = f'{head[:-1]},"leads":[{",".join(lines)}]}}'
    return Html(f'<script type="application/json" id="more-leads">{text}</script>'), len(lines)


def _short(lead: Lead, number: dict[str, int]) -> list[object]:
    """rank, kind, id, name, language, country code and name, score, US dollars, findings (flag, strength, reason)."""
    row, name = lead.assessment, cut(title_of(lead), 90)
    findings = [[number[f["flag"]], fraction(f["strength"]), visible(cut(f["reason"], 200))] for f in lead.findings[:5]]
    return [
        row["rank"],
        row["subject_kind"],
        visible(cut(row["subject_id"], 60)),
        visible(name),
        language(name, row["country"]) or "",
        row["country"] or "",
        country_name(row["country"]) if row["country"] else "",
        round(row["score"], 4),
        round(row["value_usd"]),
        findings,
    ]


def _as_data(value: object) -> str:
    """JSON that cannot end the script element that holds it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def filters(casebook: Casebook, record: RunRecord) -> Html:
    """The boxes to narrow the table; hidden where no script runs."""
    countries = Counter(lead.assessment["country"] for lead in casebook.leads if lead.assessment["country"])
    flags = Counter(flag for lead in casebook.leads for flag in flags_of(lead))
    return tag(
        "form",
        tag(
            "label",
            "Find ",
            tag("input", type="search", id="find", placeholder="name, country, id, reason", autocomplete="off"),
        ),
        _choice(
            "Red flag ", "by-flag", {flag: f"{card_of(record, flag).title} ({flags[flag]:,})" for flag in sorted(flags)}
        ),
        _choice(
            "Country ",
            "by-country",
            {c: f"{country_name(c)} ({countries[c]:,})" for c in sorted(countries, key=country_name)},
        ),
        tag("button", "Clear", type="reset"),
        tag("output", id="found", aria_live="polite"),
        class_="filters needs-script",
        hidden=True,
    )


def _choice(label: str, key: str, options: dict[str, str]) -> Html:
    items = [
        tag("option", "all", value=""),
        *(tag("option", cut(text, 60), value=value) for value, text in options.items()),
    ]
    return tag("label", label, tag("select", *items, id=key))
