"""Which listed parties are looked up, and by which keys? Those in force on a day, from two tables of the corridor."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.ref.identifiers import national_identifier
from landwaiter.screen.records import Facts, Records, make_records
from landwaiter.text.columns import Ints, digests_of, mix, sum_of_mixes
from landwaiter.text.keys import Frequencies, Limits, Weighed, count_keys, find_keys, weigh_keys

_SAID = ("list", "kind", "name", "countries", "birth_dates", "addresses", "identifiers", "programmes", "reason",
         "listed_on", "delisted_on")  # fmt: skip
LIMITS = Limits(words=200, halves=60, of_lighter=42, of_heavier=36)


@dataclass(frozen=True)
class Listed:
    """Listed parties ready to be looked up: `listings` has one row for each record of `records`."""

    listings: pa.Table
    records: Records
    keys: Weighed
    frequencies: Frequencies


def prepare_listed(listings: pa.Table, listing_names: pa.Table, *, as_of: date) -> Listed:
    """The listings in force on a day, with the keys of their names."""
    listings = in_force(listings, as_of).sort_by("listing_id").combine_chunks()
    owner = pc.index_in(listing_names.column("listing_id"), listings.column("listing_id").combine_chunks())
    entries = listing_names.append_column("owner", owner).filter(pc.is_valid(owner))
    entries = entries.sort_by([("owner", "ascending"), ("position", "ascending")]).combine_chunks()
    records = make_records(
        np.asarray(entries.column("owner"), np.int64),
        _one(entries.column("name")),
        np.asarray(entries.column("is_weak"), bool),
        Facts(
            listings.column("kind").to_pylist(),
            listings.column("countries").to_pylist(),
            listings.column("birth_dates").to_pylist(),
            listings.column("identifiers").to_pylist(),
        ),
    )
    keys = find_keys(records.forms)
    frequencies = count_keys(keys, max(1, len(records.forms)))
    return Listed(listings, records, weigh_keys(keys, frequencies, len(records.forms), LIMITS), frequencies)


def in_force(listings: pa.Table, as_of: date) -> pa.Table:
    """Listings whose first day is not after the day and whose last day not before it; an unknown end is open."""
    day = pa.scalar(as_of, pa.date32())
    begun = pc.fill_null(pc.less_equal(listings.column("listed_on"), day), True)
    not_ended = pc.fill_null(pc.greater_equal(listings.column("delisted_on"), day), True)
    return listings.filter(pc.and_(begun, not_ended))


def digests_of_listings(listings: pa.Table, listing_names: pa.Table) -> Ints:
    """A digest of all that each listing says, its names among it; another as soon as the publisher changes a word."""
    count = listings.num_rows
    total = np.zeros(count, np.uint64)
    for number, name in enumerate(_SAID):
        column = listings.column(name).combine_chunks()
        owners = np.arange(count)
        if pa.types.is_list(column.type):
            owners, column = np.asarray(pc.list_parent_indices(column), np.int64), pc.list_flatten(column)
        total += _told(column, owners, number, count)
    owner = pc.index_in(listing_names.column("listing_id"), listings.column("listing_id").combine_chunks())
    known = np.asarray(pc.is_valid(owner), bool)
    owners = np.asarray(pc.fill_null(owner, 0), np.int64)[known]
    weak = np.asarray(listing_names.column("is_weak"), bool)[known]
    names = listing_names.column("name").filter(pa.array(known)).combine_chunks()
    for is_weak in (False, True):
        chosen = weak == is_weak
        total += _told(names.filter(pa.array(chosen)), owners[chosen], len(_SAID) + is_weak, count)
    return total.view(np.int64)


def digest_text(digest: int) -> str:
    """A digest of a listing as it is kept beside an officer's word."""
    return f"{int(digest) % 2**64:016x}"


def _told(texts: pa.Array, owners: Ints, number: int, count: int) -> npt.NDArray[np.uint64]:
    """What one column adds to the digest of each owner."""
    # Most cells say what others say, and each is summed up once.
    encoded = pc.fill_null(texts.cast(pa.string()), "").dictionary_encode()
    ids = digests_of(encoded.dictionary.to_pylist())[np.asarray(encoded.indices, np.int64)]
    marked = (mix(ids) + np.uint64((number + 1) * 0x9E3779B97F4A7C15 % 2**64)).view(np.int64)
    return sum_of_mixes(np.where(ids == 0, 0, marked), owners, count).view(np.uint64)


def days_in_force(listings: pa.Table, as_of: date) -> tuple[date, date]:
    """The first and the last of the days around a day on which the same listings are in force as on it."""
    begins = {day for day in listings.column("listed_on").unique().to_pylist() if day}
    begins |= {
        day + timedelta(1) for day in listings.column("delisted_on").unique().to_pylist() if day and day < date.max
    }
    first = max((day for day in begins if day <= as_of), default=date.min)
    last = min((day - timedelta(1) for day in begins if day > as_of), default=date.max)
    return first, last


def our_keys(ours: Records, listed: Listed) -> Weighed:
    """The keys of our names that can lead to a listed one."""
    return weigh_keys(find_keys(ours.forms), listed.frequencies, len(ours.forms), LIMITS)


def parties_as_records(parties: pa.Table) -> Records:
    """Our parties in the form in which they are compared; they have no birth dates.

    Of the numbers that customs give them only those count whose check digits show that they are national ones.
    """
    lists = parties.column("names").combine_chunks()
    owners: Ints = np.asarray(pc.list_parent_indices(lists), np.int64)
    names = pc.list_flatten(lists)
    countries = [[country] if country else [] for country in parties.column("country").to_pylist()]
    nothing: list[list[str]] = [[]] * parties.num_rows
    identifiers = [
        list(filter(None, map(national_identifier, numbers))) for numbers in parties.column("source_ids").to_pylist()
    ]
    facts = Facts(parties.column("kind").to_pylist(), countries, nothing, identifiers)
    return make_records(owners, _one(names), np.zeros(len(owners), bool), facts)


def _one(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
