"""Which lists carry the same party, since when, and which do not? Listings of different lists are linked to parties.

Two listings are one party where they share an identifier that is long or says its scheme; where persons share a name
and a birth date, or a name, a birth year and a country; or where organisations share a telling name and a country.
By name two groups are joined only where most of their listings know each other, so that no chain of aliases makes one
party of many.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.ref.identifiers import identity_keys, read_identifier
from landwaiter.screen.listed import in_force
from landwaiter.text.columns import sum_of_mixes
from landwaiter.text.forms import shape_names

COVERAGE = pa.schema([
    ("party", pa.string()), ("name", pa.string()), ("kind", pa.string()), ("lists", pa.int64()), ("list", pa.string()),
    ("listing_id", pa.string()), ("name_listed", pa.string()), ("listed_on", pa.date32()),
    ("programmes", pa.string()), ("linked_by", pa.string()), ("not_on", pa.string()),
])  # fmt: skip
ALONE = pa.schema([
    ("list", pa.string()), ("month", pa.string()), ("parties", pa.int64()), ("on_no_other_list", pa.int64()),
])  # fmt: skip
_LONG_IDENTIFIER = 8
_MOST_OF_KEY = 40
_LEAST_DISTINCT = 0.6

_ONE_EACH = frozenset({"lei", "inn", "ogrn", "ubn", "uscc", "imo", "edrpou"})

Row = dict[str, object]
Key = tuple[str, object, object]


def cover(listings: pa.Table, listing_names: pa.Table, *, as_of: date) -> pa.Table:
    """One line for each listing in force on a day, the lines of one party together; `not_on` names the other lists."""
    rows = in_force(listings, as_of).sort_by("listing_id").to_pylist()
    party, linked_by = _linked(rows, listing_names)
    lists = sorted({row["list"] for row in rows})
    groups: dict[int, list[int]] = defaultdict(list)
    for place, root in enumerate(party):
        groups[root].append(place)
    lines: list[Row] = []
    for root in sorted(groups):
        members = [rows[place] for place in groups[root]]
        on = {row["list"] for row in members}
        for place, row in zip(groups[root], members, strict=True):
            lines.append(_line(row, rows[root], on, lists, linked_by.get(place, "")))
    return pa.Table.from_pylist(lines, schema=COVERAGE)


def alone_by_month(covered: pa.Table) -> pa.Table:
    """For each list and month of listing how many parties it carries, and how many of them no other list does.

    The month of a party is that of its first listing on that list; empty where the list gives no day.
    """
    first: dict[tuple[str, str], tuple[str, bool]] = {}
    columns = ("list", "party", "listed_on", "lists")
    for name, party, day, lists in zip(*(covered.column(one).to_pylist() for one in columns), strict=True):
        month = day.strftime("%Y-%m") if day else ""
        known, _ = first.get((name, party), ("", False))
        first[name, party] = (min(filter(None, (known, month)), default=""), lists == 1)
    parties = Counter((name, month) for (name, _), (month, _) in first.items())
    alone = Counter((name, month) for (name, _), (month, is_alone) in first.items() if is_alone)
    lines = [
        {"list": name, "month": month, "parties": count, "on_no_other_list": alone[name, month]}
        for (name, month), count in sorted(parties.items())
    ]
    return pa.Table.from_pylist(lines, schema=ALONE)


def _line(row: Row, first: Row, on: set[object], lists: list[str], linked_by: str) -> Row:
    programmes = row["programmes"]
    assert isinstance(programmes, list)
    return {
        "party": first["listing_id"],
        "name": first["name"],
        "kind": first["kind"],
        "lists": len(on),
        "list": row["list"],
        "listing_id": row["listing_id"],
        "name_listed": row["name"],
        "listed_on": row["listed_on"],
        "programmes": ";".join(programmes),
        "linked_by": linked_by,
        "not_on": ";".join(name for name in lists if name not in on),
    }


def _linked(rows: list[Row], listing_names: pa.Table) -> tuple[list[int], dict[int, str]]:
    """The first listing of each one's party, and what linked it."""
    parent = list(range(len(rows)))
    members = [[place] for place in parent]
    linked_by: dict[int, str] = {}
    holders: dict[Key, list[int]] = defaultdict(list)
    keys_of: list[set[Key]] = [set() for _ in rows]
    for place, key in _keys(rows, listing_names):
        holders[key].append(place)
        keys_of[place].add(key)
    for key, places in sorted(holders.items(), key=lambda item: (item[0][0] != "identifier", item[1])):
        if not 1 < len(places) <= _MOST_OF_KEY:
            continue
        for place in places[1:]:
            first, second = sorted((_root(parent, places[0]), _root(parent, place)))
            if first == second or not _may_join(rows, keys_of, members[first], members[second], by=key[0]):
                continue
            parent[second] = first
            members[first] += members[second]
            linked_by.setdefault(second, _said(key))
    return [_root(parent, place) for place in range(len(rows))], linked_by


