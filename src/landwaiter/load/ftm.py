"""Whose interests do FollowTheMoney entities tell? Ownership and what is known of both its ends."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from landwaiter.load.chunk import Fault
from landwaiter.load.objects import Found
from landwaiter.load.telling import Cells, Telling, inner, listed, refused, text

PARTIES = {
    "Person": "person", "Company": "company", "Organization": "company", "LegalEntity": "unknown",
    "PublicBody": "state", "Asset": "company", "Security": "company", "Vessel": "company",
}  # fmt: skip
# Ties that are no interest in a company: they are named as such.
OFFICES = ("Directorship", "Membership", "Employment", "Representation", "Family", "Associate", "UnknownLink")
PERCENT = re.compile(r"\s*([<>]?=?)\s*(\d+(?:[.,]\d+)?)\s*%?(?:\s*(?:-|–|to)\s*(\d+(?:[.,]\d+)?)\s*%?)?\s*")
PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")


@dataclass
class _Known:
    """The parties of a file by id, and who is named by an ownership."""

    parties: dict[str, tuple[str, str]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)


def tell_interests(records: Iterable[Found], telling: Telling) -> Iterator[Cells | list[Fault]]:
    """A row for each Ownership; its owner, asset, percentage and dates as they are written."""
    known = _Known()
    for found in records:
        if isinstance(found.value, dict):
            _learn(known, found.value)
    for found in records:
        if isinstance(found.value, Fault):
            yield [found.value]
            continue
        entity = found.value
        name, schema = text(entity.get("id")), text(entity.get("schema"))
        faults = _faults(entity)
        if faults:
            yield refused(found, name, faults)
        elif schema == "Ownership":
            telling.told += 1
            yield from _ownership(entity, known)
        elif schema in PARTIES and name in known.named:
            telling.told += 1
        else:
            telling.no_row(name, _why_not(schema))


def _why_not(schema: str) -> str:
    if schema in OFFICES:
        return f"is a {schema}, a tie that no rule of ownership weighs"
    return "is a party in whom no interest is told" if schema in PARTIES else f"is a {schema}, no interest in a company"


def _learn(known: _Known, entity: dict[str, object]) -> None:
    name, schema = text(entity.get("id")), text(entity.get("schema"))
    properties = entity.get("properties")
    if schema == "Ownership":
        for key in ("owner", "asset"):
            for one in listed(inner(properties, key)):
                known.named.add(_id(one))
                if isinstance(one, dict):
                    _learn(known, one)
    elif schema in PARTIES:
        names = listed(inner(properties, "name")) or [entity.get("caption")]
        known.parties[name] = (text(names[0]), PARTIES[schema])


def _id(one: object) -> str:
    return text(inner(one, "id")) if isinstance(one, dict) else text(one)


def _faults(entity: dict[str, object]) -> list[tuple[str, str]]:
    faults = [(f"$.{key}", "is empty, and every entity must say it") for key in ("id", "schema") if not entity.get(key)]
    properties = entity.get("properties")
    if not isinstance(properties, dict):
        return [*faults, ("$.properties", "is no object")]
    if entity.get("schema") != "Ownership":
        return faults
    for key in ("owner", "asset"):
        if not any(_id(one) for one in listed(properties.get(key))):
            faults.append((f"$.properties.{key}", "is empty, and every Ownership must say it"))
    for key in ("startDate", "endDate"):
        for place, day in enumerate(listed(properties.get(key))):
            if not PARTIAL.fullmatch(text(day)):
                faults.append((f"$.properties.{key}[{place}]", "is no year, month or day"))
    for place, share in enumerate(listed(properties.get("percentage"))):
        if not PERCENT.fullmatch(text(share)):
            faults.append((f"$.properties.percentage[{place}]", "is no percentage that we can read"))
    return faults


def _ownership(entity: dict[str, object], known: _Known) -> Iterator[Cells]:
    properties = entity["properties"]
    assert isinstance(properties, dict)
    start = min((_first_day(text(day)) for day in listed(properties.get("startDate"))), default="")
    end = max((_last_day(text(day)) for day in listed(properties.get("endDate"))), default="")
    shares = [text(share) for share in listed(properties.get("percentage"))] or [""]
    kind = " ".join(text(one) for one in listed(properties.get("sharesType"))).casefold()
    datasets = ", ".join(text(one) for one in listed(entity.get("datasets")))
    for owner in listed(properties["owner"]):
        for asset in listed(properties["asset"]):
            for share in shares:
                yield {
                    **_end("owner", _id(owner), known), **_end("owned", _id(asset), known), **_share(share),
                    "interest": "votes" if "voting" in kind and "non" not in kind else "shares",
                    "valid_from": start, "valid_to": end,
                    "source": f"{datasets or 'FollowTheMoney'}, {text(entity['id'])}",
                }  # fmt: skip


def _end(side: str, one: str, known: _Known) -> Cells:
    name, kind = known.parties.get(one, ("", "unknown"))
    cells: Cells = {f"{side}_id": one, f"{side}_name": name}
    return {**cells, "owner_kind": kind} if side == "owner" else cells


def _share(said: str) -> Cells:
    match = PERCENT.fullmatch(said)
    if match is None:
        return {}
    low, high = match[2].replace(",", "."), (match[3] or "").replace(",", ".")
    if high:
        return {"share_min": low, "share_max": high}
    if match[1].startswith(">"):
        return {"share_min": low, "share_max": "100", "share_min_exclusive": "" if "=" in match[1] else "true"}
    if match[1].startswith("<"):
        return {"share_min": "0", "share_max": low, "share_max_exclusive": "" if "=" in match[1] else "true"}
    return {"share_min": low, "share_max": low}


def _first_day(said: str) -> str:
    match = PARTIAL.fullmatch(said)
    assert match
    return f"{match[1]}-{match[2] or '01'}-{match[3] or '01'}"


def _last_day(said: str) -> str:
    match = PARTIAL.fullmatch(said)
    assert match
    if match[3]:
        return f"{match[1]}-{match[2]}-{match[3]}"
    month = int(match[2] or 12)
    leap = int(match[1]) % 4 == 0 and (int(match[1]) % 100 != 0 or int(match[1]) % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return f"{match[1]}-{month:02d}-{days[month - 1] if 1 <= month <= 12 else 31:02d}"
