"""What does an index of listed parties stand on? Their records, and for each key the names that have it, in columns."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from landwaiter.screen.candidates import Candidates, Numbers, add_identified, sort_numbers
from landwaiter.screen.listed import LIMITS, Listed, digests_of_listings, in_force, prepare_listed
from landwaiter.screen.records import Records
from landwaiter.text.columns import Ints, distinct_of, offsets_of
from landwaiter.text.keys import Frequencies, Weighed, find_keys, weigh_keys

Small = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Postings:
    """Names by key: those of `keys[i]` are `names[starts[i]:starts[i + 1]]`, each sharing as much as `weights` says.

    `light` and `heavy` say of each name how much it needs to share.
    """

    keys: Ints
    starts: Ints
    names: Small
    weights: Small
    light: Small
    heavy: Small


@dataclass(frozen=True)
class Standing:
    """All that is needed to answer for a name, without the lists that it came from.

    `digests` change with whatever a publisher changes of a listing.
    """

    listing_ids: list[str]
    lists: list[str]
    digests: Ints
    records: Records
    frequencies: Frequencies
    postings: Postings
    numbers: Numbers


def stand(listings: pa.Table, listing_names: pa.Table, *, as_of: date) -> Standing:
    """The listings in force on a day, ready to be asked; seconds for 100,000 names."""
    listed = prepare_listed(listings, listing_names, as_of=as_of)
    postings = _posted(listed.keys, len(listed.records.forms))
    ids, lists = (listed.listings.column(name).to_pylist() for name in ("listing_id", "list"))
    digests = digests_of_listings(listed.listings, listing_names)
    return Standing(ids, lists, digests, listed.records, listed.frequencies, postings, sort_numbers(listed.records))


def listed_of(standing: Standing, listings: pa.Table, listing_names: pa.Table, *, as_of: date) -> Listed | None:
    """What `prepare_listed` makes of the same lists, from what was kept; None where the lists say anything else now."""
    listings = in_force(listings, as_of).sort_by("listing_id").combine_chunks()
    if listings.column("listing_id").to_pylist() != standing.listing_ids:
        return None
    if not np.array_equal(digests_of_listings(listings, listing_names), standing.digests):
        return None
    posted = standing.postings
    lengths = posted.starts[1:] - posted.starts[:-1]
    names, weights, light, heavy = (
        column.astype(np.int64)
        for column in (posted.names, posted.weights, posted.light[posted.names], posted.heavy[posted.names])
    )
    weighed = Weighed(names, posted.keys.repeat(lengths), weights, light, heavy)
    return Listed(listings, standing.records, weighed, standing.frequencies)


def candidates(standing: Standing, ours: Records) -> Candidates:
    """Pairs of one of our names and a listed one that share enough keys, or whose records share an identifier."""
    posted, theirs = standing.postings, standing.records
    keys = weigh_keys(find_keys(ours.forms), standing.frequencies, len(ours.forms), LIMITS)
    first = posted.keys.searchsorted(keys.keys)
    starts = posted.starts[first]
    lengths = posted.starts[first + 1] - starts
    source = np.arange(len(starts)).repeat(lengths)
    rows = starts.repeat(lengths) + offsets_of(lengths)
    names = posted.names[rows]
    width = len(theirs.forms)
    distinct, where = distinct_of(keys.names[source] * width + names)
    shared = np.bincount(where, posted.weights[rows], len(distinct))
    # Each name needs the same on all its keys, so any one of a pair's rows tells it.
    light, heavy = np.zeros((2, len(distinct)), np.int64)
    light[where] = np.minimum(keys.light[source], posted.light[names])
    heavy[where] = np.maximum(keys.heavy[source], posted.heavy[names])
    by_name = np.divmod(distinct[(shared > light) & (shared > heavy)], width)
    return add_identified(ours, theirs, standing.numbers, by_name)


def _posted(weighed: Weighed, names: int) -> Postings:
    order = np.argsort(weighed.keys, kind="stable")
    keys, first = np.unique(weighed.keys[order], return_index=True)
    light, heavy = np.zeros((2, names), np.int32)
    light[weighed.names], heavy[weighed.names] = weighed.light, weighed.heavy
    posted, weights = (column[order].astype(np.int32) for column in (weighed.names, weighed.weights))
    return Postings(keys, np.append(first, len(order)).astype(np.int64), posted, weights, light, heavy)
