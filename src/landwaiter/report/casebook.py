"""What belongs to which lead? The rows of a run gathered around the subjects that the report shows."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypedDict

import pyarrow as pa

from landwaiter.report.naming import name_leads
from landwaiter.report.shelf import (
    Assessment,
    Control,
    Finding,
    Hop,
    Link,
    Listing,
    Lot,
    Match,
    Owner,
    Party,
    Question,
    Shelf,
    Verdict,
)

DRAWN = 200  # leads drawn in full
FIRMS = 140  # of these, parties first; chains take the rest, and the place of parties that are not there
LISTED = 20_000  # chains beyond this rank are not read; the page's byte budget shows fewer
CHAINS = 8  # chains merged into one picture
LAYERS = 6  # of owners above a lead that are read
PICTURED = 100  # evidence rows of one finding that the pictures use

_FINDING = ("finding_id", "flag", "subject_kind", "subject_id", "strength", "reason", "first_on", "last_on")


@dataclass(slots=True)
class Months:
    """Lots and US cents that one party received and sent, by month (its first day)."""

    received: dict[date, tuple[int, int]] = field(default_factory=dict)
    sent: dict[date, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lead:
    """One assessment with its findings and the chains that its evidence lies on."""

    assessment: Assessment
    findings: list[Finding]
    party: Party | None
    matches: list[Match]
    links: list[Link]
    chains_left_out: int
    title: str
    where: str


@dataclass(frozen=True, slots=True)
class Casebook:
    """Leads in the order in which they are shown, and the rows that they point at, each once."""

    leads: list[Lead]
    lots: dict[str, Lot]
    parties: dict[str, Party]
    listings: dict[str, Listing]
    hops: dict[str, list[Hop]]
    controls: dict[str, list[Control]]
    months: dict[str, Months]
    concern: dict[str, date]
    owners: dict[str, list[Owner]] = field(default_factory=dict)
    verdicts: dict[str, list[Verdict]] = field(default_factory=dict)
    questions: dict[str, list[Question]] = field(default_factory=dict)

    @property
    def drawn(self) -> list[Lead]:
        """The leads that are drawn in full."""
        return self.leads[:DRAWN]

    def evidence_of(self, lead: Lead) -> list[Lot]:
        """Every lot that the lead's findings point at, by day."""
        return self._lots({row for finding in lead.findings for row in finding["evidence"][:PICTURED]})

    def travel_of(self, lead: Lead) -> list[Lot]:
        """The evidence, and for a party also the legs before and after it on the chains that it lies on."""
        links = lead.links if lead.assessment["subject_kind"] == "party" else []
        return self._lots({lot["row_id"] for lot in self.evidence_of(lead)} | {link["row_id"] for link in links})

    def _lots(self, rows: set[str]) -> list[Lot]:
        lots = [self.lots[row] for row in rows if row in self.lots]
        return sorted(lots, key=lambda lot: (lot["declared_on"], lot["row_id"]))


