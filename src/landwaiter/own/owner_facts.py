"""What should an officer know of owners whom no rule counts? Minorities, withdrawals around a listing, many layers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.tables import TABLES

LAYERS = 3  # holdings between two parties from which a structure is called layered
EPOCH = date(1970, 1, 1)


def tell_owner_facts(corridor: Corridor, *, as_of: date) -> None:
    """Read owners, ownership, holders and listings_matched; put owner_facts, one line for each fact of each owner."""
    sold = _sold(corridor, as_of)
    since = {row["listing_id"]: row["listed_on"] for row in corridor.get("listings_matched").to_pylist()}
    rows: list[dict[str, object]] = []
    for owner in corridor.get("owners").to_pylist():
        for kind in _kinds(owner):
            rows.append({**_of(owner), "kind": kind, **(_withdrawal(owner, sold, since) if kind == "former" else {})})
    schema = TABLES["owner_facts"].schema
    complete = [{**dict.fromkeys(schema.names), **row} for row in rows]
    corridor.put("owner_facts", pa.Table.from_pylist(complete, schema=schema))


def _of(owner: Mapping[str, object]) -> dict[str, object]:
    names = ("party_id", "listed_party", "owner_name", "verdicts", "way", "way_ids", "steps", "match_score")
    return {**{name: owner[name] for name in names}, "listing_ids": owner["listing_ids"]}


def _kinds(owner: Mapping[str, object]) -> Iterator[str]:
    """Of an owner whom a rule counts, or may, a minority is no news."""
    flags, answer, steps = owner["flags"], owner["answer"], owner["steps"]
    assert isinstance(flags, list) and isinstance(steps, int)
    if answer == "no" and "minority" in flags:
        yield "minority"
    if "former_owner" in flags:
        yield "former"
    if steps >= LAYERS:
        yield "layered"
    if "circular" in flags:
        yield "circular"


def _withdrawal(
    owner: Mapping[str, object], sold: Mapping[tuple[str, str], list[date]], since: Mapping[str, date | None]
) -> dict[str, object]:
    """The sale that lies nearest to a listing of that owner; nothing where one of both has no day."""
    way, listings = owner["way_ids"], owner["listing_ids"]
    assert isinstance(way, list) and isinstance(listings, list)
    pair = (str(way[0]), str(way[1])) if len(way) > 1 else ("", "")
    days = [(abs((day - listed).days), day, listed) for day in sold.get(pair, ()) for one in listings
            if (listed := since.get(one)) is not None]  # fmt: skip
    if not days:
        return {}
    gap, day, listed = min(days)
    return {"gap_days": gap, "divested_day": (day - EPOCH).days, "listed_day": (listed - EPOCH).days}


def _sold(corridor: Corridor, as_of: date) -> dict[tuple[str, str], list[date]]:
    """The last days of holdings that ended before the day, by owner and company as parties."""
    holders = corridor.get("holders")
    party_of = dict(zip(holders.column("holder_id").to_pylist(), holders.column("party_id").to_pylist(), strict=True))
    ended: dict[tuple[str, str], list[date]] = defaultdict(list)
    table = corridor.get("ownership").select(["owner_id", "owned_id", "valid_to"])
    for row in table.filter(table.column("valid_to").is_valid()).to_pylist():
        if row["valid_to"] < as_of:
            pair = tuple(party_of.get(row[side]) or row[side] for side in ("owner_id", "owned_id"))
            ended[pair[0], pair[1]].append(row["valid_to"])
    return ended
