"""Which owners belong into the picture of one lead, in which column does each stand, and which holdings prove it?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from landwaiter.report.casebook import Casebook, Lead
from landwaiter.report.shelf import Owner, Verdict

MOST = 24  # owners of one picture
ANSWERS = ("yes", "possible", "no")


@dataclass(frozen=True, slots=True)
class OwnershipGraph:
    """Owners by column, the listed ones on the left and the lead on the right.

    Args:
        columns: ids of parties, or of owners whom nothing else names.
        names: of all of them.
        listed: those who could be listed.
        holdings: owner and company to the strongest answer that they prove; `no` where they prove none.
        left_out: owners that the tables hold beyond these.
    """

    columns: list[list[str]]
    names: dict[str, str]
    listed: set[str]
    holdings: dict[tuple[str, str], str]
    left_out: int


def ownership_graph(lead: Lead, casebook: Casebook) -> OwnershipGraph | None:
    """The holdings that lead from owners who could be listed down to the lead; None where there are none."""
    party = lead.assessment["subject_id"]
    owners = casebook.owners.get(party, [])
    if not owners:
        return None
    holdings = _holdings(party, owners, casebook)
    distance = _distances(party, holdings)
    kept = sorted(distance, key=lambda one: (distance[one], one))[:MOST]
    columns: dict[int, list[str]] = defaultdict(list)
    for one in kept:
        columns[distance[one]].append(one)
    shown = {pair: answer for pair, answer in holdings.items() if pair[0] in kept and pair[1] in kept}
    return OwnershipGraph(
        [columns[step] for step in sorted(columns, reverse=True)],
        _names(kept, owners, casebook),
        {owner["listed_party"] for owner in owners} & set(kept),
        shown,
        len(distance) - len(kept),
    )


def _holdings(party: str, owners: Iterable[Owner], casebook: Casebook) -> dict[tuple[str, str], str]:
    """Those of the ways, and those of the proofs of every company on the way up; a stronger answer stands."""
    found: dict[tuple[str, str], str] = {}
    for owner in owners:
        for pair in zip(owner["way_ids"], owner["way_ids"][1:], strict=False):
            found[pair[0], pair[1]] = "no"
    waiting, seen = [party], {party}
    while waiting and len(seen) <= 4 * MOST:
        company = waiting.pop(0)
        for verdict in casebook.verdicts.get(company, []):
            for pair in _pairs(verdict):
                known = found.get(pair, "no")
                found[pair] = min(known, verdict["answer"], key=ANSWERS.index)
                if pair[0] not in seen:
                    seen.add(pair[0])
                    waiting.append(pair[0])
    return found


def _pairs(verdict: Verdict) -> list[tuple[str, str]]:
    """The holdings of a proof; an id may hold the sign that parts both ends, and then says nothing for certain."""
    parted = (edge.split(">") for edge in verdict["edges"])
    return [(ends[0], ends[1]) for ends in parted if len(ends) == 2]


def _distances(party: str, holdings: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How many holdings each owner is away from the lead, by the shortest way; circles end by themselves."""
    owners_of: dict[str, list[str]] = defaultdict(list)
    for owner, company in sorted(holdings):
        owners_of[company].append(owner)
    distance = {party: 0}
    front = [party]
    while front:
        following = []
        for company in front:
            for owner in owners_of[company]:
                if owner not in distance:
                    distance[owner] = distance[company] + 1
                    following.append(owner)
        front = following
    return distance


def _names(kept: Iterable[str], owners: Iterable[Owner], casebook: Casebook) -> dict[str, str]:
    told: dict[str, str] = {}
    for owner in owners:
        words = owner["way"].split(" > ")
        if len(words) == len(owner["way_ids"]):
            told.update(zip(owner["way_ids"], words, strict=True))
    return {one: casebook.parties[one]["name"] if one in casebook.parties else told.get(one, one) for one in kept}
