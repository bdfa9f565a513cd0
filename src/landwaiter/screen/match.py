"""Whom on the lists could each of our parties be? Names that share keys are joined in the corridor, then compared."""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import read_step
from landwaiter.screen.candidates import add_identified, sort_numbers
from landwaiter.screen.judge import Judged, judge
from landwaiter.screen.listed import LIMITS, Listed, our_keys, parties_as_records, prepare_listed
from landwaiter.screen.records import Records
from landwaiter.tables import TABLES
from landwaiter.text.evidence import DEFAULT_THRESHOLD
from landwaiter.text.keys import dropped_keys

CANDIDATES = Path(__file__).parent / "screen_candidates.sql"
MOST_LISTINGS = 10
# So many parties are looked up at a time, which bounds the memory whatever their number.
_PARTIES = 40_000
_READ = ["party_id", "kind", "country", "names", "source_ids"]


def screen(corridor: Corridor, *, as_of: date, threads: int, threshold: float = DEFAULT_THRESHOLD) -> None:
    """Read `parties`, `listings` and `listing_names` and put `matches`: at most ten listings for each party.

    `screen_dropped` says how many keys of how many were too frequent to be looked up.

    Args:
        corridor: where the tables are.
        as_of: only listings in force on this day count.
        threads: for the comparison of names.
        threshold: the least score of a match, 0 to 1.
    """
    listed = prepare_listed(corridor.get("listings"), corridor.get("listing_names"), as_of=as_of)
    corridor.put("listed_keys", listed.keys.table())
    corridor.put("screen_dropped", _dropped(listed))
    pieces = [TABLES["matches"].schema.empty_table()]
    for batch in corridor.batches("parties", _PARTIES):
        parties = (
            pa.Table.from_batches([batch])
            .select(["party_id", "kind", "country", "names", "source_ids"])
            .combine_chunks()
        )
        judged = _judge(corridor, parties_as_records(parties), listed, threshold=threshold, threads=threads)
        pieces.append(_rows(parties, listed, judged, as_of))
    corridor.drop("listed_keys")
    corridor.put("matches", pa.concat_tables(pieces))


def _judge(corridor: Corridor, ours: Records, listed: Listed, *, threshold: float, threads: int) -> Judged:
    """Candidates by a join in the corridor, then the comparison of their names."""
    corridor.put("our_keys", our_keys(ours, listed).table())
    corridor.run(read_step(CANDIDATES), {})
    candidates = corridor.get("screen_candidates")
    for name in ("our_keys", "screen_candidates"):
        corridor.drop(name)
    our_names, their_names = (np.asarray(candidates.column(name), np.int64) for name in ("our_name", "listed_name"))
    pairs = add_identified(ours, listed.records, sort_numbers(listed.records), (our_names, their_names))
    return judge(ours, listed.records, pairs, threshold=threshold, most=MOST_LISTINGS, threads=threads)


def _dropped(listed: Listed) -> pa.Table:
    """One row: how many keys the listed names have, how many are dropped, and from how many names on."""
    dropped = dropped_keys(listed.frequencies, LIMITS)
    return pa.table({"keys": [len(listed.frequencies.keys)], "dropped": [dropped], "names_allowed": [LIMITS.words]})


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
