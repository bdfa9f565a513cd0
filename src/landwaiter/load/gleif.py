"""Whose interests does the global register of legal entities tell? Level 2 relationships, with the names of level 1.

A parent there is who consolidates a company in its accounts: it controls it, and its share is not published.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from landwaiter.load.chunk import Fault
from landwaiter.load.objects import Found
from landwaiter.load.telling import Cells, Telling, inner, listed, refused, text

PARENTS = ("IS_DIRECTLY_CONSOLIDATED_BY", "IS_ULTIMATELY_CONSOLIDATED_BY")
# A branch is the same legal person as its head office.
BRANCH = "IS_INTERNATIONAL_BRANCH_OF"
LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
# The columns of the golden copy in CSV, and the keys of the same in JSON.
RELATION = {
    "child": "Relationship.StartNode.NodeID",
    "parent": "Relationship.EndNode.NodeID",
    "type": "Relationship.RelationshipType",
    "status": "Relationship.RelationshipStatus",
}
MOST = 5  # periods and quantifiers that a line of the CSV has


def tell_interests(records: Iterable[Found], telling: Telling) -> Iterator[Cells | list[Fault]]:
    """Rows of all relationships of consolidation; entities give their names, funds and their managers give no row."""
    names: dict[str, str] = {}
    named: set[str] = set()
    for found in records:
        if isinstance(found.value, dict):
            cells = named_as_columns(found.value)
            if cells.get("LEI"):
                names[cells["LEI"]] = cells.get("Entity.LegalName", "")
            named.update(cells[column] for column in (RELATION["child"], RELATION["parent"]) if cells.get(column))
    for found in records:
        if isinstance(found.value, Fault):
            yield [found.value]
            continue
        cells = named_as_columns(found.value)
        if cells.get("LEI"):
            if cells["LEI"] in named:
                telling.told += 1
            else:
                telling.no_row(cells["LEI"], "describes a company in which no interest is told")
            continue
        said = {ours: cells.get(theirs, "") for ours, theirs in RELATION.items()}
        faults = [
            (f"$.{RELATION[side]}", "is no LEI of 20 characters")
            for side in ("child", "parent")
            if not LEI.fullmatch(said[side])
        ]
        record = f"{said['child']} {said['type']} {said['parent']}"
        if faults:
            yield refused(found, record, faults)
        elif said["type"] not in (*PARENTS, BRANCH):
            telling.no_row(record, f"is {said['type']}, no interest that a rule of ownership weighs")
        else:
            telling.told += 1
            yield from _relation(said, cells, names)


def _relation(said: Mapping[str, str], cells: Mapping[str, str], names: Mapping[str, str]) -> Iterator[Cells]:
    start, end = _period(cells)
    share = _share(cells)
    row: Cells = {
        "owner_id": said["parent"], "owner_name": names.get(said["parent"], ""), "owner_kind": "company",
        "owned_id": said["child"], "owned_name": names.get(said["child"], ""), "valid_from": start, "valid_to": end,
        "source": f"GLEIF level 2, {said['type']}",
    }  # fmt: skip
    if said["type"] == BRANCH:
        yield {**row, "interest": "shares", "share_min": "100", "share_max": "100"}
        return
    yield {**row, "interest": "control"}
    if said["type"] == PARENTS[0]:
        # Who consolidates holds shares as a rule; how many is published only sometimes.
        yield {**row, "interest": "shares", "share_min": share, "share_max": share}


def _period(cells: Mapping[str, str]) -> tuple[str, str]:
    """From when to when the relationship holds; one that has ended without a day ended before it was filed."""
    for number in range(1, MOST + 1):
        if cells.get(f"Relationship.Period.{number}.periodType") == "RELATIONSHIP_PERIOD":
            start, end = (cells.get(f"Relationship.Period.{number}.{side}Date", "")[:10] for side in ("start", "end"))
            break
    else:
        start, end = "", ""
    if not end and cells.get(RELATION["status"]) in ("INACTIVE", "NULL"):
        end = cells.get("Registration.LastUpdateDate", "")[:10]
    return start, end


def _share(cells: Mapping[str, str]) -> str:
    for number in range(1, MOST + 1):
        if cells.get(f"Relationship.Quantifiers.{number}.QuantifierUnits") == "PERCENTAGE":
            return cells.get(f"Relationship.Quantifiers.{number}.QuantifierAmount", "")
    return ""


def named_as_columns(record: Mapping[str, object]) -> dict[str, str]:
    """A record of JSON under the names of the CSV's columns; a line of CSV as it is."""
    cells: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            _flatten(value, "" if key == "RelationshipRecord" else key, cells)
        else:
            cells[key] = text(value)
    return cells


def _flatten(value: object, path: str, cells: dict[str, str]) -> None:
    if isinstance(value, dict) and "$" in value:
        cells[path] = text(value["$"])
    elif isinstance(value, dict):
        for key, below in value.items():
            name = {"RelationshipPeriods": "", "RelationshipQuantifiers": ""}.get(key, f".{key}")
            if name:
                _flatten(below, f"{path}{name}" if path else key, cells)
                continue
            word, inside = (
                ("Period", "RelationshipPeriod") if "Period" in key else ("Quantifiers", "RelationshipQuantifier")
            )
            for number, one in enumerate(listed(inner(below, inside) or below), start=1):
                _flatten(one, f"{path}.{word}.{number}", cells)
    elif not isinstance(value, list):
        cells[path] = text(value)
