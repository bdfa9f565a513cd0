"""Which countries are counted together, and which are ways round a target?"""

from collections.abc import Collection, Sequence
from datetime import date

import pyarrow as pa

from landwaiter.ref.facts import read_facts

MEMBERS = pa.schema([("union_code", pa.string()), ("member", pa.string())])


def unions_on(day: date) -> dict[str, list[str]]:
    """Members of each union of customs or trade policy on a day."""
    return {name: members for name, members in _groups_on(day).items() if "-" not in name}


def neighbours_on(day: date, targets: Collection[str]) -> dict[str, list[str]]:
    """For each target of which we know them, the countries through which goods could go instead."""
    groups = _groups_on(day)
    return {target: groups[f"{target}-NEIGHBOURS"] for target in targets if f"{target}-NEIGHBOURS" in groups}


def members_among(present: Collection[str], *, as_of: date, silent_only: bool = False) -> pa.Table:
    """Members of each union of which two or more are present, as on `as_of` for the whole series, so that a change of
    members is never a break.

    Args:
        silent_only: without unions that are present themselves, which must not be summed a second time.
    """
    rows = [
        {"union_code": union, "member": member}
        for union, members in unions_on(as_of).items()
        if not (silent_only and union in present) and len(set(members) & set(present)) > 1
        for member in members
    ]
    return pa.Table.from_pylist(rows, schema=MEMBERS)


def incomplete_unions(reporters: Collection[str], *, as_of: date) -> list[tuple[str, str]]:
    """Unions that are summed although not all of their members report."""
    said = []
    for union, members in unions_on(as_of).items():
        here = sorted(set(members) & set(reporters))
        if union not in reporters and 1 < len(here) < len(members):
            reason = (
                f"is the sum of {len(here)} of its {len(members)} members, the others do not report: {', '.join(here)}"
            )
            said.append((f"{union} as a whole", reason))
    return said


def in_force(row: dict[str, str], day: date) -> bool:
    """Whether a dated fact holds on a day, both ends included and an empty end open."""
    return row["valid_from"] <= day.isoformat() and (not row["valid_to"] or day.isoformat() <= row["valid_to"])


def _groups_on(day: date) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for row in _rows():
        if in_force(row, day):
            groups.setdefault(row["union"], []).append(row["member"])
    return groups


def _rows() -> Sequence[dict[str, str]]:
    rows: list[dict[str, str]] = read_facts("unions").to_pylist()
    return rows
