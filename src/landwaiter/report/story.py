"""What would an officer say of a lead in two or three sentences?"""

from landwaiter.report.casebook import Casebook, Lead
from landwaiter.report.markup import Html, foreign
from landwaiter.report.record import FlagCard, RunRecord
from landwaiter.report.route_map import routes_of
from landwaiter.report.wording import counted, dollars_short, fraction, listing, period


def story(lead: Lead, casebook: Casebook, record: RunRecord) -> list[str | Html]:
    """Who points at the lead, which rows, and whom it could be: facts of the tables, in words."""
    return [*_pointed_at(lead, record), *_rows_say(lead, casebook), *_could_be(lead, casebook)]


def _pointed_at(lead: Lead, record: RunRecord) -> list[str | Html]:
    flags = flags_of(lead)
    titles = listing([f"“{card_of(record, flag).title}”" for flag in flags], 5)
    points = "One red flag points" if len(flags) == 1 else f"{len(flags)} red flags point"
    often = f", in {counted(len(lead.findings), 'finding')}" if len(lead.findings) > len(flags) else ""
    return [f"{points} at ", foreign(lead.title, lead.assessment["country"], 120), f": {titles}{often}. "]


def _rows_say(lead: Lead, casebook: Casebook) -> list[str | Html]:
    lots = casebook.evidence_of(lead)
    if not lots:
        return []
    routes = listing([route.ends for route in routes_of(lots)], 4)
    verb = "row is" if len(lots) == 1 else "rows are"
    days = period(lots[0]["declared_on"], lots[-1]["declared_on"])
    value = dollars_short(lead.assessment["value_usd"])
    return [f"{len(lots):,} {verb} the evidence, {days}{f': {routes}' if routes else ''}; {value} in all. "]


def _could_be(lead: Lead, casebook: Casebook) -> list[str | Html]:
    best = next((match for match in lead.matches if match["decision"] != "cleared"), None)
    if best is None:
        return []
    entry = casebook.listings.get(best["listing_id"])
    name = foreign(entry["name"] if entry else best["name_matched"], longest=90)
    return ["By its name it could be ", name, f" on {best['list']} (score of the match {fraction(best['score'])})."]


def flags_of(lead: Lead) -> list[str]:
    """The lead's red flags, the one with the strongest finding first."""
    return list(dict.fromkeys(finding["flag"] for finding in lead.findings))


def card_of(record: RunRecord, flag: str) -> FlagCard:
    """The red flag's card; a flag without one keeps its id as title."""
    return record.flags.get(flag) or FlagCard(title=flag)


def kind_of(card: FlagCard) -> str:
    """The card's typology and whether it blocks, needs a licence, or only raises a question."""
    return " · ".join(word for word in (card.typology, card.kind) if word and word != "none")
