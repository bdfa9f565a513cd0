"""Which leads are there, most urgent first? The table of all leads, and the boxes to narrow it."""

from collections import Counter

from landwaiter.ref.outlines import country_name
from landwaiter.report.badges import score_bar
from landwaiter.report.casebook import Casebook, Lead
from landwaiter.report.leads import names_of
from landwaiter.report.markup import Html, cut, join, tag
from landwaiter.report.record import RunRecord
from landwaiter.report.story import card_of, flags_of
from landwaiter.report.wording import count, dollars

_HEADS = (
    ("rank", "Rank"),
    ("name", "Name"),
    ("country", "Where"),
    ("score", "Score of the assessment"),
    (None, "Red flags"),
    ("value", "USD"),
)


def leads_table(leads: list[Lead], record: RunRecord) -> Html:
    """One line for each lead that is drawn in full; the script adds the others."""
    heads = [
        tag(
            "th",
            tag("button", title, type="button", data_sort=key) if key else title,
            scope="col",
            class_="number" if key in {"rank", "score", "value"} else None,
        )
        for key, title in _HEADS
    ]
    rows = [_row(lead, record) for lead in leads]
    return tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), id="ranking")


def _row(lead: Lead, record: RunRecord) -> Html:
    row = lead.assessment
    flags = flags_of(lead)
    chips = [tag("span", card_of(record, flag).title, class_="chip") for flag in flags[:3]]
    more = tag("span", f"+{len(flags) - 3}", class_="chip") if len(flags) > 3 else None
    return tag(
        "tr",
        tag("td", str(row["rank"]), class_="number"),
        tag("td", tag("a", names_of(lead), href=f"#lead-{row['rank']}")),
        tag("td", lead.where),
        tag("td", score_bar(row["score"]), class_="number"),
        tag("td", join([*chips, more], " ")),
        tag("td", dollars(row["value_usd"]), class_="number"),
        data_rank=row["rank"],
        data_kind=row["subject_kind"],
        data_score=f"{row['score']:.6f}",
        data_value=f"{row['value_usd']:.0f}",
        data_country=row["country"] or "",
        data_flags=" ".join(flags),
    )


def filters(casebook: Casebook, record: RunRecord) -> Html:
    """The boxes to narrow the table; hidden where no script runs."""
    countries = Counter(lead.assessment["country"] for lead in casebook.leads if lead.assessment["country"])
    flags = Counter(flag for lead in casebook.leads for flag in flags_of(lead))
    kinds = Counter(lead.assessment["subject_kind"] for lead in casebook.leads)
    by_kind = {kind: f"{kind} ({count(kinds[kind])})" for kind in sorted(kinds)}
    by_flag = {flag: f"{card_of(record, flag).title} ({count(flags[flag])})" for flag in sorted(flags)}
    by_country = {c: f"{country_name(c)} ({count(countries[c])})" for c in sorted(countries, key=country_name)}
    find = tag("input", type="search", id="find", placeholder="name, id, reason", autocomplete="off")
    return tag(
        "form",
        tag("label", "Find ", find),
        _choice("Kind ", "by-kind", by_kind),
        _choice("Red flag ", "by-flag", by_flag),
        _choice("Country ", "by-country", by_country),
        tag("button", "Clear", type="reset"),
        tag("output", id="found", aria_live="polite"),
        class_="filters",
        hidden=True,
    )


def _choice(label: str, key: str, options: dict[str, str]) -> Html:
    items = [
        tag("option", "all", value=""),
        *(tag("option", cut(text, 60), value=value) for value, text in options.items()),
    ]
    return tag("label", label, tag("select", *items, id=key))