def _may_join(rows: list[Row], keys_of: list[set[Key]], first: list[int], second: list[int], *, by: str) -> bool:
    """Whether two groups can be one party: nothing contradicts, and most of the listings of one know most of the other.

    Without the second, a common alias joins a plant to its holding, this to another plant, and so on.
    """
    if any(_contradict(rows[one], rows[other], by=by) for one in first for other in second):
        return False
    known = sum(not keys_of[one].isdisjoint(keys_of[other]) for one in first for other in second)
    pairs = len(first) * len(second)
    # A birth date tells a person; the country of a firm tells it little.
    return by == "identifier" or 2 * known > pairs - (by != "country")


def _root(parent: list[int], place: int) -> int:
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place


def _said(key: Key) -> str:
    return f"identifier {key[1]}" if key[0] == "identifier" else f"name and {key[0]} {key[2]}"


def _contradict(first: Row, second: Row, *, by: str) -> bool:
    """Whether kinds differ; or, where no identifier links them, birth years or numbers of which each firm has one."""
    kinds = {first["kind"], second["kind"]} - {"unknown"}
    if len(kinds) > 1 or by == "identifier":
        return len(kinds) > 1
    years = [{date[:4] for date in _texts(row, "birth_dates")} for row in (first, second)]
    if years[0] and years[1] and not years[0] & years[1]:
        return True
    ours, theirs = (_single_numbers(row) for row in (first, second))
    return any(not ours[scheme] & theirs[scheme] for scheme in ours.keys() & theirs.keys())


def _single_numbers(row: Row) -> dict[str, set[str]]:
    """Valid numbers of the schemes in which a party has one number only."""
    found: dict[str, set[str]] = defaultdict(set)
    for text in _texts(row, "identifiers"):
        scheme, value, is_valid = read_identifier(text)
        if is_valid and scheme in _ONE_EACH:
            found[scheme].add(value)
    return found


def _keys(rows: list[Row], listing_names: pa.Table) -> Iterator[tuple[int, Key]]:
    """Each listing with each key that another one may share."""
    place_of = {row["listing_id"]: place for place, row in enumerate(rows)}
    for place, row in enumerate(rows):
        for text in _texts(row, "identifiers"):
            scheme, value, _ = read_identifier(text)
            if scheme or len(value) >= _LONG_IDENTIFIER:
                yield from ((place, ("identifier", value, key)) for key in identity_keys(text))
    strong = listing_names.filter(pc.invert(listing_names.column("is_weak")))
    forms = shape_names(strong.column("name").to_pylist())
    sounds = sum_of_mixes(forms.tokens.sound_ids[forms.words.words], forms.words.owners, len(forms))
    telling = (forms.distinct >= _LEAST_DISTINCT) & (sounds != 0)
    owners = strong.column("listing_id").to_pylist()
    for name in np.flatnonzero(telling).tolist():
        found = place_of.get(owners[name])
        if found is not None:
            yield from (
                (found, key) for key in _keys_of_name(rows[found], (int(sounds[name]), int(forms.numbers[name])))
            )


def _keys_of_name(row: Row, name: tuple[int, int]) -> Iterator[tuple[str, object, object]]:
    births, countries = _texts(row, "birth_dates"), _texts(row, "countries")
    if row["kind"] != "person":
        yield from (("country", name, country) for country in countries)
        return
    yield from (("birth date", name, birth) for birth in births if len(birth) == 10)
    years = sorted({birth[:4] for birth in births})
    yield from (("birth year and country", name, f"{year} {country}") for year in years for country in countries)


def _texts(row: Row, column: str) -> list[str]:
    values = row[column]
    assert isinstance(values, list)
    return values
