"""Whose text says priority goods where the declared code says none? Few descriptions of many rows are read."""

from functools import lru_cache

import pyarrow as pa

from landwaiter.classify.declared import against_code, listed_share
from landwaiter.classify.goods_words import plain_text, words_of
from landwaiter.classify.hs_text import Reading, shipped_reader

# So many descriptions at most are weighed, those of the most rows first: seconds in a run of a million rows.
MOST_DESCRIPTIONS = 20_000
# A longer text than this is no description of one good.
LONGEST = 400
# Kept between runs of one process, since books repeat what they say.
KEPT = 50_000

CONTROLS = pa.schema([(name, pa.string()) for name in ("description", "hs6", "entry", "tier", "reason")])


def described_controls(goods: pa.Table, priority: pa.Table) -> tuple[pa.Table, list[str]]:
    """The descriptions and codes whose text surely says a listed code, and what was left unread.

    Args:
        goods: description, hs6 (empty where none was declared) and lines, of goods declared under no listed code.
        priority: as `priority_codes` gives them.
    """
    order = [("lines", "descending"), ("description", "ascending"), ("hs6", "ascending")]
    goods = goods.sort_by(order)
    read = goods.slice(0, MOST_DESCRIPTIONS)
    tiers = {row["hs6"]: row["tier"] for row in priority.to_pylist() if row["answer"] == "caught"}
    found, too_long = [], 0
    for row in read.select(["description", "hs6"]).to_pylist() if tiers else []:
        if len(row["description"]) > LONGEST:
            too_long += 1
            continue
        reading = _read(row["description"], frozenset(tiers))
        if reading is not None and against_code(reading, row["hs6"], tiers.keys()):
            found.append({**row, **_said(reading, row["hs6"], tiers)})
    return pa.Table.from_pylist(found, schema=CONTROLS), _notes(goods.num_rows - read.num_rows, too_long)


@lru_cache(maxsize=KEPT)
def _read(description: str, listed: frozenset[str]) -> Reading | None:
    """What a description says; None where a glance shows that it cannot say listed goods."""
    reader = shipped_reader()
    reading = reader.read([description])[0] if reader.hints_at(description, listed) else None
    return reading if reading is not None and _is_named(description, reading) else None


def _is_named(description: str, reading: Reading) -> bool:
    """Whether a word for the first code stands before any `for`, `with` or comma: a case for a router is none."""
    words = words_of(plain_text(description))
    return any(words.get(word, 0.0) >= 1.0 for one in reading.candidates[:1] for word in one.says)


def _said(reading: Reading, hs6: str, tiers: dict[str, str]) -> dict[str, str]:
    first = reading.candidates[0]
    declared = f"HS {hs6} was declared" if hs6 else "no code of six digits was declared"
    reason = (
        f"the text reads as HS {first.hs6}, on the priority list, tier {tiers[first.hs6]}, by the words "
        f"{', '.join(first.says)}; listed codes have a probability of {listed_share(reading, tiers.keys()):.2f}; "
        f"{declared}"
    )
    return {"entry": first.hs6, "tier": tiers[first.hs6], "reason": reason}


def _notes(rarer: int, too_long: int) -> list[str]:
    notes = []
    if rarer:
        notes.append(
            f"classify: {rarer:,} rarer descriptions were not compared with their codes: {MOST_DESCRIPTIONS:,} are"
        )
    if too_long:
        notes.append(
            f"classify: {too_long:,} descriptions over {LONGEST} characters were not compared with their codes"
        )
    return notes
