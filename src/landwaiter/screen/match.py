"""Whom on the lists could each of our parties be? Names that share keys are joined in the corridor, then compared."""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import read_step
from landwaiter.screen.judge import Judged, judge
from landwaiter.screen.listed import Listed, our_keys, parties_as_records, prepare_listed
from landwaiter.tables import TABLES
from landwaiter.text.columns import Flags
from landwaiter.text.evidence import DEFAULT_THRESHOLD
from landwaiter.text.keys import Weighed

CANDIDATES = Path(__file__).parent / "screen_candidates.sql"
MOST_LISTINGS = 10
_BATCH = 250_000


def screen(corridor: Corridor, *, as_of: date, threads: int, threshold: float = DEFAULT_THRESHOLD) -> None:
    """Read `parties`, `listings` and `listing_names` and put `matches`: at most ten listings for each party.

    Args:
        corridor: where the tables are.
        as_of: only listings in force on this day count.
        threads: for the comparison of names.
        threshold: the least score of a match, 0 to 1.
    """
    parties = corridor.get("parties")
    listed = prepare_listed(corridor.get("listings"), corridor.get("listing_names"), as_of=as_of)
    ours = parties_as_records(parties)
    corridor.put("our_keys", _key_table(our_keys(ours, listed)))
    corridor.put("listed_keys", _key_table(listed.keys))
    corridor.run(read_step(CANDIDATES), {})
    pieces = []
    for batch in corridor.batches("screen_candidates", _BATCH):
        our_names, their_names = (np.asarray(batch.column(name), np.int64) for name in ("our_name", "listed_name"))
        judged = judge(ours, our_names, listed.records, their_names,
                       threshold=threshold, most=MOST_LISTINGS, threads=threads)  # fmt: skip
        pieces.append(_rows(parties, listed, judged, as_of))
    for name in ("our_keys", "listed_keys", "screen_candidates"):
        corridor.drop(name)
    corridor.put("matches", _at_most(pa.concat_tables([TABLES["matches"].schema.empty_table(), *pieces])))


def _key_table(keys: Weighed) -> pa.Table:
    return pa.table({"name": keys.names, "key": keys.keys, "weight": keys.weights, "needed": keys.needed})


def _rows(parties: pa.Table, listed: Listed, judged: Judged, as_of: date) -> pa.Table:
    theirs = pa.array(judged.theirs)
    spellings = pa.array(listed.records.spellings, pa.string())
    return pa.table({
        "party_id": parties.column("party_id").combine_chunks().take(pa.array(judged.ours)),
        "listing_id": listed.listings.column("listing_id").combine_chunks().take(theirs),
        "list": listed.listings.column("list").combine_chunks().take(theirs),
        "name_matched": spellings.take(pa.array(listed.records.names[judged.entries])),
        "score": judged.scores,
        "reason": pa.array(judged.reasons, pa.string()),
        "as_of": pa.array([as_of] * len(judged.reasons), pa.date32()),
    }, schema=TABLES["matches"].schema)  # fmt: skip


def _at_most(matches: pa.Table) -> pa.Table:
    """The best row of each party and listing, and the best listings of each party: a party may lie in two batches."""
    order = [
        ("party_id", "ascending"),
        ("listing_id", "ascending"),
        ("score", "descending"),
        ("name_matched", "ascending"),
    ]
    matches = matches.sort_by(order).combine_chunks()
    matches = matches.filter(pa.array(_first_of(matches, "party_id", "listing_id")))
    matches = matches.sort_by([("party_id", "ascending"), ("score", "descending"), ("listing_id", "ascending")])
    starts = np.flatnonzero(_first_of(matches, "party_id"))
    place = np.arange(matches.num_rows) - np.repeat(starts, np.diff(np.append(starts, matches.num_rows)))
    return matches.filter(pa.array(place < MOST_LISTINGS))


def _first_of(table: pa.Table, *columns: str) -> Flags:
    """Whether each row of a sorted table is the first with its values."""
    first = np.zeros(table.num_rows, bool)
    first[:1] = True
    for column in columns:
        codes = np.asarray(table.column(column).combine_chunks().dictionary_encode().indices)
        first[1:] |= codes[1:] != codes[:-1]
    return first
