"""Whom on the lists could each of our parties be? Names that share keys are joined in the corridor, then compared.

What officers have said of a pair stands beside it; no pair is left out because of it.
"""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import read_step
from landwaiter.screen.asking import asked_of_parties
from landwaiter.screen.candidates import add_identified, sort_numbers
from landwaiter.screen.conflicts import conflicts_of
from landwaiter.screen.decisions import Decisions, Said
from landwaiter.screen.judge import Judged, judge
from landwaiter.screen.listed import (
    LIMITS,
    Listed,
    digest_text,
    digests_of_listings,
    our_keys,
    parties_as_records,
    prepare_listed,
)
from landwaiter.screen.records import Records
from landwaiter.screen.standing import Standing, listed_of
from landwaiter.tables import TABLES
from landwaiter.text.columns import Ints
from landwaiter.text.evidence import DEFAULT_THRESHOLD
from landwaiter.text.keys import dropped_keys

CANDIDATES = Path(__file__).parent / "screen_candidates.sql"
MOST_LISTINGS = 10
# So many parties are looked up at a time, which bounds the memory whatever their number.
_PARTIES = 40_000
_READ = ["party_id", "name", "kind", "country", "names", "source_ids"]
_NAMED = 5
_NOBODY = Decisions(())


def screen(
    corridor: Corridor,
    *,
    as_of: date,
    threads: int,
    threshold: float = DEFAULT_THRESHOLD,
    decisions: Decisions = _NOBODY,
    standing: Standing | None = None,
) -> None:
    """Read `parties`, `listings` and `listing_names` and put `matches`: at most ten listings for each party.

    `screen_dropped` says how many keys of how many were too frequent to be looked up.

    Args:
        corridor: where the tables are.
        as_of: only listings in force on this day count.
        threads: for the comparison of names.
        threshold: the least score of a match, 0 to 1.
        decisions: what officers have said of pairs, as it stands on the day.
        standing: an index kept from an earlier time, used where the lists say the same: that saves making it.
    """
    names = corridor.get("listing_names")
    listed = _listed(corridor.get("listings"), names, as_of, standing)
    digests = digests_of_listings(listed.listings, names) if len(decisions) else np.zeros(0, np.int64)
    corridor.put("listed_keys", listed.keys.table())
    corridor.put("screen_dropped", _dropped(listed))
    pieces = [TABLES["matches"].schema.empty_table()]
    for batch in corridor.batches("parties", _PARTIES):
        parties = pa.Table.from_batches([batch]).select(_READ).combine_chunks()
        judged = _judge(corridor, parties_as_records(parties), listed, threshold=threshold, threads=threads)
        words = _words(parties, listed, judged, (decisions, digests, as_of))
        pieces.append(_rows(parties, listed, judged, as_of, words))
    corridor.drop("listed_keys")
    corridor.put("matches", pa.concat_tables(pieces))


def _listed(listings: pa.Table, names: pa.Table, as_of: date, standing: Standing | None) -> Listed:
    kept = listed_of(standing, listings, names, as_of=as_of) if standing is not None else None
    return prepare_listed(listings, names, as_of=as_of) if kept is None else kept


def set_aside(matches: pa.Table) -> list[str]:
    """One line for the record on the pairs that officers have cleared, the first ones named; none where none is."""
    cleared = [row for row in matches.to_pylist() if row["decision"] == "cleared"]
    if not cleared:
        return []
    named = "; ".join(f"{row['party_id']} / {row['listing_id']}: {row['decided']}" for row in cleared[:_NAMED])
    more = f"; and {len(cleared) - _NAMED} more" if len(cleared) > _NAMED else ""
    return [f"screen: {len(cleared)} possible matches are set aside by officers, all in matches.parquet: {named}{more}"]


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


def _words(parties: pa.Table, listed: Listed, judged: Judged, by: tuple[Decisions, Ints, date]) -> list[Said]:
    """What stands on each match on the day, given the digest of what each listing says."""
    decisions, digests, as_of = by
    if not len(decisions):
        return [Said()] * len(judged.reasons)
    asked = asked_of_parties(parties.take(pa.array(judged.ours)))
    ids = listed.listings.column("listing_id").take(pa.array(judged.theirs)).to_pylist()
    return [
        decisions.said(one, ident, digest_text(digests[place]), today=as_of)
        for one, ident, place in zip(asked, ids, judged.theirs.tolist(), strict=True)
    ]


def _rows(parties: pa.Table, listed: Listed, judged: Judged, as_of: date, words: list[Said]) -> pa.Table:
    theirs = pa.array(judged.theirs)
    spellings = pa.array(listed.records.spellings, pa.string())
    return pa.table({
        "party_id": parties.column("party_id").combine_chunks().take(pa.array(judged.ours)),
        "listing_id": listed.listings.column("listing_id").combine_chunks().take(theirs),
        "list": listed.listings.column("list").combine_chunks().take(theirs),
        "name_matched": spellings.take(pa.array(listed.records.names[judged.entries])),
        "score": judged.scores,
        "reason": pa.array(judged.reasons, pa.string()),
        "conflict": pa.array(conflicts_of(parties, listed.listings, judged), pa.string()),
        "as_of": pa.array([as_of] * len(judged.reasons), pa.date32()),
        "decision": pa.array([word.state for word in words], pa.string()),
        "decided_until": pa.array([word.until for word in words], pa.date32()),
        "decided": pa.array([word.text for word in words], pa.string()),
    }, schema=TABLES["matches"].schema)  # fmt: skip