def gather(shelf: Shelf, concern: dict[str, date]) -> Casebook:
    """Read the assessments, and of every other table only the rows that they lead to.

    Args:
        concern: destinations of concern, and since when, for the pictures.
    """
    assessments = _in_order(_rows(shelf.leads(LISTED)))
    findings = _findings(shelf, assessments)
    shown = [finding for row in assessments[:DRAWN] for finding in findings[row["subject_id"], row["subject_kind"]]]
    evidence = {row for finding in shown for row in finding["evidence"][:PICTURED]}
    links = _links(shelf, shown, assessments[:DRAWN], evidence)
    by_row = _chains_by_row(links)
    rows = evidence | {link["row_id"] for chain in links.values() for link in chain}
    lots = {lot["row_id"]: lot for lot in _rows(shelf.where("shipments", Lot.__annotations__, row_id=rows))}
    parties = _parties(shelf, assessments, lots)
    subjects = {row["subject_id"] for row in assessments[:DRAWN] if row["subject_kind"] == "party"}
    behind = _owners(shelf, subjects)
    unnamed = {one for verdict in _all(behind["verdicts"]) for edge in verdict["edges"] for one in edge.split(">")}
    for party in _rows(shelf.where("parties", Party.__annotations__, party_id=unnamed - set(parties))):
        parties[party["party_id"]] = party
    matches: dict[str, list[Match]] = defaultdict(list)
    for match in _rows(shelf.where("matches", Match.__annotations__, party_id=subjects)):
        matches[match["party_id"]].append(match)
    named = {match["listing_id"] for found in matches.values() for match in found}
    controls: dict[str, list[Control]] = defaultdict(list)
    for control in _rows(shelf.where("controls", Control.__annotations__, row_id=set(lots))):
        controls[control["row_id"]].append(control)
    leads = []
    for row, name in zip(assessments, name_leads(shelf, assessments), strict=True):
        own = findings[row["subject_id"], row["subject_kind"]]
        way, left_out = _links_of(row, own, links, by_row)
        hits = sorted(matches.get(row["subject_id"], []), key=lambda match: (-match["score"], match["listing_id"]))
        leads.append(Lead(row, own, parties.get(row["subject_id"]), hits, way, left_out, *name))
    return Casebook(
        leads=leads,
        lots=lots,
        parties=parties,
        listings={row["listing_id"]: row for row in _rows(_listings(shelf, named))},
        hops=_hops(shelf, set(lots)),
        controls=dict(controls),
        months=_months(shelf, subjects),
        concern=concern,
        questions=_questions(shelf, subjects),
        **behind,
    )


def _questions(shelf: Shelf, parties: set[str]) -> dict[str, list[Question]]:
    """The check list of each of these parties, in the order of its questions."""
    asked: dict[str, list[Question]] = defaultdict(list)
    for one in _rows(shelf.where("checklist", Question.__annotations__, subject_id=parties)):
        asked[one["subject_id"]].append(one)
    return {party: sorted(found, key=lambda one: one["question"]) for party, found in asked.items()}


class _Behind(TypedDict):
    owners: dict[str, list[Owner]]
    verdicts: dict[str, list[Verdict]]


def _owners(shelf: Shelf, parties: set[str]) -> _Behind:
    """Owners of these parties who could be listed, and what is said of them and of everybody on the way."""
    owners: dict[str, list[Owner]] = defaultdict(list)
    for owner in _rows(shelf.where("owners", Owner.__annotations__, party_id=parties)):
        owners[owner["party_id"]].append(owner)
    verdicts: dict[str, list[Verdict]] = defaultdict(list)
    asked: set[str] = set()
    waiting = set(owners)
    for _ in range(LAYERS):
        asked |= waiting
        found = _rows(shelf.where("control_of", Verdict.__annotations__, party_id=waiting))
        for verdict in found:
            verdicts[verdict["party_id"]].append(verdict)
        waiting = {edge.split(">")[0] for verdict in found for edge in verdict["edges"]} - asked
    return _Behind(owners=dict(owners), verdicts=dict(verdicts))


def _all(verdicts: dict[str, list[Verdict]]) -> list[Verdict]:
    return [verdict for found in verdicts.values() for verdict in found]


def _in_order(assessments: list[Assessment]) -> list[Assessment]:
    """Parties, then chains, each by rank: an officer opens a case on a firm, and chains are what it is asked about."""
    ranked = sorted(assessments, key=lambda row: (row["rank"], row["subject_kind"], row["subject_id"]))
    parties = [row for row in ranked if row["subject_kind"] == "party"]
    others = [row for row in ranked if row["subject_kind"] != "party"]
    firms = max(FIRMS, DRAWN - len(others))
    chains = DRAWN - min(firms, len(parties))
    return [*parties[:firms], *others[:chains], *parties[firms:], *others[chains:]]


def _rows(table: pa.Table | None) -> list[Any]:
    return [] if table is None else list(table.to_pylist())


def _findings(shelf: Shelf, assessments: list[Assessment]) -> dict[tuple[str, str], list[Finding]]:
    """Findings by subject, strongest first; only the leads drawn in full need the evidence itself."""
    drawn = {reason for row in assessments[:DRAWN] for reason in row["reasons"]}
    rest = {reason for row in assessments[DRAWN:] for reason in row["reasons"]} - drawn
    by_id: dict[str, Finding] = {}
    for finding in _rows(shelf.where("findings", Finding.__annotations__, finding_id=drawn)):
        by_id[finding["finding_id"]] = finding
    for finding in _rows(shelf.where("findings", _FINDING, finding_id=rest)):
        by_id[finding["finding_id"]] = finding | {"evidence": []}
    return {
        (row["subject_id"], row["subject_kind"]): sorted(
            (by_id[reason] for reason in row["reasons"] if reason in by_id),
            key=lambda finding: (-finding["strength"], finding["finding_id"]),
        )
        for row in assessments
    }


