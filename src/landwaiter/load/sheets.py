"""Whose interests do the tables of registers tell? Relationships of companies, Taiwan's directors, plain edge lists."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from landwaiter.load.chunk import Fault
from landwaiter.load.headers import plain
from landwaiter.load.objects import Found
from landwaiter.load.telling import Cells, Telling, refused, text

# Words for both ends and the size of an edge, as people write them above a list of holdings.
OWNERS = ("owner", "parent", "holder", "shareholder", "from", "source", "股東", "股东", "владелец", "учредитель")
COMPANIES = ("owned", "child", "company", "subsidiary", "to", "target", "asset", "公司", "компания", "предприятие")
PERCENTS = ("percent", "percentage", "pct", "share", "shares", "ownership", "stake", "weight", "持股比例", "доля")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")

Row = Mapping[str, object]


def tell_edges(records: Iterable[Found], telling: Telling) -> Iterator[Cells | list[Fault]]:
    """Owner, company and, where there is a third column, the share."""
    for found, row in _rows(records):
        if isinstance(row, list):
            yield row
            continue
        owner, owned = _first(row, OWNERS), _first(row, COMPANIES)
        share = _first(row, PERCENTS).removesuffix("%").strip()
        telling.told += 1
        yield {
            "owner_id": owner, "owner_name": owner, "owned_id": owned, "owned_name": owned, "share_min": share,
            "share_max": share, "source": f"line {found.number + 1}",
        }  # fmt: skip


def tell_relationships(records: Iterable[Found], telling: Telling) -> Iterator[Cells | list[Fault]]:
    """Relationships as OpenCorporates gives them: a subject that holds a band of shares or votes in an object."""
    for found, row in _rows(records):
        if isinstance(row, list):
            yield row
            continue
        name = text(row.get("oc_relationship_identifier")) or f"row {found.number}"
        kind = text(row.get("relationship_type")).casefold()
        if "branch" in kind or "officer" in kind:
            telling.no_row(name, f"is a {kind}, no interest that a rule of ownership weighs")
            continue
        telling.told += 1
        ends = {**_party(row, "subject", "owner"), **_party(row, "object", "owned")}
        days: Cells = {"valid_from": text(row.get("start_date")), "valid_to": text(row.get("end_date")), "source": name}
        told = False
        for ours, theirs in (("shares", "share_ownership"), ("votes", "voting_rights")):
            low, high = (text(row.get(f"percentage_{side}_{theirs}")) for side in ("min", "max"))
            if low or high:
                told = True
                yield {**ends, **days, "interest": ours, "share_min": low, "share_max": high or "100"}
        if not told:
            yield {**ends, **days, "interest": "control" if "control" in kind else "shares"}


def _party(row: Row, theirs: str, ours: str) -> Cells:
    place, number, name = (
        text(row.get(f"{theirs}_entity_{what}")) for what in ("jurisdiction_code", "company_number", "name")
    )
    return {f"{ours}_id": f"{place}/{number}" if number else name, f"{ours}_name": name}


def tell_taiwan(records: Iterable[Found], telling: Telling) -> Iterator[Cells | list[Fault]]:
    """Directors of Taiwan's register with the shares they hold, in their own name or for the company that sent them.

    The register gives holders no number: they are known by name, within this file only.
    """
    seen: set[tuple[str, str]] = set()
    for found, row in _rows(records):
        if isinstance(row, list):
            yield row
            continue
        company, title = text(row.get("統一編號")), text(row.get("職稱"))
        sender, person = text(row.get("所代表法人")), text(row.get("姓名"))
        holder = sender or person
        record = f"{company} {title} {person}".strip()
        held, issued = (
            _count(_first(row, names)) for names in (("持有股份數", "持股數"), ("已發行股份總數", "股份總數"))
        )
        if not company or not holder:
            yield refused(found, record, [("$.統一編號" if not company else "$.姓名", "is empty")])
            continue
        if held == 0 or (company, holder) in seen:
            reason = "holds no shares, only an office" if held == 0 else "repeats a holding for another representative"
            telling.no_row(record, reason)
            continue
        seen.add((company, holder))
        telling.told += 1
        share = f"{100 * held / issued:.6f}" if held is not None and issued else ""
        yield {
            "owner_id": f"name:{holder}", "owner_name": holder, "owner_kind": "company" if sender else "person",
            "owned_id": company, "owned_name": text(row.get("公司名稱")), "share_min": share, "share_max": share,
            "source": f"Taiwan register, {title}",
        }  # fmt: skip


def _count(said: str) -> float | None:
    return float(said.replace(",", "")) if NUMBER.fullmatch(said) else None


def _first(row: Row, names: Iterable[str]) -> str:
    known = {plain(name) for name in names}
    return next((text(value) for name, value in row.items() if plain(name) in known and value is not None), "")


def _rows(records: Iterable[Found]) -> Iterator[tuple[Found, Row | list[Fault]]]:
    for found in records:
        yield found, [found.value] if isinstance(found.value, Fault) else found.value


def teller_of(
    header: Iterable[str],
) -> tuple[str, Callable[[Iterable[Found], Telling], Iterator[Cells | list[Fault]]]] | None:
    """What the header of a table shows it to be, and who tells it; None where it is none of these."""
    names = set(header)
    words = {plain(name) for name in names}
    if {"subject_entity_name", "object_entity_name"} <= names:
        return "company relationships", tell_relationships
    if "統一編號" in names and {"所代表法人", "姓名"} & names:
        return "Taiwan's register", tell_taiwan
    few = len(names) <= 4
    if few and all({plain(word) for word in known} & words for known in (OWNERS, COMPANIES)):
        return "edge list", tell_edges
    return None
