"""Whose interests does a file of the Beneficial Ownership Data Standard 0.4 tell? Statements in, rows of ours out.

Of a record only what still stands is told: a version that a later one replaces ends the day before that one begins. An
owner who is declared unknown is a row of its own; no statement at all gives no row.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from landwaiter.load.bods_rules import faults_of
from landwaiter.load.chunk import Fault
from landwaiter.load.objects import Found
from landwaiter.load.telling import Cells, Telling, inner, listed, refused, text

# Interests that a rule of ownership weighs, and which of ours they are. A right whose size nobody says may be anything.
INTERESTS = {
    "shareholding": "shares",
    "votingRights": "votes",
    "appointmentOfBoard": "board",
    "otherInfluenceOrControl": "control",
    "controlViaCompanyRulesOrArticles": "control",
    "controlByLegalFramework": "control",
    "trustee": "control",
    "nominator": "control",
}
# Interests that could be ownership: told as shares of unknown size, which make an answer possible, never yes.
COULD_BE = ("unknownInterest", "unpublishedInterest", "settlor", "protector", "beneficiaryOfLegalArrangement", "")
KINDS = {"state": "state", "stateBody": "state", "anonymousEntity": "unknown", "unknownEntity": "unknown"}
BOUNDS = (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum"))


@dataclass
class _Party:
    name: str
    kind: str
    is_joint: bool = False


@dataclass
class _Version:
    number: int
    day: str
    first: str
    statement: str


@dataclass
class _Known:
    """What the whole file says: parties, the versions of each relationship, and who holds together."""

    parties: dict[str, _Party] = field(default_factory=dict)
    versions: dict[str, list[_Version]] = field(default_factory=lambda: defaultdict(list))
    holders: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    named: set[str] = field(default_factory=set)
    said: dict[str, bytes] = field(default_factory=dict)
    wrong: dict[int, list[Fault]] = field(default_factory=dict)
    again: set[int] = field(default_factory=set)


def tell_interests(records: Iterable[Found], telling: Telling) -> Iterator[Cells | list[Fault]]:
    """The interests of all sound statements; faults name the statement and the path in it."""
    known = _survey(records)
    for found in records:
        statement = found.value
        if found.number in known.wrong:
            yield known.wrong[found.number]
            continue
        assert isinstance(statement, dict)
        name = text(statement["statementId"])
        if found.number in known.again:
            telling.no_row(name, "says the same statement again")
        elif statement["recordType"] != "relationship":
            if statement["recordId"] in known.named:
                telling.told += 1
            else:
                telling.no_row(name, "describes a party in whom no interest is told")
        else:
            rows = list(_relationship(statement, known, telling))
            telling.told += bool(rows)
            yield from rows


def _survey(records: Iterable[Found]) -> _Known:
    known = _Known()
    for found in records:
        statement = found.value
        if isinstance(statement, Fault):
            known.wrong[found.number] = [statement]
            continue
        name = text(statement.get("statementId"))
        faults = faults_of(statement)
        if faults:
            known.wrong[found.number] = refused(found, name, [(path, f"{what} (BODS 0.4)") for path, what in faults])
            continue
        digest = sha256(repr(statement).encode("utf-8", "replace")).digest()
        if name in known.said:
            if known.said[name] == digest:
                known.again.add(found.number)
            else:
                what = "is the id of another statement before, which says something else"
                known.wrong[found.number] = refused(found, name, [("$.statementId", what)])
            continue
        known.said[name] = digest
        _learn(known, found.number, statement)
    return known


def _learn(known: _Known, number: int, statement: dict[str, object]) -> None:
    record, details = text(statement["recordId"]), statement["recordDetails"]
    assert isinstance(details, dict)
    if statement["recordType"] == "relationship":
        starts = [text(inner(one, "startDate")) for one in listed(details.get("interests"))]
        day = text(statement["statementDate"])[:10]
        first = min((start for start in starts if start), default=day)
        known.versions[record].append(_Version(number, day, first, text(statement["statementId"])))
        ends = [one for one in (details["subject"], details["interestedParty"]) if isinstance(one, str)]
        known.named.update(ends)
        if len(ends) == 2:
            known.holders[ends[0]].add(ends[1])
        return
    if statement["recordType"] == "person":
        names = [text(inner(one, "fullName")) for one in listed(details.get("names"))]
        kind = "person" if details["personType"] == "knownPerson" else "unknown"
        known.parties[record] = _Party(names[0] if names else _unspecified(details), kind)
        return
    kind = text(inner(details, "entityType", "type"))
    words = f"{text(details.get('name'))} {text(inner(details, 'entityType', 'details'))}".casefold()
    name = text(details.get("name")) or _unspecified(details)
    known.parties[record] = _Party(name, KINDS.get(kind, "company"), kind == "arrangement" and "joint" in words)


def _unspecified(details: dict[str, object]) -> str:
    for key in ("unspecifiedPersonDetails", "unspecifiedEntityDetails"):
        reason = text(inner(details, key, "reason"))
        if reason:
            return f"declared unknown: {reason}"
    return ""


def _relationship(statement: dict[str, object], known: _Known, telling: Telling) -> Iterator[Cells]:
    name, details = text(statement["statementId"]), statement["recordDetails"]
    assert isinstance(details, dict)
    company, owner = details["subject"], details["interestedParty"]
    if not isinstance(company, str):
        telling.no_row(name, "names no company that is owned")
        return
    if inner(owner, "reason") == "noBeneficialOwners":
        telling.no_row(name, "states that the company has no beneficial owner")
        return
    until = _until(statement, known)
    interests = listed(details.get("interests")) or ([] if statement.get("recordStatus") == "closed" else [{}])
    silent: list[str] = [] if interests else ["closes a record and tells no interest"]
    rows = 0
    for interest in interests:
        assert isinstance(interest, dict)
        told = _interest(interest, details, known, until)
        if isinstance(told, str):
            silent.append(told)
            continue
        rows += 1
        yield {**_ends(company, owner, name, known), **told, "source": _source(statement, name)}
    if not rows:
        telling.no_row(name, "; ".join(dict.fromkeys(silent)))
    elif silent:
        telling.no_row_of_part(name, "; ".join(dict.fromkeys(silent)))


def _until(statement: dict[str, object], known: _Known) -> str:
    """The last day on which this version of a record stands; empty where it still does."""
    day = text(statement["statementDate"])[:10]
    versions = known.versions[text(statement["recordId"])]
    if len(versions) > 1:
        order = sorted(versions, key=lambda one: (one.day, one.number))
        place = next(i for i, one in enumerate(order) if one.statement == statement["statementId"])
        if place + 1 < len(order):
            return (date.fromisoformat(order[place + 1].first) - timedelta(days=1)).isoformat()
    return day if statement.get("recordStatus") == "closed" else ""


def _interest(interest: dict[str, object], details: dict[str, object], known: _Known, until: str) -> Cells | str:
    """An interest as cells of ours, or why it gives no row."""
    kind = text(interest.get("type"))
    if kind not in INTERESTS and kind not in COULD_BE:
        return f"is {kind}, an office or a right that no rule of ownership weighs"
    ours = INTERESTS.get(kind, "shares")
    parts = listed(details.get("componentRecords"))
    is_summed = ours in ("shares", "votes") and interest.get("directOrIndirect") == "indirect" and parts
    if is_summed and all(part in known.versions or part in known.parties for part in parts):
        return "is indirect, and its components are told themselves"
    start, end = text(interest.get("startDate")), text(interest.get("endDate"))
    last = min((day for day in (end, until) if day), default="")
    if start and last and last < start and not (end and end < start):
        return "is replaced by a later version of its record"
    share = interest.get("share") if kind in INTERESTS else None
    return {"interest": ours, "valid_from": start, "valid_to": last, **_share(share if share else {})}


def _share(share: object) -> Cells:
    exact = text(inner(share, "exact"))
    if exact:
        return {"share_min": exact, "share_max": exact}
    cells: Cells = {}
    for ours, (open_, shut) in zip(("share_min", "share_max"), BOUNDS, strict=True):
        cells[ours] = text(inner(share, open_)) or text(inner(share, shut))
        if not text(inner(share, open_)) and text(inner(share, shut)):
            cells[f"{ours}_exclusive"] = "true"
    return cells


def _ends(company: str, owner: object, statement: str, known: _Known) -> Cells:
    owned = known.parties.get(company)
    cells: Cells = {"owned_id": company, "owned_name": owned.name if owned else ""}
    if isinstance(owner, str):
        party = known.parties.get(owner, _Party("", "unknown"))
        cells |= {"owner_id": owner, "owner_name": party.name, "owner_kind": party.kind}
        if owned and owned.is_joint:
            cells["joint_with"] = ";".join(sorted(known.holders[company] - {owner}))
        return cells
    reason = text(inner(owner, "reason"))
    name = f"declared unknown: {reason}"
    return cells | {"owner_id": f"undeclared-{statement}", "owner_name": name, "owner_kind": "unknown"}


def _source(statement: dict[str, object], name: str) -> str:
    publisher = text(inner(statement, "publicationDetails", "publisher", "name"))
    kinds = ", ".join(text(one) for one in listed(inner(statement, "source", "type")))
    return f"{publisher or 'BODS'}{f' ({kinds})' if kinds else ''}, statement {name}"