def _links(
    shelf: Shelf, findings: list[Finding], assessments: list[Assessment], evidence: set[str]
) -> dict[str, list[Link]]:
    """Whole chains by their id: those that are a subject or named as evidence, and those an evidence row lies on."""
    named = {row["subject_id"] for row in [*findings, *assessments] if row["subject_kind"] == "chain"}
    touched = _rows(shelf.where("chains", ["chain_id"], chain_id=named | evidence, row_id=evidence))
    chains: dict[str, list[Link]] = defaultdict(list)
    for link in _rows(shelf.where("chains", Link.__annotations__, chain_id={row["chain_id"] for row in touched})):
        chains[link["chain_id"]].append(link)
    return {chain: sorted(links, key=lambda link: link["position"]) for chain, links in sorted(chains.items())}


def _chains_by_row(chains: dict[str, list[Link]]) -> dict[str, list[str]]:
    by_row: dict[str, list[str]] = defaultdict(list)
    for chain, links in chains.items():
        for link in links:
            by_row[link["row_id"]].append(chain)
    return by_row


def _links_of(
    assessment: Assessment, findings: list[Finding], chains: dict[str, list[Link]], by_row: dict[str, list[str]]
) -> tuple[list[Link], int]:
    """The lead's own chains, then those that most of its evidence lies on, and how many of them are left out."""
    evidence = {row for finding in findings for row in finding["evidence"][:PICTURED]}
    shared = Counter(chain for row in evidence for chain in by_row.get(row, ()))
    own = {row["subject_id"] for row in [assessment, *findings] if row["subject_kind"] == "chain"} | evidence
    own = {chain for chain in own if chain in chains}
    ranked = sorted({*own, *shared}, key=lambda chain: (chain not in own, -shared[chain], chain))
    return [link for chain in ranked[:CHAINS] for link in chains[chain]], max(0, len(ranked) - CHAINS)


def _hops(shelf: Shelf, rows: set[str]) -> dict[str, list[Hop]]:
    hops: dict[str, list[Hop]] = defaultdict(list)
    for hop in _rows(shelf.where("hops", Hop.__annotations__, in_row=rows)):
        hops[hop["in_row"]].append(hop)
    return dict(hops)


def _parties(shelf: Shelf, assessments: list[Assessment], lots: dict[str, Lot]) -> dict[str, Party]:
    wanted = {row["subject_id"] for row in assessments if row["subject_kind"] == "party"}
    for lot in lots.values():
        wanted |= {party for party in (lot["exporter_party"], lot["consignee_party"]) if party is not None}
    return {row["party_id"]: row for row in _rows(shelf.where("parties", Party.__annotations__, party_id=wanted))}


def _listings(shelf: Shelf, wanted: set[str]) -> pa.Table | None:
    return shelf.where("listings_matched", Listing.__annotations__, listing_id=wanted)


def _months(shelf: Shelf, parties: set[str]) -> dict[str, Months]:
    """Every lot of these parties by month, over all rows and not only the evidence."""
    columns = ["consignee_party", "exporter_party", "declared_on", "value_usd_cents"]
    lots = shelf.where("shipments", columns, consignee_party=parties, exporter_party=parties)
    months: dict[str, Months] = defaultdict(Months)
    if lots is None:
        return months
    for role, side in (("consignee_party", "received"), ("exporter_party", "sent")):
        sums = lots.group_by([role, "declared_on"]).aggregate([("value_usd_cents", "sum"), ("declared_on", "count")])
        for row in sums.to_pylist():
            if row[role] not in parties:
                continue
            account: dict[date, tuple[int, int]] = getattr(months[row[role]], side)
            first = row["declared_on"].replace(day=1)
            number, cents = account.get(first, (0, 0))
            account[first] = (number + row["declared_on_count"], cents + (row["value_usd_cents_sum"] or 0))
    return months
