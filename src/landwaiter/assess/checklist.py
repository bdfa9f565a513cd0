"""Which public questions about end use were asked of a lead, what raised them, and which could not be asked?

Three things are kept apart: a question that a finding raises, one that was asked and raised nothing (which clears
nobody), and one that could not be asked, because a red flag did not run or nothing is known of the party. The last one
is for a person.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.engine.corridor import Corridor
from landwaiter.ref.facts import read_facts
from landwaiter.tables import TABLES

Cards = Mapping[str, Mapping[str, str]]
# What a register says of a company, by what a question needs.
REGISTER = {"founded": "incorporated_on", "industry": "industry", "employees": "employees", "email": "email",
            "phone": "phone", "address": "address"}  # fmt: skip
CONTACTS = ("address", "phone", "email")
ROLES = ("exporter_party", "consignee_party", "end_user_party")


class _Question(NamedTuple):
    number: int
    title: str
    needs: tuple[str, ...]
    without: str
    beyond: str


def write_checklist(
    corridor: Corridor, cards: Cards, not_run: Mapping[str, str], *, private_lists: Iterable[str] = ()
) -> None:
    """Put `checklist`, 21 lines for each party that is a lead; reads assessments, findings, what is known of parties.

    Args:
        cards: of the red flags by id; `question` on a card is the number of the one that it asks.
        not_run: red flags that could not run, and why.
        private_lists: the names of lists that are the user's own.
    """
    assessed = corridor.get("assessments").select(["subject_kind", "subject_id"])
    leads = sorted(set(assessed.filter(pc.equal(assessed["subject_kind"], "party"))["subject_id"].to_pylist()))
    known = _known(corridor, pa.array(leads, pa.string()), set(private_lists))
    found = _findings(corridor, cards, set(private_lists))
    asked: dict[int, list[str]] = defaultdict(list)
    for name, card in sorted(cards.items()):
        if "question" in card:
            asked[int(card["question"])].append(name)
    questions = list(_questions())
    rows = []
    for lead in leads:
        for one in questions:
            state, why = _state(one, asked[one.number], not_run, known, lead)
            raised = found.get((lead, one.number), [])
            rows.append({"subject_id": lead, "question": one.number, "title": one.title,
                         "state": "raised" if raised else state, "finding_ids": raised, "why": why})  # fmt: skip
    corridor.put("checklist", pa.Table.from_pylist(rows, schema=TABLES["checklist"].schema))


def _questions() -> Iterator[_Question]:
    for row in read_facts("end_use_questions").to_pylist():
        needs = tuple(filter(None, row["needs"].split(";")))
        yield _Question(int(row["number"]), row["title"], needs, row["without"], row["beyond"])


def _state(
    one: _Question, flags: list[str], not_run: Mapping[str, str], known: Mapping[str, set[str]], lead: str
) -> tuple[str, str]:
    """What became of a question that no finding raises, and in words why."""
    ran = [flag for flag in flags if flag not in not_run]
    beyond = f"never asked here: {one.beyond}" if one.beyond else ""
    failed = [f"{flag} did not run: {not_run[flag]}" for flag in flags if flag in not_run]
    if not one.needs:
        return "officer", one.beyond
    if flags and not ran:
        return "not run", _told([one.without, *failed, beyond])
    if not any(lead in known.get(need, ()) for need in one.needs):
        return "no data", _told([one.without, beyond])
    by = f"asked by {', '.join(ran)}" if ran else "asked by the lists themselves"
    return "asked", _told([by, *failed, beyond])


def _told(parts: Iterable[str]) -> str:
    return "; ".join(part for part in parts if part)


def _findings(corridor: Corridor, cards: Cards, private: set[str]) -> dict[tuple[str, int], list[str]]:
    """The findings of each party by the question that they raise; a match with an own list raises the twentieth too."""
    own = {row["listing_id"] for row in _rows(corridor, "listings_matched", ["listing_id", "list"])
           if row["list"] in private}  # fmt: skip
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    columns = ["subject_kind", "subject_id", "finding_id", "flag", "evidence"]
    for row in corridor.get("findings").select(columns).to_pylist():
        if row["subject_kind"] == "party" and "question" in cards[row["flag"]]:
            found[row["subject_id"], int(cards[row["flag"]]["question"])].append(row["finding_id"])
        if row["flag"] == "listed" and own.intersection(row["evidence"]):
            found[row["subject_id"], 20].append(row["finding_id"])
    return found


def _known(corridor: Corridor, leads: pa.Array, private: set[str]) -> dict[str, set[str]]:
    """Of which leads each thing is known that a question needs."""
    everybody = set(leads.to_pylist())
    known = _of_register(corridor, leads) | _of_rows(corridor, leads)
    known["lists"] = everybody if corridor.has("matches") else set()
    known["private_list"] = everybody if private else set()
    if corridor.has("holders") and corridor.has("ownership"):
        owned = set(corridor.get("ownership").column("owned_id").to_pylist())
        known["owners"] = {
            row["party_id"]
            for row in _rows(corridor, "holders", ["holder_id", "party_id"])
            if row["holder_id"] in owned
        }
    known["statements"] = {row["party_id"] for row in _rows(corridor, "statement_parties", ["party_id"])}
    return known


def _of_register(corridor: Corridor, leads: pa.Array) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {need: set() for need in (*REGISTER, "contacts")}
    if not corridor.has("company_parties"):
        return known
    table = corridor.get("company_parties")
    for row in table.filter(pc.is_in(table["party_id"], value_set=leads)).to_pylist():
        said = {need for need, column in REGISTER.items() if row[column] is not None}
        if said.intersection(CONTACTS) or row["officers"]:
            said.add("contacts")
        for need in said:
            known[need].add(row["party_id"])
    return known


def _of_rows(corridor: Corridor, leads: pa.Array) -> dict[str, set[str]]:
    """What customs rows say: that it is there, its end use, an origin or a way, and whether a number came again."""
    columns = [*ROLES, "row_id", "reporter", "shipment_id", "stated_end_use", "origin_country", "transit_countries"]
    shipments = corridor.get("shipments").select(columns)
    near = [pc.is_in(shipments[role], value_set=leads) for role in ROLES]
    numbers = shipments.filter(pc.or_kleene(pc.or_kleene(near[0], near[1]), near[2]))["shipment_id"].unique()
    told = shipments.filter(pc.is_in(shipments["shipment_id"], value_set=numbers))
    counted = told.group_by(["reporter", "shipment_id"]).aggregate([([], "count_all")])
    again = counted.filter(pc.greater(counted["count_all"], 1))["shipment_id"].combine_chunks()
    tests = {
        "history": pc.is_valid(shipments["row_id"]),
        "end_use": pc.is_valid(shipments["stated_end_use"]),
        "route": pc.or_(pc.is_valid(shipments["origin_country"]), pc.is_valid(shipments["transit_countries"])),
        "versions": pc.is_in(shipments["shipment_id"], value_set=again),
    }
    known = {}
    for need, test in tests.items():
        rows = shipments.filter(test)
        known[need] = {party for role in ROLES for party in rows[role].unique().to_pylist() if party}
    return known


def _rows(corridor: Corridor, name: str, columns: list[str]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = corridor.get(name).select(columns).to_pylist() if corridor.has(name) else []
    return rows
