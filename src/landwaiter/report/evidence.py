"""Which rows prove a finding? The table of lots under each lead, every row citable by file and line."""

from landwaiter.report.casebook import Casebook, Lead
from landwaiter.report.markup import Html, foreign, join, scrolling, tag
from landwaiter.report.shelf import Control, Finding, Lot
from landwaiter.report.wording import counted, day, dollars, goods_code, quantity

SHOWN = 20  # rows of one finding
ROWS = 60  # rows of one lead

_HEADS = (
    ("Day", None),
    ("Cite as", "Reporter, file and line; the file's digest is under Inputs"),
    ("Exporter and consignee", None),
    ("Route", "Dispatch to destination as declared; origin where another country is declared"),
    ("HS", None),
    ("Goods as declared", None),
    ("Quantity", None),
    ("USD", None),
    ("Findings", "Which of the findings above point at the row"),
)


def cited_rows(finding: Finding, casebook: Casebook) -> list[Lot]:
    """The first lots that a finding points at, in the order in which it names them."""
    return [casebook.lots[row] for row in finding["evidence"][:SHOWN] if row in casebook.lots]


def evidence_table(lead: Lead, casebook: Casebook) -> Html:
    """One table of all rows that the lead's findings point at, each once, by day, with the letters of its findings."""
    letters: dict[str, str] = {}
    for letter, finding in zip(letters_of(lead), lead.findings, strict=True):
        for lot in cited_rows(finding, casebook):
            letters[lot["row_id"]] = letters.get(lot["row_id"], "") + f" {letter}"
    lots = sorted((casebook.lots[row] for row in letters), key=lambda lot: (lot["declared_on"], lot["row_id"]))
    if not lots:
        return tag("p", "The findings name no row of the shipments table.", class_="none")
    heads = tag(
        "tr",
        *(
            tag("th", head, scope="col", title=title, class_="number" if head in {"Quantity", "USD"} else None)
            for head, title in _HEADS
        ),
    )
    rows = [_row(lot, letters[lot["row_id"]].strip(), casebook.controls.get(lot["row_id"], [])) for lot in lots[:ROWS]]
    table = tag("table", tag("thead", heads), tag("tbody", *rows), class_="evidence")
    return join([scrolling(table, "Evidence rows"), _rest(lead, lots)])


def letters_of(lead: Lead) -> list[str]:
    """A, B, C ... for the lead's findings; after Z come numbers."""
    return [chr(ord("A") + i) if i < 26 else str(i + 1) for i in range(len(lead.findings))]


def _rest(lead: Lead, lots: list[Lot]) -> Html | None:
    """What the table leaves out, said for each finding that it concerns."""
    notes = [
        f"{letter}: {counted(len(finding['evidence']) - SHOWN, 'more id')}"
        for letter, finding in zip(letters_of(lead), lead.findings, strict=True)
        if len(finding["evidence"]) > SHOWN
    ]
    if len(lots) > ROWS:
        notes.append(f"{counted(len(lots) - ROWS, 'row')} of those above are not drawn here")
    return tag("p", f"In findings.parquet: {'; '.join(notes)}.", class_="note") if notes else None


def _row(lot: Lot, letters: str, controls: list[Control]) -> Html:
    return tag(
        "tr",
        tag("td", day(lot["declared_on"])),
        tag(
            "td",
            f"{lot['reporter']} {lot['flow']}",
            tag("br"),
            tag("small", foreign(lot["file"], longest=40), f":{lot['line']}"),
        ),
        tag(
            "td",
            foreign(lot["exporter_name"], lot["exporter_country"], 80),
            tag("br"),
            "→ ",
            foreign(lot["consignee_name"], lot["consignee_country"], 80),
            _end_user(lot),
        ),
        tag("td", route(lot)),
        tag("td", goods_code(lot["hs_code"]), *(_control(control) for control in controls[:2])),
        tag("td", foreign(lot["description"], lot["reporter"], 120)),
        tag("td", quantity(lot["quantity"], lot["quantity_unit"])),
        tag("td", dollars(lot["value_usd"])),
        tag("td", letters),
    )


def route(lot: Lot) -> Html:
    """Dispatch to destination, with the declared origin where it is another country."""
    start, end = ends_of(lot)
    made = lot["origin_country"]
    origin = join([tag("br"), tag("small", f"made in {made}")]) if made and made != start else None
    return join([f"{start or '?'} → {end or '?'}", origin])


def ends_of(lot: Lot) -> tuple[str | None, str | None]:
    """Where the leg starts and ends as declared; a party's country stands in for a missing one."""
    return lot["dispatch_country"] or lot["exporter_country"], lot["destination_country"] or lot["consignee_country"]


def _end_user(lot: Lot) -> Html | None:
    if not lot["end_user_name"]:
        return None
    return join([tag("br"), tag("small", "end user ", foreign(lot["end_user_name"], lot["consignee_country"], 80))])


def _control(control: Control) -> Html:
    tier = f" tier {control['tier']}" if control["tier"] else f" {control['entry']}"
    words = f"{control['control_list']}{tier}: {control['answer']}"
    return join([tag("br"), tag("small", words, title=control["reason"][:300])])
