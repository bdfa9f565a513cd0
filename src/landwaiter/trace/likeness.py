"""Are the firms of two records one? By what resolve says, by their names, or by the odd lots that they share."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.text.align import align
from landwaiter.text.columns import Flags, Floats, Ints
from landwaiter.text.forms import shape_names
from landwaiter.text.score import probability
from landwaiter.trace.agreeing import ints

_MOST_NAMES = 6
# So many lots of one odd count each, between the same other firm and these two names: then they are one firm.
SHARED_LOTS = 2
SIDES = (("seller_no", "import_seller_no", "buyer_no", "import_buyer_no"),
         ("buyer_no", "import_buyer_no", "seller_no", "import_seller_no"))  # fmt: skip


@dataclass(frozen=True)
class Likeness:
    """How alike the firms of each pair of records are.

    Args:
        alike: 1 where both are the same party; else the lower likeness of the names that differ.
        by_trade: whether all that differ are known to be one by the lots that they share.
        names: of each party that was compared.
    """

    alike: Floats
    by_trade: Flags
    names: dict[int, list[str]]


def compare_firms(corridor: Corridor, pairs: pa.Table, telling: Flags, *, threads: int) -> Likeness:
    """Compare the parties on both sides of each pair of records.

    Args:
        corridor: has `leg_party_names`.
        pairs: as `leg_pairs`.
        telling: pairs of the very same odd count, whose terms agree.
        threads: for the comparison of names; the result does not depend on it.
    """
    alike, by_trade = np.ones(pairs.num_rows), np.ones(pairs.num_rows, np.bool_)
    names = {row["party_no"]: sorted(row["names"]) for row in corridor.get("leg_party_names").to_pylist()}
    for one, other, beside, import_beside in SIDES:
        left, right = ints(pairs, one), ints(pairs, other)
        differ = np.flatnonzero(left != right)
        keys = left[differ] << 32 | right[differ]
        asked, place = np.unique(keys, return_inverse=True)
        scores = np.array(name_scores([(int(key) >> 32, int(key) & 0xFFFFFFFF) for key in asked], names, threads))
        same_beside = ints(pairs, beside) == ints(pairs, import_beside)
        shared = _shared_lots(keys, telling[differ] & same_beside[differ], ints(pairs, "export_no")[differ], asked)
        alike[differ] = np.minimum(alike[differ], scores[place] if len(differ) else alike[differ])
        by_trade[differ] &= shared[place] >= SHARED_LOTS if len(differ) else by_trade[differ]
    # Never 1 by likeness alone: that stands for the same party.
    alike = np.where(alike < 1, np.round(alike, 4), 1.0)
    return Likeness(alike, by_trade & (alike < 1), names)


def _shared_lots(keys: Ints, telling: Flags, export_no: Ints, asked: Ints) -> Ints:
    """For each pair of names, how many exports of an odd count have an import of the same count under the other."""
    lots = np.unique(np.stack([keys[telling], export_no[telling]]), axis=1)[0]
    found, counts = np.unique(lots, return_counts=True)
    shared = np.zeros(len(asked), np.int64)
    shared[np.searchsorted(asked, found)] = counts
    return shared


def name_scores(asked: list[tuple[int, int]], names: dict[int, list[str]], threads: int) -> list[float]:
    """The likeness of the nearest names of each pair of parties, under 1; a few names of each are compared."""
    if not asked:
        return []
    owner, ours, theirs = [], [], []
    for place, (one, other) in enumerate(asked):
        for left in names[one][:_MOST_NAMES]:
            for right in names[other][:_MOST_NAMES]:
                owner.append(place)
                ours.append(left)
                theirs.append(right)
    texts = sorted({*ours, *theirs})
    place_of = {text: place for place, text in enumerate(texts)}
    forms = shape_names(texts)
    left_names, right_names = (np.array([place_of[text] for text in side], np.int64) for side in (ours, theirs))
    found = probability(align(forms, left_names, forms, right_names, threads=threads))
    best = np.zeros(len(asked))
    np.maximum.at(best, np.array(owner, np.int64), found)
    return [min(float(score), 0.9999) for score in best]
